import { IncompleteInventoryError } from './incompleteInventory';

/** Readings of one listing at most, until it is given up. */
const readingLimit = 5;

export interface ReadingOptions<T> {
  /** Reads everything once. Throws an {@link IncompleteInventoryError} where the reading contradicts itself. */
  readonly read: () => Promise<T>;
  /** The same of two readings that tell the same. */
  readonly fingerprintOf: (found: T) => string;
  /** Told before each reading but the first, with its number and the contradiction met last. */
  readonly onWillReadAgain: (number: number, contradiction: IncompleteInventoryError) => void;
}

/**
 * Reads until a reading can be believed. The first one is, if nothing in it contradicts itself. Where something did, the
 * listing was changing, and a later reading is believed only when the one right before it told the same.
 *
 * Nothing is waited for in between: what changes while it is read is most often another as soon as it is read again. A
 * list that lags behind by minutes goes on contradicting itself, and is better read when the person tries again.
 *
 * @throws {IncompleteInventoryError} The last contradiction, where no two readings agreed.
 */
export async function readBelievable<T>({
  read,
  fingerprintOf,
  onWillReadAgain,
}: ReadingOptions<T>): Promise<T> {
  let contradiction: IncompleteInventoryError | undefined;
  let before: string | undefined;
  for (let number = 1; ; number += 1) {
    const found = await contradictionOr(read);
    if (found instanceof IncompleteInventoryError) {
      contradiction = found;
      before = undefined;
    } else if (contradiction === undefined) {
      return found;
    } else {
      const fingerprint = fingerprintOf(found);
      if (fingerprint === before) {
        return found;
      }
      before = fingerprint;
    }
    if (number === readingLimit) {
      throw contradiction;
    }
    onWillReadAgain(number + 1, contradiction);
  }
}

async function contradictionOr<T>(read: () => Promise<T>): Promise<T | IncompleteInventoryError> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof IncompleteInventoryError) {
      return error;
    }
    throw error;
  }
}
