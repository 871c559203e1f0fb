import assert from 'node:assert/strict';
import { isDigest, parseDigest, shortDigest } from '../../../src/hub/digest';

describe('digest', () => {
  const taken = [
    `sha256:${'0f'.repeat(32)}`,
    'sha256:xyz0123', // the API reference has digests that are not hexadecimal
    `sha512:${'a'.repeat(128)}`,
  ];
  for (const text of taken) {
    it(`takes ${text.slice(0, 24)}`, () => {
      assert.equal(parseDigest(text), text);
    });
  }

  const rejected = ['', 'sha256', 'sha256:', ':abc', 'latest', 'sha256:ab cd', 'sha256:ab/cd', 'sha256:ab\n'];
  for (const text of rejected) {
    it(`rejects ${JSON.stringify(text)}`, () => {
      assert.equal(isDigest(text), false);
      assert.throws(() => parseDigest(text), RangeError);
    });
  }

  it('shows the algorithm and twelve characters in its short form', () => {
    assert.equal(shortDigest(parseDigest(`sha256:${'0123456789abcdef'.repeat(4)}`)), 'sha256:0123456789ab');
  });
});
