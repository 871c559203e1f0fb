import assert from 'node:assert/strict';
import { readRateLimit, readRetryAfterMs } from '../../../../src/hub/http/rateLimit';

const now = new Date('2026-01-01T12:00:00Z');
const unix = now.getTime() / 1000;
const headers = (fields: Readonly<Record<string, string>>) => new Headers(fields);

describe('readRetryAfterMs', () => {
  const cases: [rule: string, fields: Record<string, string>, expected: number | undefined][] = [
    ['reads seconds', { 'retry-after': '7' }, 7_000],
    ['reads zero', { 'retry-after': '0' }, 0],
    ['reads an HTTP date', { 'retry-after': 'Thu, 01 Jan 2026 12:00:30 GMT' }, 30_000],
    ['takes a past date for no pause', { 'retry-after': 'Thu, 01 Jan 2026 11:00:00 GMT' }, 0],
    ['reads a unix time', { 'x-retry-after': `${unix + 20}` }, 20_000],
    ['prefers Retry-After', { 'retry-after': '3', 'x-retry-after': `${unix + 20}` }, 3_000],
    [
      'falls back where Retry-After cannot be read',
      { 'retry-after': 'soon', 'x-retry-after': `${unix + 20}` },
      20_000,
    ],
    [
      "measures a unix time against the server's clock",
      { 'x-retry-after': `${unix + 86_420}`, date: 'Fri, 02 Jan 2026 12:00:00 GMT' },
      20_000,
    ],
    [
      "measures an HTTP date against the server's clock",
      { 'retry-after': 'Fri, 02 Jan 2026 12:00:30 GMT', date: 'Fri, 02 Jan 2026 12:00:00 GMT' },
      30_000,
    ],
    ['ignores a negative number', { 'retry-after': '-5' }, undefined],
    ['ignores a fraction', { 'retry-after': '1.5' }, undefined],
    ['ignores text', { 'retry-after': 'later', 'x-retry-after': 'never' }, undefined],
    ['knows nothing without a header', {}, undefined],
  ];
  for (const [rule, fields, expected] of cases) {
    it(rule, () => {
      assert.equal(readRetryAfterMs(headers(fields), now), expected);
    });
  }
});

describe('readRateLimit', () => {
  it("reads Docker Hub's headers", () => {
    const fields = {
      'x-ratelimit-limit': '180',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': `${unix + 15}`,
    };
    assert.deepEqual(readRateLimit(headers(fields), now), {
      limit: 180,
      remaining: 0,
      serverResetAt: new Date('2026-01-01T12:00:15Z'),
      resetAt: new Date('2026-01-01T12:00:15Z'),
      windowMs: undefined,
    });
  });

  it("moves the end of the window to this computer's clock", () => {
    const fields = {
      'x-ratelimit-remaining': '1',
      'x-ratelimit-reset': `${unix + 3_615}`,
      date: 'Thu, 01 Jan 2026 13:00:00 GMT',
    };
    const limit = readRateLimit(headers(fields), now) ?? assert.fail();
    assert.deepEqual(limit.resetAt, new Date('2026-01-01T12:00:15Z'));
    assert.deepEqual(limit.serverResetAt, new Date('2026-01-01T13:00:15Z'));
  });

  it("reads the registry's headers with their window", () => {
    const fields = { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '20;w=21600' };
    assert.deepEqual(readRateLimit(headers(fields), now), {
      limit: 100,
      remaining: 20,
      serverResetAt: undefined,
      resetAt: undefined,
      windowMs: 21_600_000,
    });
  });

  it('believes no answer out of a cache', () => {
    const fields = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${unix + 15}`, age: '30' };
    assert.equal(readRateLimit(headers(fields), now), undefined);
  });

  for (const fields of [{}, { 'x-ratelimit-limit': 'many' }, { 'ratelimit-limit': 'w=5' }]) {
    it(`knows nothing from ${JSON.stringify(fields)}`, () => {
      assert.equal(readRateLimit(headers(fields), now), undefined);
    });
  }
});
