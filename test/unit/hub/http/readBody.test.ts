import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { BodyTooLargeError, readBody } from '../../../../src/hub/http/readBody';

const bodyOf = (...chunks: readonly string[]) => Readable.from(chunks.map((chunk) => Buffer.from(chunk)));

describe('readBody', () => {
  it('joins what arrives in pieces, even inside a character', async () => {
    const [first = 0, second = 0] = Buffer.from('é');
    const body = Readable.from([Buffer.from([first]), Buffer.from([second])]);
    assert.equal((await readBody(body, 10, 'reject')).toString(), 'é');
  });

  it('takes no body for an empty one', async () => {
    assert.equal((await readBody(null, 10, 'reject')).length, 0);
  });

  it('accepts a body of exactly the limit', async () => {
    assert.equal((await readBody(bodyOf('12345', '67890'), 10, 'reject')).toString(), '1234567890');
  });

  for (const whenLarger of ['reject', 'cut'] as const) {
    it(`destroys a stream that passes the limit (${whenLarger})`, async () => {
      let read = 0;
      const endless = Readable.from(
        (function* () {
          for (;;) {
            read += 4;
            yield Buffer.from('abcd');
          }
        })(),
      );
      const result = readBody(endless, 10, whenLarger);
      if (whenLarger === 'reject') {
        await assert.rejects(result, BodyTooLargeError);
      } else {
        assert.equal((await result).toString(), 'abcdabcdab');
      }
      assert.ok(endless.destroyed);
      assert.ok(read < 1_000, `${read} bytes were read`);
    });
  }
});
