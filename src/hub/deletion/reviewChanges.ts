import type { ImageKey } from '../deletionRequest';
import { isSameWarning } from '../findings';
import { isSameCollateral } from './collateral';
import { hasSameUses } from './imageUses';
import type { ReviewEntry } from './reviewEntry';

/**
 * What has changed about an image since the person last saw it:
 *
 * - `blocked`: it no longer exists, or may not be deleted any more
 * - `pulled`: it has become active
 * - `tagged`: its tags have changed
 * - `cleared`: something that had to be accepted no longer applies
 * - `collateral`: other images are deleted along with it than before
 * - `referenced`: other lines of the workspace use it than before
 */
export type ChangeKind = 'blocked' | 'pulled' | 'tagged' | 'cleared' | 'collateral' | 'referenced';

/** One difference of one image. */
export interface ReviewChange {
  readonly key: ImageKey;
  readonly kind: ChangeKind;
}

/**
 * Compares two checks of the same images.
 *
 * @returns At most one change of each kind for an image, in the order of `after`.
 */
export function changesBetween(
  before: readonly ReviewEntry[],
  after: readonly ReviewEntry[],
): readonly ReviewChange[] {
  const known = new Map(before.map((entry) => [entry.key, entry]));
  return after.flatMap((entry) => {
    const earlier = known.get(entry.key);
    return earlier === undefined ? [] : changeKinds(earlier, entry).map((kind) => ({ key: entry.key, kind }));
  });
}

function changeKinds(before: ReviewEntry, after: ReviewEntry): readonly ChangeKind[] {
  if (after.blockers.length > 0) {
    return before.blockers.length > 0 ? [] : ['blocked'];
  }
  const added = missingFrom(before, after);
  const gone = missingFrom(after, before);
  const kinds: ChangeKind[] = [];
  if (added.some(({ warning }) => warning.warning === 'is_active')) {
    kinds.push('pulled');
  }
  if (added.some(({ warning }) => warning.warning === 'current_tag')) {
    kinds.push('tagged');
  }
  if (gone.length > 0 && kinds.length === 0) {
    kinds.push('cleared');
  }
  if (!hasSameCollateral(before, after)) {
    kinds.push('collateral');
  }
  if (!hasSameUses(before.referenced?.uses ?? [], after.referenced?.uses ?? [])) {
    kinds.push('referenced');
  }
  return kinds;
}

/** Returns the warnings of the second entry that the first one does not have. */
function missingFrom(first: ReviewEntry, second: ReviewEntry): ReviewEntry['warnings'] {
  return second.warnings.filter(
    ({ warning }) => !first.warnings.some((known) => isSameWarning(known.warning, warning)),
  );
}

function hasSameCollateral({ collateral: a }: ReviewEntry, { collateral: b }: ReviewEntry): boolean {
  return a === undefined || b === undefined ? a === b : isSameCollateral(a.collateral, b.collateral);
}
