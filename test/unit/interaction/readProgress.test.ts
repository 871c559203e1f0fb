import assert from 'node:assert/strict';
import { ReadProgress } from '../../../src/interaction/readProgress';

describe('progress of a reading', () => {
  let ms: number;
  let reported: ReadProgress;
  const messages: (string | undefined)[] = [];
  const increments: (number | undefined)[] = [];

  beforeEach(() => {
    ms = 0;
    messages.length = 0;
    increments.length = 0;
    const report = (step: { message?: string; increment?: number }): void => {
      messages.push(step.message);
      increments.push(step.increment);
    };
    reported = new ReadProgress({ report }, () => ms);
  });
  afterEach(() => {
    reported.dispose();
  });

  it('tells the counts, and the rate and what is left once they mean something', () => {
    reported.report(0, 100_000);
    ms = 5_000;
    reported.report(10_000, 100_000);
    assert.deepEqual(messages, ['0 of 100,000', '10,000 of 100,000 · 2,000 a second · 45 s left']);
  });

  it('begins its counts again with the reading, and leaves the bar where it was', () => {
    reported.report(50, 100);
    reported.report(10, 100);
    reported.report(60, 100);
    assert.deepEqual(messages, ['50 of 100', '10 of 100', '60 of 100']);
    assert.deepEqual(increments, [50, 0, 10]);
  });

  it('says what it waits for, and for how long', () => {
    reported.report(50, 100);
    reported.wait({ reason: 'rateLimited', until: new Date(42_000) });
    assert.equal(messages.at(-1), "50 of 100 · Waiting for Docker Hub's rate limit, continues in 0:42");
  });

  it('says so before anything was read, too', () => {
    reported.wait({ reason: 'network', until: new Date(2_000) });
    assert.deepEqual(messages, ['The server could not be reached, trying again in 0:02']);
  });

  it('says it no more when the pause is over', () => {
    reported.wait({ reason: 'rateLimited', until: new Date(42_000) });
    ms = 42_000;
    reported.report(60, 100);
    assert.equal(messages.at(-1), '60 of 100');
  });

  it('counts down the longest pause', () => {
    reported.wait({ reason: 'rateLimited', until: new Date(42_000) });
    reported.wait({ reason: 'server', until: new Date(5_000) });
    ms = 2_000;
    reported.report(60, 100);
    assert.equal(messages.at(-1), "60 of 100 · Waiting for Docker Hub's rate limit, continues in 0:40");
  });
});
