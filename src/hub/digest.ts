declare const brand: unique symbol;

/** Content address of one manifest, `algorithm:encoded`; on Docker Hub `sha256:` and 64 hex digits. */
export type Digest = string & { readonly [brand]: 'Digest' };

/** Characters of a digest that are displayed where space is limited. They do not identify an image. */
const shortLength = 12;

const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z0-9]+)*:[A-Za-z0-9=_-]{1,256}$/;

/**
 * Parses a digest as the server writes it.
 *
 * The part after the colon does not have to be hexadecimal: the API reference contains other digests, and every digest
 * from the server must remain usable in requests.
 *
 * @throws {RangeError} The text does not have the form `algorithm:encoded`.
 */
export function parseDigest(text: string): Digest {
  if (!isDigest(text)) {
    throw new RangeError('expected a digest such as sha256:0f3a…');
  }
  return text;
}

/**
 * Whether {@link parseDigest} accepts the text: the form `algorithm:encoded`, with up to 256 characters after the
 * colon.
 */
export function isDigest(text: string): text is Digest {
  return digestPattern.test(text);
}

/** Returns the short form for display: the algorithm and the first 12 characters after the colon. */
export function shortDigest(digest: Digest): string {
  const colon = digest.indexOf(':');
  return digest.slice(0, colon + 1 + shortLength);
}
