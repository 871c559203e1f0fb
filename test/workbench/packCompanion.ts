import { resolve } from 'node:path';
import { runProgram } from './childProcess';
import { companionFolder } from './startInBrowser';

/**
 * Packages the companion of `npm start`, for tests that install it.
 *
 * @returns The package.
 */
export async function packCompanion(): Promise<string> {
  const file = resolve('out/companion.vsix');
  await runProgram(
    process.execPath,
    [
      resolve('node_modules/@vscode/vsce/vsce'),
      'package',
      ...['--no-dependencies', '--allow-missing-repository', '--skip-license'],
      ...['--out', file],
    ],
    process.env,
    companionFolder(),
  );
  return file;
}
