/** A body is larger than the reader is willing to read. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';

  constructor(readonly limitBytes: number) {
    super(`the body has more than ${limitBytes} bytes`);
  }
}

/**
 * Reads a body while counting, for the announced length may be wrong. The stream is destroyed when the limit is passed.
 *
 * @param whenLarger `cut` gives what was read up to the limit.
 * @throws {BodyTooLargeError} There is more than the limit, and it was not to be cut.
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
