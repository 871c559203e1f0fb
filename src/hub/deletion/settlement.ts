import { imageKey, type ImageKey } from '../deletionRequest';
import type { Image } from '../model';
import type { CollateralOutcome, ImageOutcome } from './outcome';
import type { ReviewEntry } from './reviewEntry';

/** An image that has left the plan with an outcome. */
export interface SettledEntry {
  readonly entry: ReviewEntry;
  readonly outcome: ImageOutcome;
}

/** What has become of the images of a plan and of those that fell with them, over all deletions of one flow. */
export class Settlement {
  readonly #entries = new Map<ImageKey, SettledEntry>();
  readonly #collateral = new Map<ImageKey, CollateralOutcome>();
  readonly #counts = { deleted: 0, alreadyGone: 0, refused: 0, failed: 0, unconfirmed: 0, notSent: 0 };
  #list: readonly SettledEntry[] = [];
  #deletedAlongCount = 0;
  #removedBytes: number | undefined;

  /** Images that have left the plan with an outcome, in the order in which they got it. */
  get entries(): readonly SettledEntry[] {
    return this.#list;
  }

  /** How many of them got each outcome. */
  get counts(): Readonly<Record<ImageOutcome, number>> {
    return this.#counts;
  }

  /** What became of the images that were accepted as falling with others, as of the last listing that tells. */
  get collateral(): ReadonlyMap<ImageKey, CollateralOutcome> {
    return this.#collateral;
  }

  /** How many of those are gone. */
  get deletedAlongCount(): number {
    return this.#deletedAlongCount;
  }

  /** See {@link removedSizeBytes}. */
  get removedBytes(): number | undefined {
    return this.#removedBytes;
  }

  get(key: ImageKey): SettledEntry | undefined {
    return this.#entries.get(key);
  }

  /** Takes in what one deletion came to. An image that has left the plan does not come back. */
  add(settled: readonly SettledEntry[], collateral: ReadonlyMap<ImageKey, CollateralOutcome>): void {
    for (const each of settled) {
      this.#entries.set(each.entry.key, each);
      this.#counts[each.outcome] += 1;
    }
    collateral.forEach((outcome, key) => this.#collateral.set(key, outcome));
    this.#list = [...this.#entries.values()];
    this.#deletedAlongCount = [...this.#collateral.values()].filter((outcome) => outcome === 'gone').length;
    this.#removedBytes = removedSizeBytes({ settled: this.#list, collateral: this.#collateral });
  }
}

/** What became of images, and of those that fell with them. */
interface Settled {
  readonly settled: readonly SettledEntry[];
  readonly collateral: ReadonlyMap<ImageKey, CollateralOutcome>;
}

/**
 * Nominal size of the images that the new listing no longer has, those that fell along included, each once.
 *
 * @returns Bytes: an upper bound of what the server may free, since layers that other images share are counted in full;
 * `undefined` where nothing was removed, or the size of any of it is not known.
 */
export function removedSizeBytes({ settled, collateral }: Settled): number | undefined {
  const removed = new Map<ImageKey, Image>();
  for (const { entry, outcome } of settled) {
    const { repository, image } = entry.planned;
    const approved = entry.collateral?.collateral;
    if (outcome === 'deleted') {
      removed.set(entry.key, image);
    }
    for (const { image: other } of approved?.kind === 'known' ? approved.images : []) {
      const key = imageKey(repository, other.digest);
      if (collateral.get(key) === 'gone') {
        removed.set(key, other);
      }
    }
  }
  let bytes = 0;
  for (const { sizeBytes } of removed.values()) {
    if (sizeBytes === undefined) {
      return undefined;
    }
    bytes += sizeBytes;
  }
  return removed.size === 0 ? undefined : bytes;
}
