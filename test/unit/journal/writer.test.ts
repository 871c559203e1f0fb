import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { isGone, thisWriter, type Writer } from '../../../src/journal/writer';

const self: Writer = { extension: '0.1.0', host: 'desk', pid: 100, instance: 'self' };
const now = () => new Date('2026-06-01T12:00:00Z');
const justNow = new Date('2026-06-01T11:59:00Z');
const yesterday = new Date('2026-05-31T11:00:00Z');

describe('a process counts as gone', () => {
  const cases: readonly [string, Partial<Writer> | undefined, boolean, Date, boolean][] = [
    ['not while it runs', { pid: 7 }, true, justNow, false],
    ['when it does not run any more', { pid: 7 }, false, justNow, true],
    ['not when it is this one', { instance: 'self' }, false, yesterday, false],
    ['when this one has its number now', { pid: 100 }, true, justNow, true],
    [
      'not when it is on another machine, which cannot be asked',
      { host: 'lap', pid: 7 },
      false,
      justNow,
      false,
    ],
    ['when it has been silent on another machine for a day', { host: 'lap', pid: 7 }, true, yesterday, true],
    ['when its number lives on and has been silent for a day', { pid: 7 }, true, yesterday, true],
    ['not when nobody knows who it was', undefined, false, justNow, false],
    ['when nobody knows who it was, after a day', undefined, false, yesterday, true],
  ];
  for (const [what, facts, isRunning, lastSign, expected] of cases) {
    it(what, () => {
      const writer = facts && { ...self, instance: 'other', ...facts };
      assert.equal(isGone(writer, lastSign, { self, now, isRunning: () => isRunning }), expected);
    });
  }

  it('by what the system says', async () => {
    const here = thisWriter('0.1.0');
    const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const other: Writer = { ...here, pid: child.pid ?? 0, instance: 'other' };
    assert.equal(isGone(other, new Date(), { self: here, now: () => new Date() }), false);
    child.stdin.end();
    await once(child, 'exit');
    assert.equal(isGone(other, new Date(), { self: here, now: () => new Date() }), true);
  });

  it('not at the very end of a day of silence, but a moment later', () => {
    const lap = { ...self, host: 'lap', instance: 'other' };
    const options = { self, now, isRunning: () => true };
    assert.equal(isGone(lap, new Date('2026-05-31T12:00:00.000Z'), options), false);
    assert.equal(isGone(lap, new Date('2026-05-31T11:59:59.999Z'), options), true);
  });

  it('not when the system lets nobody signal it, because it is of somebody else', () => {
    const kill = process.kill.bind(process);
    process.kill = () => {
      throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
    };
    try {
      const other = { ...self, pid: 7, instance: 'other' };
      assert.equal(isGone(other, justNow, { self, now }), false);
    } finally {
      process.kill = kill;
    }
  });
});

describe('this process', () => {
  it('says where it is, and is another each time it is asked', () => {
    const here = thisWriter('0.1.0');
    assert.deepEqual([here.extension, here.host, here.pid], ['0.1.0', hostname(), process.pid]);
    assert.notEqual(here.instance, thisWriter('0.1.0').instance);
  });
});
