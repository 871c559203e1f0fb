import assert from 'node:assert/strict';
import { firstOf, type Way } from '../../workbench/bringChromium';

const ADVICE = 'Install one as root with: apt-get install chromium';

describe('the way to a browser', () => {
  it('is the first that leads to one, each announced before it is tried', () => {
    const { log, lines } = recorder();
    const found = firstOf(
      [way('download', undefined), way('apt', '/usr/bin/chromium'), way('more', '/never')],
      ADVICE,
      log,
    );
    assert.equal(found, '/usr/bin/chromium');
    assert.deepEqual(lines, ['download', 'apt']);
  });

  it('passes over what this machine does not allow', () => {
    const { log, lines } = recorder();
    assert.equal(firstOf([way(undefined, '/as/root'), way('', '/mine')], ADVICE, log), '/mine');
    assert.deepEqual(lines, []);
  });

  it('ends with the command to run when none leads to a browser', () => {
    assert.throws(() => firstOf([way('download', undefined)], ADVICE, recorder().log), {
      message: `No Chromium, Chrome or Edge was found. ${ADVICE}, or name one in CHROME_PATH.`,
    });
  });
});

function way(announcement: string | undefined, found: string | undefined): Way {
  return { announcement, bring: () => found };
}

function recorder() {
  const lines: string[] = [];
  return { lines, log: (line: string) => void lines.push(line) };
}
