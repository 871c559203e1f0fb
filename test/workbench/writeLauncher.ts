import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { VersionName } from './versions';

/** Name of the variable that tells the launcher which workbench to start. */
export const WORKBENCH_VERSION = 'HUB_IMAGES_WORKBENCH';

/**
 * An executable that takes the place of desktop VS Code under `runTests` of @vscode/test-electron.
 *
 * @returns Its path in `folder`.
 */
export function writeLauncher(folder: string, version: VersionName): string {
  const script = resolve('out/tools/launcher.mjs');
  if (process.platform === 'win32') {
    const file = join(folder, `workbench-${version}.cmd`);
    writeFileSync(file, `@set ${WORKBENCH_VERSION}=${version}\r\n@"${process.execPath}" "${script}" %*\r\n`);
    return file;
  }
  const file = join(folder, `workbench-${version}`);
  const command = `${WORKBENCH_VERSION}=${version} exec "${process.execPath}" "${script}" "$@"`;
  writeFileSync(file, `#!/bin/sh\n${command}\n`, { mode: 0o755 });
  return file;
}
