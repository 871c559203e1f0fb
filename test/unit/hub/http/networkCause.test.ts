import assert from 'node:assert/strict';
import { isLasting, type NetworkCause, networkCauseOf } from '../../../../src/hub/http/networkCause';

const failure = (code: string, message = code) => Object.assign(new Error(message), { code });

describe('the cause of a failed connection', () => {
  const cases: readonly (readonly [string, NetworkCause | undefined])[] = [
    ['ENOTFOUND', 'name'],
    ['EAI_AGAIN', 'name'],
    ['ECONNREFUSED', 'refused'],
    ['ECONNRESET', 'reset'],
    ['ERR_STREAM_PREMATURE_CLOSE', 'reset'],
    ['ENETUNREACH', 'unreachable'],
    ['ETIMEDOUT', 'unreachable'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate'],
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['CERT_NOT_YET_VALID', 'certificate'],
    ['CRL_HAS_EXPIRED', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    ['ERR_TLS_CERT_SIGNATURE_ALGORITHM_UNSUPPORTED', 'certificate'],
    ['EPROTO', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['ERR_TLS_HANDSHAKE_TIMEOUT', 'tls'],
    ['ESOMETHINGELSE', undefined],
    ['constructor', undefined],
  ];
  for (const [code, cause] of cases) {
    it(`is ${cause ?? 'not known'} with the code ${code}`, () => {
      assert.equal(networkCauseOf(failure(code)), cause);
    });
  }

  it('is the proxy if that answered 407', () => {
    const message = 'tunneling socket could not be established, statusCode=407';
    assert.equal(networkCauseOf(failure('ECONNRESET', message)), 'proxy');
    assert.equal(networkCauseOf(failure('', 'port 4070')), undefined);
  });

  it('is that of the error behind it', () => {
    assert.equal(networkCauseOf(new Error('fetch failed', { cause: failure('ENOTFOUND') })), 'name');
    assert.equal(networkCauseOf(new Error('fetch failed')), undefined);
    assert.equal(networkCauseOf('broken'), undefined);
    const attempts = new AggregateError([new Error('first'), failure('ECONNREFUSED')]);
    assert.equal(networkCauseOf(attempts), 'refused');
  });

  for (const cause of ['certificate', 'proxy'] as const)
    it(`lasts until somebody changes something (row 14): ${cause}`, () => {
      assert.equal(isLasting(cause), true);
    });
  for (const cause of ['tls', 'name', 'refused', 'reset', 'unreachable', undefined] as const)
    it(`may pass (row 14): ${cause ?? 'not known'}`, () => {
      assert.equal(isLasting(cause), false);
    });
});
