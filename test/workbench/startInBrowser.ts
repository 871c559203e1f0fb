import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ImageApiKind } from '../../src/hub/autoImageApi';
import { makeDataFolder } from './dataFolder';
import { demoEnvironment } from './demoApi';
import { installWorkbench } from './install';
import { pageUrl, startServer } from './server';

/** Shows the extension in the newest workbench, in the browser of whoever opens the address. */
export async function startInBrowser(api: ImageApiKind): Promise<void> {
  const folder = makeDataFolder();
  const installation = await installWorkbench('newest');
  addExtensions(join(folder.data, 'extensions'));
  const server = await startServer({
    installation,
    dataFolder: folder.data,
    args: ['--disable-workspace-trust'],
    logFile: join(folder.logs, 'server.log'),
    env: demoEnvironment(api),
  });
  const url = pageUrl(server, folder.workspace);
  console.log(`Open ${url}`);
  openInBrowser(url);
  await server.ended; // or until this program is interrupted
  throw new Error('The server has ended by itself');
}

/** Linked, not copied: after another build, a reload of the page shows it. */
export function addExtensions(extensions: string): void {
  mkdirSync(extensions, { recursive: true });
  symlinkSync(resolve('.'), join(extensions, 'hub-images'), 'junction');
  cpSync(companionFolder(), join(extensions, 'hub-images-companion'), { recursive: true });
}

/** The extension that starts the sandbox for a newcomer. */
export function companionFolder(): string {
  const folder = resolve('out/tools/companion');
  cpSync('test/workbench/companion/package.json', join(folder, 'package.json'));
  return folder;
}

/** Only where somebody sits: the address has been printed in any case. */
function openInBrowser(url: string): void {
  if (process.env['CI']) return;
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return;
  const [command, ...args] = openerOf(process.platform);
  const opener = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  opener.once('error', () => console.log(`No browser could be opened with ${command}.`));
  opener.unref();
}

function openerOf(platform: NodeJS.Platform): readonly [command: string, ...args: string[]] {
  switch (platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler'];
    default:
      return ['xdg-open'];
  }
}
