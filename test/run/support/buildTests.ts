import { runCommand } from './runCommand';

/** Bundles one group of tests, or only some of its files. */
export async function buildTests(
  group: string,
  folder: string,
  files: readonly string[] = [],
): Promise<void> {
  await runCommand(process.execPath, ['esbuild.mjs', `--tests=${group}`, `--out=${folder}`, ...files]);
}

/** Bundles the extension itself into dist/. */
export async function buildExtension(...options: readonly string[]): Promise<void> {
  await runCommand(process.execPath, ['esbuild.mjs', ...options]);
}
