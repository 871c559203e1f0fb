import assert from 'node:assert/strict';
import { ServerClock } from '../../../../src/hub/http/serverClock';
import { createTestClient } from '../../../support/hubHttp';
import { withSandbox } from '../../../support/sandbox';

const local = new Date('2026-03-31T12:00:00Z');
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

function answerAt(at: number, more: Readonly<Record<string, string>> = {}) {
  const headers: Readonly<Record<string, string>> = { date: new Date(at).toUTCString(), ...more };
  return { get: (name: string) => headers[name] ?? null };
}

/** How far the clock is put right after answers whose dates differ so from the local clock. */
function offsetAfter(...offsetsMs: readonly number[]): number {
  const clock = new ServerClock(() => local);
  offsetsMs.forEach((offsetMs) => {
    clock.update(answerAt(local.getTime() + offsetMs));
  });
  return clock.now().getTime() - local.getTime();
}

describe('server clock', () => {
  const rules: readonly (readonly [rule: string, offsets: readonly number[], expected: number])[] = [
    ['is the local clock before the first answer', [], 0],
    ['ignores small differences', [30_000, 30_000, -30_000], 0],
    ['follows a server that is a day ahead', [dayMs, dayMs], dayMs],
    ['follows a server that is a day behind', [-dayMs, -dayMs], -dayMs],
    ['does not believe a single answer', [dayMs], 0],
    ['does not believe answers that differ', [dayMs, -dayMs, 0, dayMs], 0],
    ['is not led away by one mistake among many', [dayMs, dayMs, -dayMs, dayMs], dayMs],
    ['comes back when the local clock was put right', [dayMs, dayMs, 0, 0], 0],
  ];
  for (const [rule, offsets, expected] of rules) {
    it(rule, () => {
      assert.equal(offsetAfter(...offsets), expected);
    });
  }

  it('does not go by what comes out of a cache, or says no time', () => {
    const clock = new ServerClock(() => local);
    for (const headers of [
      answerAt(local.getTime() - dayMs, { age: '86400' }),
      { get: () => null },
      { get: () => 'yesterday' },
    ]) {
      clock.update(headers);
      clock.update(headers);
    }
    assert.deepEqual(clock.now(), local);
  });
});

describe('server clock of a client', () => {
  const hub = withSandbox(() => ({ now: () => local }));

  for (const days of [1, -1]) {
    it(`tells the server's time where the local one is ${days} day off`, async () => {
      const { http } = createTestClient(hub.url, { now: () => new Date(local.getTime() + days * dayMs) });
      assert.notDeepEqual(http.serverNow(), local);
      for (let answers = 0; answers < 2; answers += 1) {
        await assert.rejects(http.get('/v2/user/'));
      }
      assert.ok(Math.abs(http.serverNow().getTime() - local.getTime()) < minuteMs);
    });
  }
});
