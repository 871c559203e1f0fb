import assert from 'node:assert/strict';
import { HubError } from '../../../src/hub/errors';
import { blockerText } from '../../../src/review/texts/review';
import { describeError } from '../../../src/texts/errors';
import { digestOf, plannedImage } from '../../support/images';

const of = { repository: plannedImage('acme/api', 'one').repository.name, digest: digestOf('one') };
const forbidden = (reason: string) =>
  new HubError('forbidden', { method: 'POST', path: '/', status: 403, reason });

describe('a refusal for the permission of the access token', () => {
  it('is said to be that of the token if the server says so', () => {
    for (const reason of ['access denied: insufficient scope', 'insufficient scope']) {
      assert.equal(
        describeError(forbidden(reason)),
        'Your access token is not allowed to do this. Deleting needs a token with Read, Write & Delete permission.',
      );
    }
    assert.match(describeError(forbidden('plan too low')), /^Your account or access token is not allowed/);
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
