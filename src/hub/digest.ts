declare const brand: unique symbol;

/** Content address of one manifest: `algorithm:encoded`, on Docker Hub `sha256:` and 64 hex digits. */
export type Digest = string & { readonly [brand]: 'Digest' };

/** Characters shown of a digest where space is short. Never enough to address an image with. */
const shortLength = 12;

const digestPattern = /^[A-Za-z][A-Za-z0-9]*(?:[+._-][A-Za-z0-9]+)*:[A-Za-z0-9=_-]{1,256}$/;

/**
 * A digest as the service writes it.
 *
 * The part after the colon need not be hexadecimal: the API's own reference has digests that are not, and a digest
 * that came from the service must stay addressable.
 *
 * @throws {RangeError} The text is not of the form `algorithm:encoded`.
 */
export function parseDigest(text: string): Digest {
  if (!isDigest(text)) {
    throw new RangeError('expected a digest such as sha256:0f3a…');
  }
  return text;
}

/** Whether the text has the form `algorithm:encoded`. */
export function isDigest(text: string): text is Digest {
  return digestPattern.test(text);
}

/** Short form for display: the algorithm and the first twelve characters after it. */
export function shortDigest(digest: Digest): string {
  const colon = digest.indexOf(':');
  return digest.slice(0, colon + 1 + shortLength);
}
