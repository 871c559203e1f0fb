import assert from 'node:assert/strict';
import { HubError, type HubErrorKind } from '../../../../src/hub/errors';
import {
  effectPolicies,
  isTransient,
  type TransientKind,
  pauseMsAfter,
} from '../../../../src/hub/http/requestPolicy';

const failure = (kind: HubErrorKind, status?: number) =>
  new HubError(kind, { method: 'GET', path: '/', ...(status === undefined ? {} : { status }) });

describe('requestPolicy', () => {
  it('repeats only what has no effect', () => {
    const repeatable = Object.entries(effectPolicies).filter(([, { isRepeatable }]) => isRepeatable);
    assert.deepEqual(
      repeatable.map(([effect]) => effect),
      ['none'],
    );
  });

  it('sends no token with a login', () => {
    assert.equal(effectPolicies.login.sendsToken, false);
  });

  const passing: [error: unknown, expected: boolean][] = [
    [failure('network'), true],
    [failure('rateLimited', 429), true],
    [failure('server', 500), true],
    [failure('server', 503), true],
    [failure('server', 501), false],
    [failure('timeout'), false],
    [failure('cancelled'), false],
    [failure('unauthenticated', 401), false],
    [failure('forbidden', 403), false],
    [failure('notFound', 404), false],
    [failure('protocol', 200), false],
    [failure('tooLarge'), false],
    [failure('redirected', 301), false],
    [new Error('a mistake of ours'), false],
  ];
  for (const [error, expected] of passing) {
    it(`${expected ? 'repeats' : 'does not repeat'} after ${String(error)}`, () => {
      assert.equal(isTransient(error), expected);
    });
  }

  const pauses: [kind: TransientKind, attempt: number, random: number, expected: number][] = [
    ['network', 1, 1, 500],
    ['network', 1, 0, 250],
    ['server', 2, 1, 1_000],
    ['server', 3, 0.5, 1_500],
    ['server', 20, 1, 8_000],
    ['rateLimited', 1, 1, 10_000],
    ['rateLimited', 4, 1, 60_000],
  ];
  for (const [kind, attempt, random, expected] of pauses) {
    it(`waits ${expected} ms after attempt ${attempt} with ${kind}, spread ${random}`, () => {
      assert.equal(pauseMsAfter({ kind, retryAfterMs: undefined }, attempt, random), expected);
    });
  }

  it('waits as long as the server asks', () => {
    assert.equal(pauseMsAfter({ kind: 'server', retryAfterMs: 42_000 }, 1, 1), 42_000);
  });
});
