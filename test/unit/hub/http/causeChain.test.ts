import assert from 'node:assert/strict';
import { causesOf, describeCauses } from '../../../../src/hub/http/causeChain';

const failure = (code: string, message: string, cause?: unknown) =>
  Object.assign(new Error(message, { cause }), { code });

describe('the chain of causes of a failed connection (row 14)', () => {
  it('is described from the outside to the inside, each cause once', () => {
    const inner = failure('CERT_HAS_EXPIRED', 'certificate has expired');
    const error = failure('ERR_FETCH', 'fetch failed', new Error('tunnel failed', { cause: inner }));
    assert.equal(
      describeCauses(error, []),
      'ERR_FETCH fetch failed; caused by Error tunnel failed; caused by CERT_HAS_EXPIRED certificate has expired',
    );
    assert.equal(describeCauses(failure('X', 'same', failure('X', 'same')), []), 'X same');
  });

  it('has every address that was tried', () => {
    const attempts = ['::1', '127.0.0.1'].map((ip) =>
      failure('ECONNREFUSED', `connect ECONNREFUSED ${ip}:443`),
    );
    const error = Object.assign(new AggregateError(attempts), { code: 'ECONNREFUSED' });
    assert.equal(
      describeCauses(error, []),
      'ECONNREFUSED; caused by ECONNREFUSED connect ECONNREFUSED ::1:443; caused by ECONNREFUSED connect ECONNREFUSED 127.0.0.1:443',
    );
  });

  const secrets: Readonly<Record<string, Error>> = {
    'an address with a query': new Error('request to https://hub.test/v2/x?q=secret failed'),
    'a query alone': new Error('GET /v2/x?q=secret failed'),
    'a reason behind an address': failure('E', 'request to https://a.test/?secret failed, reason: no'),
    'the user of a proxy': new Error('connecting through http://user:secret@proxy.test:3128 failed'),
    'a secret of the request': new Error('rejected: secret'),
    'a secret in a cause': new Error('failed', { cause: new Error('Basic secret') }),
    'a token': new Error('dckr_pat_secret'),
    'a secret in an attempt': new AggregateError([new Error('to secret')]),
  };
  for (const [what, error] of Object.entries(secrets))
    it(`never repeats ${what}`, () => {
      const text = describeCauses(error, ['secret']);
      assert.doesNotMatch(text, /secret/);
      assert.notEqual(text, '');
    });

  it('ends, also where it leads in a circle', () => {
    const error = new Error('first');
    error.cause = new Error('second', { cause: error });
    assert.equal(causesOf(error).length, 2);
    let long = new Error('0');
    for (let depth = 1; depth < 100; depth += 1) {
      long = new Error(String(depth), { cause: long });
    }
    assert.equal(causesOf(long).length, 8);
  });

  it('may be of anything that was thrown', () => {
    assert.equal(describeCauses('text', []), 'the connection failed');
    assert.equal(describeCauses(undefined, []), 'the connection failed');
  });
});
