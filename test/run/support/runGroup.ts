import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildTests } from './buildTests';
import { isSuccess, runMocha } from './runMocha';

export interface Group {
  readonly name: 'unit' | 'registry' | 'webview' | 'e2e';
  readonly timeoutMs: number;
  readonly slowMs: number;
  readonly reporter?: 'dot';
}

/**
 * Builds a group of tests and runs it in this process: `[FILE or FOLDER…] [--grep PATTERN]` choose among them.
 *
 * Every run builds into a folder of its own, so that neither two runs at once nor what is left of a deleted test
 * disturb each other.
 */
export async function runGroup({ name, ...limits }: Group, args = process.argv.slice(2)): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    options: { grep: { type: 'string', short: 'g' } },
    allowPositionals: true,
  });
  mkdirSync('out', { recursive: true });
  const folder = mkdtempSync(join('out', `${name}-`));
  process.on('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  await buildTests(name, folder, positionals);
  process.setSourceMapsEnabled(true);
  const counts = await runMocha({
    ...limits,
    grep: values.grep,
    load: async (mocha) => {
      mocha.files = builtTests(join(folder, 'test', name));
      await mocha.loadFilesAsync();
    },
  });
  if (counts.passed + counts.failed === 0) console.error(`No ${name} test was run.`);
  if (!isSuccess(counts)) process.exitCode = 1;
}

function builtTests(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.mjs'))
    .sort()
    .map((file) => resolve(folder, file));
}
