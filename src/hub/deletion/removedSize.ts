import { imageKey, type ImageKey } from '../deletionRequest';
import type { Image } from '../model';
import type { CollateralOutcome } from './outcome';
import type { SettledEntry } from './settlement';

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
    const fallen = entry.collateral?.collateral;
    if (outcome === 'deleted') {
      removed.set(entry.key, image);
    }
    for (const { image: other } of fallen?.kind === 'known' ? fallen.images : []) {
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
