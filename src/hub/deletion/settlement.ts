import { imageKey, type ImageKey } from '../deletionRequest';
import type { Image } from '../model';
import { Attempts } from './attempts';
import type { CollateralOutcome, ImageOutcome } from './outcome';
import type { ReviewEntry } from './reviewEntry';

/** An image that has left the plan with an outcome. */
export interface SettledEntry {
  readonly entry: ReviewEntry;
  readonly outcome: ImageOutcome;
}

/** Outcomes of planned images and of collateral, over all deletions of one flow. */
export class Settlement {
  /** Images whose outcome may still become known. */
  readonly attempts = new Attempts();
  readonly #entries = new Map<ImageKey, SettledEntry>();
  readonly #collateral = new Map<ImageKey, CollateralOutcome>();
  readonly #counts = { deleted: 0, alreadyGone: 0, refused: 0, failed: 0, unconfirmed: 0, notSent: 0 };
  #list: readonly SettledEntry[] = [];
  #changes = 0;
  #deletedAlongCount = 0;
  #removedBytes: number | undefined;

  /** Images that have left the plan with an outcome, in the order in which they got it. */
  get entries(): readonly SettledEntry[] {
    return this.#list;
  }

  /** Number of {@link entries} with each outcome. */
  get counts(): Readonly<Record<ImageOutcome, number>> {
    return this.#counts;
  }

  /** Increases whenever outcomes are added or change. */
  get changes(): number {
    return this.#changes;
  }

  /** Outcomes of accepted collateral, according to the last listing. */
  get collateral(): ReadonlyMap<ImageKey, CollateralOutcome> {
    return this.#collateral;
  }

  /** Number of collateral images that no longer exist. */
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

  /**
   * Adds the outcomes of one deletion, or replaces those of images that it has already. An image that has left the plan
   * never returns to it.
   */
  add(settled: readonly SettledEntry[], collateral: ReadonlyMap<ImageKey, CollateralOutcome>): void {
    for (const each of settled) {
      const before = this.#entries.get(each.entry.key);
      if (before !== undefined) {
        this.#counts[before.outcome] -= 1;
      }
      this.#entries.set(each.entry.key, each);
      this.#counts[each.outcome] += 1;
    }
    collateral.forEach((outcome, key) => this.#collateral.set(key, outcome));
    this.#changes += 1;
    this.#list = [...this.#entries.values()];
    this.#deletedAlongCount = [...this.#collateral.values()].filter((outcome) => outcome === 'gone').length;
    this.#removedBytes = removedSizeBytes({ settled: this.#list, collateral: this.#collateral });
  }
}

/** Outcomes of planned images and of collateral. */
interface Settled {
  readonly settled: readonly SettledEntry[];
  readonly collateral: ReadonlyMap<ImageKey, CollateralOutcome>;
}

/**
 * Adds up the nominal size of the deleted images, collateral included, each once.
 *
 * @returns Bytes. This is an upper bound of what the server frees, because layers that are shared with other images are
 * counted in full. `undefined` if nothing was deleted or any size is not known.
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
