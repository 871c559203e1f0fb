import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { PauseClock } from '../../../src/util/pauseClock';

describe('the countdown of a pause', () => {
  const ticks: number[] = [];
  let clock: PauseClock;

  beforeEach(() => {
    ticks.length = 0;
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 });
    clock = new PauseClock(() => ticks.push(clock.seconds));
  });
  afterEach(() => {
    clock.dispose();
    mock.timers.reset();
  });

  const waitFor = (seconds: number, reason: 'rateLimited' | 'server' = 'rateLimited') => {
    clock.wait({ reason, until: new Date(Date.now() + seconds * 1000) });
  };

  const pass = (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      mock.timers.tick(1000);
    }
  };

  it('ticks when the pause begins, every second, and once when it has ended', () => {
    waitFor(3);
    assert.equal(clock.pause?.reason, 'rateLimited');
    pass(10);
    assert.deepEqual(ticks, [3, 2, 1, 0]);
    assert.equal(clock.pause, undefined);
  });

  it('counts down to the pause that ends last', () => {
    waitFor(3);
    waitFor(2, 'server');
    assert.deepEqual(ticks, [3]);
    assert.equal(clock.pause?.reason, 'rateLimited');
    waitFor(5, 'server');
    assert.deepEqual(ticks, [3, 5]);
    assert.equal(clock.pause.reason, 'server');
  });

  it('begins again with a pause after the last one', () => {
    waitFor(1);
    pass(2);
    waitFor(1);
    pass(2);
    assert.deepEqual(ticks, [1, 0, 1, 0]);
  });

  it('stands still when it is cleared, and takes nothing up once it is disposed', () => {
    waitFor(3);
    clock.clear();
    pass(5);
    assert.deepEqual(ticks, [3]);
    assert.equal(clock.seconds, 0);
    clock.dispose();
    waitFor(3);
    assert.deepEqual(ticks, [3]);
  });
});
