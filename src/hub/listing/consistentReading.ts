/** Readings of one listing at most, until it is given up. */
const readingLimit = 5;

export interface ReadingOptions<T, E extends Error> {
  /** Reads everything once. */
  readonly read: () => Promise<T>;
  /** Whether the reading failed because it contradicts itself. */
  readonly isContradiction: (error: unknown) => error is E;
  /** The same of two readings that tell the same. */
  readonly fingerprintOf: (found: T) => string;
  /** Told before each reading but the first, with its number and the contradiction met last. */
  readonly onWillReadAgain: (number: number, contradiction: E) => void;
}

/**
 * Reads until a reading can be believed. The first one is, if nothing in it contradicts itself. Where something did, the
 * listing was changing, and a later reading is believed only when the one right before it told the same.
 *
 * Nothing is waited for in between: what changes while it is read is most often another as soon as it is read again. A
 * list that lags behind by minutes goes on contradicting itself, and is better read when the person tries again.
 *
 * @throws The last contradiction, where no two readings agreed.
 */
export async function readUntilConsistent<T, E extends Error>(options: ReadingOptions<T, E>): Promise<T> {
  const { fingerprintOf, onWillReadAgain } = options;
  let contradiction: E | undefined;
  let previousFingerprint: string | undefined;
  for (let number = 1; ; number += 1) {
    const reading = await readOnce(options);
    if (reading.isContradictory) {
      contradiction = reading.contradiction;
      previousFingerprint = undefined;
    } else if (contradiction === undefined) {
      return reading.found;
    } else {
      const fingerprint = fingerprintOf(reading.found);
      if (fingerprint === previousFingerprint) {
        return reading.found;
      }
      previousFingerprint = fingerprint;
    }
    if (number === readingLimit) {
      throw contradiction;
    }
    onWillReadAgain(number + 1, contradiction);
  }
}

type Reading<T, E> =
  | { readonly isContradictory: false; readonly found: T }
  | { readonly isContradictory: true; readonly contradiction: E };

async function readOnce<T, E extends Error>({
  read,
  isContradiction,
}: ReadingOptions<T, E>): Promise<Reading<T, E>> {
  try {
    return { isContradictory: false, found: await read() };
  } catch (error) {
    if (isContradiction(error)) {
      return { isContradictory: true, contradiction: error };
    }
    throw error;
  }
}
