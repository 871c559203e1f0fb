import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { HubFetch } from '../../../../src/hub/http/http';
import { readRateLimit } from '../../../../src/hub/http/rateLimit';
import { RequestBudget, type RequestClaim } from '../../../../src/hub/http/requestBudget';
import { longestPauseMs } from '../../../../src/hub/http/requestPolicy';
import { RequestLimit } from '../../../../src/sandbox/requestLimit';
import { createTestClient } from '../../../support/hubHttp';
import { VirtualTime } from '../../../support/virtualTime';

const start = new Date('2026-01-01T12:00:00Z');

/** A budget on a clock that is put forward by hand, and answers of a server whose clock is the same. */
class Stage {
  ms = start.getTime();
  readonly budget = new RequestBudget(() => new Date(this.ms));

  send(): RequestClaim {
    const claim = this.budget.claim();
    claim.markSent();
    return claim;
  }

  /** @param resetIn Seconds from the start to the end of the window. */
  answer(claim: RequestClaim, remaining: number | string, resetIn: number | string, limit?: number): void {
    const reset = typeof resetIn === 'number' ? `${start.getTime() / 1000 + resetIn}` : resetIn;
    this.answerWith(claim, {
      'x-ratelimit-remaining': `${remaining}`,
      'x-ratelimit-reset': reset,
      ...(limit !== undefined && { 'x-ratelimit-limit': `${limit}` }),
    });
  }

  answerWith(claim: RequestClaim, fields: Readonly<Record<string, string>>): void {
    const now = new Date(this.ms);
    claim.update(readRateLimit(new Headers({ date: now.toUTCString(), ...fields }), now));
    claim.end();
  }

  /** How many more would be sent at once. */
  room(): number {
    const claims: RequestClaim[] = [];
    while (this.budget.hold() === undefined && claims.length < 1000) {
      claims.push(this.budget.claim());
    }
    claims.forEach((claim) => {
      claim.end();
    });
    return claims.length === 1000 ? Infinity : claims.length;
  }
}

describe('RequestBudget', () => {
  let stage: Stage;
  beforeEach(() => {
    stage = new Stage();
  });

  it('holds nothing back before the server has named a limit', () => {
    assert.equal(stage.room(), Infinity);
  });

  it('lets as many through as are left', () => {
    stage.answer(stage.send(), 7, 60, 180);
    assert.equal(stage.room(), 7);
  });

  it('takes those under way for not yet counted', () => {
    const first = stage.send();
    const second = stage.send();
    stage.answer(first, 7, 60);
    assert.equal(stage.room(), 6);
    stage.answer(second, 6, 60);
    assert.equal(stage.room(), 6);
  });

  it('believes the lowest of answers that come in another order', () => {
    const [first, second] = [stage.send(), stage.send()];
    stage.answer(second, 3, 60);
    stage.answer(first, 4, 60);
    assert.equal(stage.room(), 3);
  });

  it('takes resets of neighbouring seconds for one, as servers round differently', () => {
    const [first, second, third] = [stage.send(), stage.send(), stage.send()];
    stage.answer(third, 3, 60);
    stage.answer(first, 5, 61);
    stage.answer(second, 4, 59);
    assert.equal(stage.room(), 3);
  });

  it('begins a new window with a later reset, and ignores what is reported of the last one', () => {
    const [old, next] = [stage.send(), stage.send()];
    stage.answer(next, 50, 120);
    stage.answer(old, 0, 60);
    assert.equal(stage.room(), 50);
  });

  it('counts a request that was lost', () => {
    const lost = stage.send();
    stage.answer(stage.send(), 5, 60);
    lost.end();
    assert.equal(stage.room(), 4);
  });

  it('does not count a request that was never sent', () => {
    const withdrawn = stage.budget.claim();
    stage.answer(stage.send(), 5, 60);
    withdrawn.end();
    assert.equal(stage.room(), 5);
  });

  it('says how long, and whether nothing is left or answers may still make room', () => {
    const [first, second] = [stage.send(), stage.send()];
    stage.answer(first, 1, 60);
    assert.deepEqual(pick(stage.budget.hold()), { ms: 60_000, isUsedUp: false });
    stage.ms += 10_000;
    stage.answer(second, 0, 60);
    assert.deepEqual(pick(stage.budget.hold()), { ms: 50_000, isUsedUp: true });
  });

  describe('when a request is refused', () => {
    const refuse = (claim: RequestClaim, retryAfterMs?: number) => {
      claim.refuse(undefined, retryAfterMs);
      claim.end();
    };

    it('holds back for as long as the server says, and then sends one alone', () => {
      refuse(stage.send(), 7_000);
      assert.deepEqual(pick(stage.budget.hold()), { ms: 7_000, isUsedUp: true });
      stage.ms += 7_000;
      assert.equal(stage.room(), 1);
    });

    it('takes nothing to be left of a window of which others have taken', () => {
      const refused = stage.send();
      stage.answer(stage.send(), 9, 60);
      refuse(refused, 3_000);
      assert.deepEqual(pick(stage.budget.hold()), { ms: 3_000, isUsedUp: true });
    });

    it('believes the refusal and not what it says to be left', () => {
      const refused = stage.send();
      const resetAt = new Date(start.getTime() + 30_000);
      refused.refuse(
        { limit: 180, remaining: 9, serverResetAt: resetAt, resetAt, windowMs: undefined },
        undefined,
      );
      refused.end();
      assert.deepEqual(pick(stage.budget.hold()), { ms: 30_000, isUsedUp: true });
    });

    it('goes on one by one when the one alone is refused without a word', () => {
      refuse(stage.send(), 7_000);
      stage.ms += 7_000;
      refuse(stage.send());
      assert.equal(stage.room(), 1);
    });

    it('is one hold for all that are refused together', () => {
      const [first, second] = [stage.send(), stage.send()];
      refuse(first, 7_000);
      const hold = stage.budget.hold();
      refuse(second, 7_000);
      assert.ok(hold);
      assert.equal(stage.budget.hold()?.window, hold.window);
    });

    for (const [rule, retryAfterMs] of [
      ['does not say for how long', undefined],
      ['asks for more than the longest pause', longestPauseMs + 1],
      ['asks for no pause', 0],
    ] as const) {
      it(`does not wait when the server ${rule}`, () => {
        refuse(stage.send(), retryAfterMs);
        assert.equal(stage.budget.hold(), undefined);
      });
    }
  });

  describe('when the window has ended', () => {
    it('sends one alone after it was used up, and as many as its answer says', () => {
      stage.answer(stage.send(), 0, 60, 180);
      stage.ms += 60_000;
      assert.equal(stage.room(), 1);
      const asking = stage.send();
      assert.deepEqual(pick(stage.budget.hold()), { ms: undefined, isUsedUp: false });
      stage.answer(asking, 179, 120, 180);
      assert.equal(stage.room(), 179);
    });

    it('sends up to the limit where some were left', () => {
      stage.answer(stage.send(), 5, 60, 20);
      stage.ms += 60_000;
      assert.equal(stage.room(), 20);
    });

    it('sends the next one when the one alone is lost', () => {
      stage.answer(stage.send(), 0, 60);
      stage.ms += 60_000;
      stage.send().end();
      assert.equal(stage.room(), 1);
    });

    it('holds nothing back when its answer tells no limit', () => {
      stage.answer(stage.send(), 0, 60);
      stage.ms += 60_000;
      stage.answerWith(stage.send(), {});
      assert.equal(stage.room(), Infinity);
    });

    it('does not go by an answer of the window before', () => {
      const late = stage.send();
      stage.answer(stage.send(), 0, 60);
      stage.ms += 60_000;
      late.update({
        limit: 180,
        remaining: 0,
        serverResetAt: new Date(start.getTime() + 60_000),
        resetAt: new Date(stage.ms + 5_000), // it was on its way for so long
        windowMs: undefined,
      });
      late.end();
      assert.equal(stage.room(), 1);
    });

    it('goes by the answer of the one alone, though the window is still the same', () => {
      stage.answer(stage.send(), 0, 60);
      const hold = stage.budget.hold();
      assert.ok(hold);
      stage.budget.endHold(hold); // by a timer that was early
      stage.answer(stage.send(), 0, 60);
      assert.equal(stage.room(), 0);
    });

    it('leaves the window alone that began since', () => {
      stage.answer(stage.send(), 0, 60);
      const hold = stage.budget.hold();
      assert.ok(hold);
      stage.answer(stage.send(), 9, 120);
      stage.budget.endHold(hold);
      assert.equal(stage.room(), 9);
    });
  });

  const unreported: [rule: string, fields: Readonly<Record<string, string>>][] = [
    ['no header', {}],
    ['no reset', { 'x-ratelimit-limit': '180', 'x-ratelimit-remaining': '0' }],
    ['no remaining', { 'x-ratelimit-limit': '180', 'x-ratelimit-reset': unixIn(30) }],
    ['a negative number', { 'x-ratelimit-remaining': '-1', 'x-ratelimit-reset': unixIn(30) }],
    ['a fraction', { 'x-ratelimit-remaining': '0.5', 'x-ratelimit-reset': unixIn(30) }],
    ['text', { 'x-ratelimit-remaining': 'none', 'x-ratelimit-reset': 'soon' }],
    ['a reset in the past', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': unixIn(-1) }],
    ['a reset now', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': unixIn(0) }],
    ['seconds in place of a time', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' }],
    ['a reset in hours', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': unixIn(7_200) }],
    ['an answer out of a cache', { age: '9', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': unixIn(30) }],
    ['a pull quota', { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '0;w=21600' }],
  ];
  for (const [rule, fields] of unreported) {
    it(`holds nothing back for ${rule}`, () => {
      stage.answerWith(stage.send(), fields);
      assert.equal(stage.room(), Infinity);
    });
  }

  it('believes the lower of two figures that contradict each other', () => {
    stage.answer(stage.send(), 1_000, 60, 10);
    assert.equal(stage.room(), 10);
  });

  it('waits for the longest pause and no longer', () => {
    stage.answer(stage.send(), 0, longestPauseMs / 1000 + 1);
    assert.equal(stage.budget.hold(), undefined);
    stage.ms += 1_000;
    assert.equal(stage.budget.hold()?.ms, longestPauseMs);
  });

  it("goes by the server's clock, and by the answer that was fastest", () => {
    const hours = 3 * 60 * 60;
    const fields = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': unixIn(hours + 60) };
    const dateIn = (seconds: number) => new Date(start.getTime() + (hours + seconds) * 1000).toUTCString();
    const [slow, fast, slower] = [stage.send(), stage.send(), stage.send()];
    stage.ms += 2_000;
    stage.answerWith(slow, { ...fields, date: dateIn(0) });
    assert.equal(stage.budget.hold()?.ms, 60_000);
    stage.answerWith(fast, { ...fields, date: dateIn(2) });
    assert.equal(stage.budget.hold()?.ms, 58_000);
    stage.answerWith(slower, { ...fields, date: dateIn(-5) });
    assert.equal(stage.budget.hold()?.ms, 58_000);
  });
});

describe('a client alone at a server with a limit', () => {
  const plan = fc.record({
    limit: fc.integer({ min: 1, max: 40 }),
    windowMs: fc.integer({ min: 2_000, max: longestPauseMs - 2_000 }),
    concurrency: fc.integer({ min: 1, max: 12 }),
    skewMs: fc.integer({ min: -10_000_000, max: 10_000_000 }),
    /** What each request meets on its way there and back, and whether its answer is lost. */
    ways: fc.array(
      fc.record({
        thereMs: fc.integer({ min: 0, max: 3_000 }),
        backMs: fc.integer({ min: 0, max: 3_000 }),
        isLost: fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0),
      }),
      { minLength: 1, maxLength: 80 },
    ),
  });

  it('never sends more in one window than the server takes, as far as it says so, and sends every request', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ limit, windowMs, concurrency, skewMs, ways }) => {
        const time = new VirtualTime(start);
        const serverNow = () => new Date(time.now().getTime() + skewMs);
        const server = new RequestLimit({ requests: limit, windowMs }, serverNow);
        const lost = new Set<string>();
        const answered: string[] = [];
        let refused = 0;
        const fetch: HubFetch = async (url, { signal }) => {
          const path = new URL(url).pathname;
          const { thereMs, backMs, isLost } = ways[Number(path.slice(4)) % ways.length] ?? assert.fail();
          await time.delay(thereMs, signal);
          const { headers, refusal } = server.count();
          refused += refusal === undefined ? 0 : 1;
          const date = serverNow().toUTCString();
          await time.delay(backMs, signal);
          if (isLost && path !== '/v2/0' && !lost.has(path)) {
            lost.add(path);
            throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
          }
          answered.push(path);
          const status = refusal?.status ?? 200;
          const body = (async function* () {
            yield await Promise.resolve('{}');
          })();
          return { status, statusText: '', headers: new Headers({ date, ...headers }), body };
        };
        const { http } = createTestClient('https://hub.test', {
          fetch,
          now: time.now,
          delay: time.delay,
          maxConcurrentRequests: () => concurrency,
        });
        await time.run(http.get('/v2/0')); // before its answer nobody knows of a limit
        const others = ways.map((_way, index) => http.get(`/v2/${index + 1}`));
        await time.run(Promise.all(others));
        assert.ok(refused <= lost.size, `${refused} refused, ${lost.size} lost`); // a lost answer tells of no window
        assert.deepEqual(new Set(answered).size, ways.length + 1);
      }),
      { numRuns: 150 },
    );
  });
});

function pick(hold: ReturnType<RequestBudget['hold']>) {
  return hold && { ms: hold.ms, isUsedUp: hold.isUsedUp };
}

function unixIn(seconds: number): string {
  return `${start.getTime() / 1000 + seconds}`;
}
