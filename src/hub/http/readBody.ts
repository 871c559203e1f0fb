/** Thrown by {@link readBody} when a body exceeds its limit. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';

  constructor(readonly limitBytes: number) {
    super(`the body has more than ${limitBytes} bytes`);
  }
}

/**
 * Reads a body up to a limit. It counts the bytes, because `Content-Length` may be wrong, and destroys the stream at
 * the limit.
 *
 * @param limitBytes After decompression.
 * @param whenLarger `reject` throws; `cut` returns the first `limitBytes` bytes.
 * @throws {BodyTooLargeError} The body exceeds the limit, and `whenLarger` is `reject`.
 */
export async function readBody(
  body: AsyncIterable<unknown> | null,
  limitBytes: number,
  whenLarger: 'reject' | 'cut',
): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    const part = chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
    chunks.push(part);
    bytes += part.byteLength;
    if (bytes > limitBytes) {
      break; // leaving the loop destroys the stream
    }
  }
  if (bytes > limitBytes && whenLarger === 'reject') {
    throw new BodyTooLargeError(limitBytes);
  }
  return Buffer.concat(chunks, bytes).subarray(0, limitBytes);
}
