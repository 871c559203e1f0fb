import assert from 'node:assert/strict';
import { findChromium, type Machine } from '../../workbench/findChromium';

function machine(platform: NodeJS.Platform, files: readonly string[], env: Machine['env'] = {}): Machine {
  return {
    platform,
    env: { PATH: '/usr/local/bin:/usr/bin', ...env },
    exists: (file) => files.includes(file),
  };
}

describe('findChromium', () => {
  const found: readonly [rule: string, machine: Machine, expected: string | undefined][] = [
    ['takes what is on the path', machine('linux', ['/usr/bin/google-chrome']), '/usr/bin/google-chrome'],
    [
      'prefers Chromium to Chrome',
      machine('linux', ['/usr/bin/google-chrome', '/usr/bin/chromium']),
      '/usr/bin/chromium',
    ],
    [
      'prefers the headless shell',
      machine('linux', ['/usr/bin/chromium', '/usr/bin/chromium-headless-shell']),
      '/usr/bin/chromium-headless-shell',
    ],
    [
      'prefers what CHROME_PATH names',
      machine('linux', ['/usr/bin/chromium', '/opt/mine'], { CHROME_PATH: '/opt/mine' }),
      '/opt/mine',
    ],
    [
      'looks into the applications of macOS',
      machine('darwin', ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']),
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    ],
    [
      'takes the Edge that comes with Windows',
      machine('win32', ['C:\\Programs\\Microsoft\\Edge\\Application\\msedge.exe'], {
        PROGRAMFILES: 'C:\\Programs',
      }),
      'C:\\Programs\\Microsoft\\Edge\\Application\\msedge.exe',
    ],
    ['finds nothing on a bare machine', machine('linux', []), undefined],
  ];
  for (const [rule, on, expected] of found) {
    it(rule, () => assert.equal(findChromium(on), expected));
  }

  it('refuses a CHROME_PATH that names nothing', () => {
    assert.throws(
      () => findChromium(machine('linux', ['/usr/bin/chromium'], { CHROME_PATH: '/opt/gone' })),
      /CHROME_PATH names \/opt\/gone, which does not exist/,
    );
  });
});
