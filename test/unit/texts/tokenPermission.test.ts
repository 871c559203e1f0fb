import assert from 'node:assert/strict';
import { HubError } from '../../../src/hub/errors';
import { blockerText } from '../../../src/review/texts/review';
import { describeError } from '../../../src/texts/errors';
import { digestOf, plannedImage } from '../../support/images';

const of = { repository: plannedImage('acme/api', 'one').repository.name, digest: digestOf('one') };
const deletions = {
  management: ['POST', '/v2/namespaces/acme/delete-images'],
  registry: ['DELETE', `/v2/acme/api/manifests/${of.digest}`],
} as const;
const reads = [
  ['GET', '/v2/namespaces/acme/repositories/api/images'],
  ['GET', '/v2/namespaces/acme/repositories/api/tags'],
  ['GET', '/v2/namespaces/delete-images/repositories/delete-images/images'],
  ['HEAD', '/v2/acme/api/manifests/latest'],
] as const;
const forbidden = (reason: string, [method, path]: readonly [string, string] = deletions.management) =>
  new HubError('forbidden', { method, path, status: 403, reason });

describe('a refusal for the permission of the access token', () => {
  it('is said to be that of the token if the server says so', () => {
    for (const reason of ['access denied: insufficient scope', 'insufficient scope']) {
      for (const request of Object.values(deletions)) {
        assert.equal(
          describeError(forbidden(reason, request)),
          'Your access token is not allowed to do this. Deleting needs a token with Read, Write & Delete permission.',
        );
      }
    }
    assert.match(describeError(forbidden('plan too low')), /^Your account or access token is not allowed/);
  });

  it('names no permission to delete if a read was refused, but what the server says', () => {
    for (const request of reads) {
      assert.equal(
        describeError(forbidden('insufficient scope', request)),
        'Your access token is not allowed to do this. The server says: “insufficient scope”. Sign in with an access token that has more permissions.',
      );
    }
  });

  it('is said to be that of the token if that is known, and of the account otherwise', () => {
    assert.equal(
      blockerText({ ...of, error: 'unauthorized', isTokenLacking: true }),
      'Your access token cannot delete this image. Deleting needs a token with Read, Write & Delete permission.',
    );
    assert.equal(
      blockerText({ ...of, error: 'unauthorized' }),
      'Your account or access token is not allowed to delete this image.',
    );
  });
});
