import assert from 'node:assert/strict';
import { tokenExpiry } from '../../../../src/hub/session/tokenExpiry';

const tokenWith = (payload: string) => `head.${Buffer.from(payload).toString('base64url')}.signature`;

describe('tokenExpiry', () => {
  it('reads exp', () => {
    assert.deepEqual(tokenExpiry(tokenWith('{"exp":1767225600}')), new Date('2026-01-01T00:00:00Z'));
  });

  const unreadable = [
    '',
    'opaque',
    'a.b.c',
    tokenWith('{}'),
    tokenWith('null'),
    tokenWith('{"exp":"soon"}'),
    tokenWith('{"exp":1e300}'),
    tokenWith('{"exp":'),
  ];
  for (const token of unreadable) {
    it(`knows nothing from "${token}"`, () => {
      assert.equal(tokenExpiry(token), undefined);
    });
  }
});
