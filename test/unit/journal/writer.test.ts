import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { processStart } from '../../../src/journal/processStart';
import { isGone, stateOfWriter, thisWriter, type Writer } from '../../../src/journal/writer';
import { idOf } from '../../support/processes';

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
    const other: Writer = { ...here, ...idOf(child.pid ?? 0), instance: 'other' };
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

describe('a process whose number is in use', () => {
  const other: Writer = { ...self, pid: 7, instance: 'other' };
  const cases: readonly (readonly [
    what: string,
    recorded: string | undefined,
    found: string | undefined,
    said: boolean,
    lastSign: Date,
    expected: boolean,
  ])[] = [
    [
      'has gone where the number belongs to a process with another start',
      'boot 1',
      'boot 2',
      false,
      justNow,
      true,
    ],
    ['has gone where the machine was started again since', 'boot 1', 'later 1', false, justNow, true],
    ['runs where the start is the same', 'boot 1', 'boot 1', false, justNow, false],
    [
      'runs where the start is the same, however long it is silent',
      'boot 1',
      'boot 1',
      false,
      yesterday,
      false,
    ],
    ['runs where the start is the same, whatever a person says', 'boot 1', 'boot 1', true, yesterday, false],
    ['may run where its start was not recorded', undefined, 'boot 1', false, justNow, false],
    ['may run where no start can be read', 'boot 1', undefined, false, justNow, false],
    ['has gone after a day where its start was not recorded', undefined, 'boot 1', false, yesterday, true],
    ['has gone after a day where no start can be read', 'boot 1', undefined, false, yesterday, true],
    [
      'has gone where its start was not recorded and a person says so',
      undefined,
      'boot 1',
      true,
      justNow,
      true,
    ],
    ['has gone where no start can be read and a person says so', 'boot 1', undefined, true, justNow, true],
  ];
  for (const [what, recorded, found, said, lastSign, expected] of cases) {
    it(what, () => {
      const writer = recorded === undefined ? other : { ...other, start: recorded };
      const options = { self, now, isRunning: () => true, startOf: () => found, isSaidToBeGone: () => said };
      assert.equal(isGone(writer, lastSign, options), expected);
    });
  }

  it('is asked for its start by its number, and a person is asked about it and no other', () => {
    const asked: unknown[] = [];
    isGone(other, justNow, {
      self,
      now,
      isRunning: () => true,
      startOf: (pid) => void asked.push(pid),
      isSaidToBeGone: (writer) => {
        asked.push(writer);
        return false;
      },
    });
    assert.deepEqual(asked, [7, other]);
  });

  it('has gone on another machine where a person says so, and is not where nobody knows who it was', () => {
    const options = { self, now, isSaidToBeGone: () => true };
    assert.equal(isGone({ ...other, host: 'lap' }, justNow, options), true);
    assert.equal(isGone(undefined, justNow, options), false);
  });

  it('is described in words that a person can be asked with', () => {
    const stateOf = (facts: Partial<Writer>, isRunning = true) =>
      stateOfWriter({ ...other, ...facts }, { self, isRunning: () => isRunning, startOf: () => 'boot 1' });
    assert.equal(stateOf({}), 'startUnknown');
    assert.equal(stateOf({ start: 'boot 1' }), 'running');
    assert.equal(stateOf({ start: 'boot 2' }), 'gone');
    assert.equal(stateOf({}, false), 'gone');
    assert.equal(stateOf({ pid: self.pid }), 'gone');
    assert.equal(stateOf({ host: 'lap' }), 'otherMachine');
    assert.equal(stateOf({ instance: 'self' }), 'running');
  });
});

describe('this process', () => {
  it('says where it is, and is another each time it is asked', () => {
    const here = thisWriter('0.1.0');
    assert.deepEqual([here.extension, here.host, here.pid], ['0.1.0', hostname(), process.pid]);
    assert.notEqual(here.instance, thisWriter('0.1.0').instance);
    assert.equal(here.start, processStart(process.pid));
    assert.equal('start' in here, existsSync('/proc/self/stat'));
  });
});
