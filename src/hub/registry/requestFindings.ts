import type { DeletionRequest } from '../deletionRequest';
import type { Digest } from '../digest';
import { type Blocker, type DeletionWarning, isSameWarning } from '../findings';
import { currentTags } from '../model';
import type { Survey } from './survey';

/** All objections to a deletion. */
export interface Findings {
  readonly blockers: readonly Blocker[];
  readonly warnings: readonly DeletionWarning[];
}

/**
 * Finds every objection to a deletion, with the same kinds as the dry run of the image-management API. An image with a
 * blocker has no warnings.
 *
 * An image that belongs to an index that is not in the request gets a blocker. If such an index could not be read,
 * every image gets one, because any image may belong to it.
 *
 * @param mayDelete Whether the registry grants deletion to the account.
 */
export function findingsOf(
  { repository, activeFrom, digests }: DeletionRequest,
  survey: Survey,
  mayDelete: boolean,
): Findings {
  const blockers: Blocker[] = [];
  const warnings: DeletionWarning[] = [];
  const planned = new Set(digests);
  for (const digest of digests) {
    const of = { repository: repository.name, digest };
    const image = survey.image(digest, activeFrom);
    if (!mayDelete) {
      blockers.push({ ...of, error: 'unauthorized' });
    } else if (image === undefined) {
      blockers.push({ ...of, error: 'not_found' });
    } else if (isNeeded(digest, survey, planned)) {
      blockers.push({ ...of, error: 'child_manifest' });
    } else {
      const tags = currentTags(image);
      warnings.push(
        ...(image.status === 'active' ? [{ ...of, warning: 'is_active' } as const] : []),
        ...(tags.length > 0 ? [{ ...of, warning: 'current_tag', tags } as const] : []),
      );
    }
  }
  return { blockers, warnings };
}

/** The warnings that have not been accepted. */
export function withoutAccepted(
  warnings: readonly DeletionWarning[],
  accepted: readonly DeletionWarning[],
): readonly DeletionWarning[] {
  const byDigest = new Map<Digest, DeletionWarning[]>();
  for (const warning of accepted) {
    byDigest.set(warning.digest, [...(byDigest.get(warning.digest) ?? []), warning]);
  }
  return warnings.filter(
    (warning) => byDigest.get(warning.digest)?.some((known) => isSameWarning(known, warning)) !== true,
  );
}

function isNeeded(digest: Digest, survey: Survey, planned: ReadonlySet<Digest>): boolean {
  return (
    survey.hasUnreadIndexBesides(planned) || survey.parentsOf(digest).some((parent) => !planned.has(parent))
  );
}
