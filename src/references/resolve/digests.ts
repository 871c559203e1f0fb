/** A digest in a text. */
export interface DigestHit {
  /** Of `sha256:` if that stands before it. */
  readonly start: number;
  readonly end: number;
  /** 64 hexadecimal digits. */
  readonly encoded: string;
}

const digestPattern = /(?:(?<![0-9A-Za-z])|(?<=\\[ntr]))[0-9a-f]{64}(?![0-9A-Za-z])/g;
const algorithm = 'sha256:';

/** Finds all digests, with or without their algorithm. */
export function* findDigests(text: string): Generator<DigestHit, void, void> {
  for (const { index, 0: encoded } of text.matchAll(digestPattern)) {
    const hasAlgorithm = text.startsWith(algorithm, index - algorithm.length) && index >= algorithm.length;
    yield { start: hasAlgorithm ? index - algorithm.length : index, end: index + encoded.length, encoded };
  }
}
