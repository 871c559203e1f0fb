import assert from 'node:assert/strict';
import { paceText } from '../../../src/texts/pace';
import { Pace } from '../../../src/util/pace';

class Clock {
  ms = 1_000_000;
  readonly now = (): number => this.ms;
}

/** A pace that was told of so many pieces every second. */
function paceOf(seconds: number, perSecond: number, total: number): { clock: Clock; pace: Pace } {
  const clock = new Clock();
  const pace = new Pace(clock.now);
  pace.report(0, total);
  for (let second = 1; second <= seconds; second += 1) {
    clock.ms += 1000;
    pace.report(second * perSecond, total);
  }
  return { clock, pace };
}

describe('Pace', () => {
  it('is not shown before it means something', () => {
    const clock = new Clock();
    const pace = new Pace(clock.now);
    assert.equal(pace.perSecond, undefined, 'before the first report');
    pace.report(0, 100);
    clock.ms += 5000;
    assert.equal(pace.perSecond, undefined, 'nothing is done');
    assert.equal(pace.remainingMs, undefined);
    assert.equal(paceOf(1, 10, 100).pace.perSecond, undefined, 'a second says little');
    assert.equal(paceOf(2, 10, 100).pace.perSecond, 10);
  });

  it('tells what is left at that pace', () => {
    const { pace } = paceOf(10, 400, 100_000);
    assert.equal(pace.perSecond, 400);
    assert.equal(pace.remainingMs, (96_000 / 400) * 1000);
  });

  it('evens out answers that come in bursts', () => {
    const clock = new Clock();
    const pace = new Pace(clock.now);
    pace.report(0, 10_000);
    for (let burst = 1; burst <= 30; burst += 1) {
      clock.ms += 2000;
      for (let answer = 1; answer <= 8; answer += 1) {
        pace.report((burst - 1) * 200 + answer * 25, 10_000);
      }
    }
    assert.ok(Math.abs((pace.perSecond ?? 0) - 100) <= 10, `${String(pace.perSecond)} a second`);
  });

  it('forgets how fast it was a while ago', () => {
    const { clock, pace } = paceOf(60, 1000, 1_000_000);
    for (let second = 1; second <= 25; second += 1) {
      clock.ms += 1000;
      pace.report(60_000 + second * 10, 1_000_000);
    }
    assert.equal(pace.perSecond, 10);
  });

  it('slows down while nothing goes on', () => {
    const { clock, pace } = paceOf(10, 100, 10_000);
    clock.ms += 10_000;
    assert.equal(pace.perSecond, 50);
    assert.equal(pace.remainingMs, (9000 / 50) * 1000);
  });

  it('begins anew with another piece of work', () => {
    const { clock, pace } = paceOf(10, 100, 10_000);
    pace.report(0, 10_000);
    assert.equal(pace.perSecond, undefined, 'less is done than before');
    clock.ms += 3000;
    pace.report(30, 10_000);
    assert.equal(pace.perSecond, 10);
    pace.report(40, 500);
    assert.equal(pace.perSecond, undefined, 'the total is another');
  });

  it('does not count what is done at once, for it was there before', () => {
    const clock = new Clock();
    const pace = new Pace(clock.now);
    for (let done = 0; done <= 90_000; done += 1000) {
      pace.report(done, 100_000);
      clock.ms += 1;
    }
    clock.ms += 4000;
    pace.report(90_400, 100_000);
    assert.ok(Math.abs((pace.perSecond ?? 0) - 100) <= 1, `${String(pace.perSecond)} a second`);
  });

  it('counts only what was done since it began', () => {
    const clock = new Clock();
    const pace = new Pace(clock.now);
    pace.report(90_000, 100_000);
    clock.ms += 4000;
    pace.report(90_400, 100_000);
    assert.equal(pace.perSecond, 100);
  });
});

describe('paceText', () => {
  const cases: readonly [seconds: number, perSecond: number, total: number, expected: string | undefined][] =
    [
      [1, 10, 100, undefined],
      [10, 410, 77_900, '410 a second · 3 min left'],
      [10, 1234, 12_345, '1,234 a second · 5 s left'],
      [10, 10, 100, '10 a second'],
      [10, 10, 570, '10 a second · 50 s left'],
      [10, 10, 680, '10 a second · 1 min left'],
      [10, 10, 700.001, '10 a second · 2 min left'],
      [10, 10, 36_000, '10 a second · 1 h 0 min left'],
      [10, 1, 7270, '1 a second · 2 h 1 min left'],
      [20, 0.5, 100, '30 a minute · 3 min left'],
      [20, 0.005, 1, 'less than 1 a minute · 3 min left'],
    ];
  for (const [seconds, perSecond, total, expected] of cases) {
    it(`reads “${String(expected)}” after ${String(seconds)} s of ${String(perSecond)} a second of ${String(total)}`, () => {
      assert.equal(paceText(paceOf(seconds, perSecond, total).pace), expected);
    });
  }
});
