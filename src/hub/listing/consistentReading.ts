/** Maximum number of readings of one listing. */
const readingLimit = 5;

/** How to read a listing and compare two readings of it. */
export interface ReadingOptions<T, E extends Error> {
  /** Reads the whole listing once. */
  readonly read: () => Promise<T>;
  /** Whether the reading failed because the listing contradicts itself. */
  readonly isContradiction: (error: unknown) => error is E;
  /** Equal for two readings with the same content. */
  readonly fingerprintOf: (found: T) => string;
  /** Called before each repeated reading with its number, from 2, and the latest contradiction. */
  readonly onWillReadAgain: (number: number, contradiction: E) => void;
}

/**
 * Repeats a reading until its result is consistent. The first reading is accepted if it does not contradict itself.
 * After a contradiction the listing was changing, so a later reading is accepted only if the one right before it had
 * the same content.
 *
 * There is no pause between readings: most changes are over by the time of the next reading. A list that lags behind by
 * minutes keeps contradicting itself, and the user can try again later.
 *
 * @throws {E} The latest contradiction, if no two readings in a row agree in {@link readingLimit} readings.
 * @throws Any other error of `read`, at once.
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
