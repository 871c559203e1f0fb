import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { ImageApiKind } from '../../src/hub/autoImageApi';
import { runCommand } from '../run/support/runCommand';
import { makeDataFolder } from './dataFolder';
import { demoEnvironment } from './demoApi';
import { companionFolder } from './startInBrowser';

/** Shows the extension in an installed VS Code, with settings and extensions of its own, until its window is closed. */
export async function startOnDesktop(api: ImageApiKind): Promise<void> {
  const executable = findDesktop();
  if (executable === undefined) {
    throw new Error(
      'No desktop VS Code was found: `code` is not on the path. Name its executable in VSCODE_EXECUTABLE, or run npm start without --desktop.',
    );
  }
  const folder = makeDataFolder();
  console.log(`Opening ${executable}`);
  await runCommand(
    executable,
    [
      ...['--new-window', '--wait', '--disable-workspace-trust', '--skip-welcome'],
      ...['--user-data-dir', join(folder.data, 'data'), '--extensions-dir', join(folder.data, 'extensions')],
      ...[resolve('.'), companionFolder()].map((path) => `--extensionDevelopmentPath=${path}`),
      folder.workspace,
    ],
    { shell: process.platform === 'win32', env: { ...process.env, ...demoEnvironment(api) } },
  );
  folder.remove();
}

function findDesktop(): string | undefined {
  const named = process.env['VSCODE_EXECUTABLE'];
  if (named) return named;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const folders = [
    ...(process.env['PATH'] ?? '').split(delimiter),
    '/Applications/Visual Studio Code.app/Contents/Resources/app/bin',
  ];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}
