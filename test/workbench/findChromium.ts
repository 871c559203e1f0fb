import { posix } from 'node:path';

/** What is asked of the machine, so that a test can describe one. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (file: string) => boolean;
}

/** Debian's name for Chromium without a user interface, in which tests take up to a third less processor time. */
export const HEADLESS_SHELL = 'chromium-headless-shell';

/**
 * An installed browser of the Chromium family that can run without a window.
 *
 * @throws When `CHROME_PATH` names a file that is not there: a wrong wish is not passed over.
 */
export function findChromium({ platform, env, exists }: Machine): string | undefined {
  const wished = env['CHROME_PATH'];
  if (wished !== undefined && wished !== '') {
    if (exists(wished)) return wished;
    throw new Error(`CHROME_PATH names ${wished}, which does not exist`);
  }
  return candidates(platform, env).find(exists);
}

function candidates(platform: NodeJS.Platform, env: Machine['env']): string[] {
  switch (platform) {
    case 'darwin':
      return ['/Applications', posix.join(env['HOME'] ?? '', 'Applications')].flatMap((folder) =>
        ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
          (name) => `${folder}/${name}.app/Contents/MacOS/${name}`,
        ),
      );
    case 'win32':
      return [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => [
          `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
          `${folder}\\Chromium\\Application\\chrome.exe`,
          `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`,
        ]);
    default:
      return [
        HEADLESS_SHELL,
        'chromium',
        'chromium-browser',
        'google-chrome',
        'google-chrome-stable',
        'microsoft-edge',
      ].flatMap((name) =>
        (env['PATH'] ?? '').split(posix.delimiter).map((folder) => posix.join(folder, name)),
      );
  }
}
