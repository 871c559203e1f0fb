import type { DeletionRequest } from '../deletionRequest';
import type { Digest } from '../digest';
import { type Blocker, type BlockerKind, type DeletionWarning, isSameWarning } from '../findings';
import { currentTags } from '../model';
import type { Survey } from './survey';

/** All objections to a deletion. */
export interface Findings {
  readonly blockers: readonly Blocker[];
  readonly warnings: readonly DeletionWarning[];
}

/** What the objections to a deletion depend on, besides the survey. */
export interface FindingsContext {
  /** Whether the registry grants deletion to the account. */
  readonly mayDelete: boolean;
  /** Whether it is the token that lacks the permission, and not the account. */
  readonly isTokenLacking?: boolean;
  /** Whether it cannot be said of the image that it is attached to no image that stays. */
  readonly mayBeAttachment?: (digest: Digest) => boolean;
}

/**
 * Finds every objection to a deletion, with the same kinds as the dry run of the image-management API where it has
 * them. An image with a blocker has no warnings. An image that belongs to one that is not in the request gets a blocker.
 *
 * @param checked The images of the request whose objections are wanted; by default all of them.
 */
export function findingsOf(
  { repository, activeFrom, digests }: DeletionRequest,
  survey: Survey,
  context: FindingsContext,
  checked = digests,
): Findings {
  const blockers: Blocker[] = [];
  const warnings: DeletionWarning[] = [];
  const planned = new Set(digests);
  for (const digest of checked) {
    const of = { repository: repository.name, digest };
    const error = blockerOf(digest, survey, planned, context);
    const image = survey.image(digest, activeFrom);
    if (error !== undefined || image === undefined) {
      blockers.push({
        ...of,
        error: error ?? 'not_found',
        ...(error === 'unauthorized' && context.isTokenLacking === true && { isTokenLacking: true }),
      });
      continue;
    }
    const tags = currentTags(image);
    warnings.push(
      ...(image.status === 'active' ? [{ ...of, warning: 'is_active' } as const] : []),
      ...(tags.length > 0 ? [{ ...of, warning: 'current_tag', tags } as const] : []),
    );
  }
  return { blockers, warnings };
}

function blockerOf(
  digest: Digest,
  survey: Survey,
  planned: ReadonlySet<Digest>,
  { mayDelete, mayBeAttachment = () => false }: FindingsContext,
): BlockerKind | undefined {
  if (!mayDelete) {
    return 'unauthorized';
  }
  if (!survey.has(digest)) {
    return survey.mayLackAny ? 'unreadable' : 'not_found';
  }
  if (survey.parentsOf(digest).some((parent) => !planned.has(parent))) {
    return 'child_manifest';
  }
  return survey.doubtAbout(digest) ?? (mayBeAttachment(digest) ? 'undetermined' : undefined);
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
