/** Bytes at the beginning of a file in which a zero byte shows that it is not text. */
const binaryCheckBytes = 8192;

/** Encodings that the first bytes of a file tell apart. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** What the first bytes of a file tell: its encoding, or that it is not text. */
export function encodingOf(start: Uint8Array): TextEncoding | 'binary' {
  const [first, second] = start;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return start.subarray(0, binaryCheckBytes).includes(0) ? 'binary' : 'utf-8';
}

/** The text without its byte order mark. Bytes that are not text become replacement characters. */
export function decodeText(bytes: Uint8Array, encoding: TextEncoding): string {
  return new TextDecoder(encoding).decode(bytes);
}
