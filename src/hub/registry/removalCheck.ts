import type { ImageRefusal } from '../deletionAnswer';
import type { ApprovedRequest } from '../deletionRequest';
import type { Digest } from '../digest';
import { currentTags, type Image, partsOf } from '../model';
import { findingsOf, withoutAccepted } from './requestFindings';
import type { Survey } from './survey';

/**
 * Compares an image right before its deletion with what was approved.
 *
 * @param survey What is known now.
 * @returns Why it must not be deleted; `undefined` if nothing has changed.
 */
export function objectionTo(
  digest: Digest,
  request: ApprovedRequest,
  survey: Survey,
): Omit<ImageRefusal, 'removedTags'> | undefined {
  if (!survey.has(digest)) {
    // Deleted by somebody else, which the answer to the request will show; or its entry cannot be read.
    return survey.mayLackAny ? { cause: 'changed' } : undefined;
  }
  // Those of the request may be gone by now, but they are no reason to keep the image.
  const findings = findingsOf(request, survey, { mayDelete: true }, [digest]);
  const [blocker] = findings.blockers;
  if (blocker !== undefined) {
    return { cause: blocker.error === 'child_manifest' ? 'nowReferenced' : 'changed' };
  }
  const accepted = new Set(
    request.ignoredWarnings.flatMap((each) => (each.digest === digest ? (each.tags ?? []) : [])),
  );
  for (const { warning, tags = [] } of withoutAccepted(findings.warnings, request.ignoredWarnings)) {
    const tag = tags.find((name) => !accepted.has(name));
    if (warning !== 'current_tag' || tag !== undefined) {
      return { cause: 'changed', ...(tag !== undefined && { tag }) };
    }
  }
  // A tag that no longer exists needs no approval.
  const moved = [...accepted].find(
    (tag) => survey.claims.hasTag(tag) && !survey.tagsOf(digest).includes(tag),
  );
  if (moved !== undefined) {
    return { cause: 'tagMoved', tag: moved };
  }
  return collateralObjection(digest, request, survey);
}

/**
 * Compares an attachment right before its deletion, which follows that of its image, with what was approved.
 *
 * @param of The image of the request that it is deleted along with.
 * @param survey What is known now.
 * @returns Why it must not be deleted; `undefined` if nothing has changed.
 */
export function objectionToAttachment(
  digest: Digest,
  of: Digest,
  request: ApprovedRequest,
  survey: Survey,
): Omit<ImageRefusal, 'removedTags'> | undefined {
  const approved = request.attachments.find((attachment) => attachment.digest === digest);
  const now = survey.image(digest, request.activeFrom);
  if (approved === undefined || now === undefined) {
    return undefined;
  }
  const tag = addedTag(approved, now);
  return tag === undefined
    ? partsObjection(now, approvedAlong(of, request), request, survey)
    : { cause: 'changed', tag };
}

/** Everything that would be deleted along with the image must have been approved, with its tags. */
function collateralObjection(
  digest: Digest,
  request: ApprovedRequest,
  survey: Survey,
): Omit<ImageRefusal, 'removedTags'> | undefined {
  const approved = request.collateral.get(digest) ?? [];
  const image = survey.image(digest, request.activeFrom);
  if (approved === 'unknown' || image === undefined) {
    return undefined;
  }
  return image.arePartsUnknown === true
    ? { cause: 'changed' }
    : partsObjection(image, approved, request, survey);
}

function partsObjection(
  image: Image,
  approved: readonly Image[],
  request: ApprovedRequest,
  survey: Survey,
): Omit<ImageRefusal, 'removedTags'> | undefined {
  const known = new Map(approved.map((each) => [each.digest, each]));
  const deleted = deletedWith(image.digest, approved, request);
  for (const part of partsOf(image)) {
    const before = known.get(part.digest);
    if (!deleted.has(part.digest) && isDeletedAlong(part, deleted, survey)) {
      return { cause: 'changed', ...firstTag(part) };
    }
    const added = before === undefined ? undefined : addedTag(before, part);
    if (added !== undefined) {
      return { cause: 'changed', tag: added };
    }
  }
  return undefined;
}

/**
 * Finds the parts that stay only because they have tags: without these they would be deleted along with the image. A tag that
 * somebody deletes is in no list of the newest tags.
 *
 * @param of The image of the request that it is, or that it is attached to.
 * @returns The tags of each.
 */
export function partsKeptByTags(
  digest: Digest,
  of: Digest,
  request: ApprovedRequest,
  survey: Survey,
): ReadonlyMap<Digest, readonly string[]> {
  const image = survey.image(digest, request.activeFrom);
  const deleted = deletedWith(digest, approvedAlong(of, request), request);
  const kept = (image === undefined ? [] : partsOf(image)).filter(
    (part) =>
      part.role !== 'signature' &&
      !deleted.has(part.digest) &&
      survey.tagsOf(part.digest).length > 0 &&
      isWithoutParent(part, deleted, survey),
  );
  return new Map(kept.map((part) => [part.digest, survey.tagsOf(part.digest)]));
}

function approvedAlong(of: Digest, { collateral }: ApprovedRequest): readonly Image[] {
  const along = collateral.get(of) ?? [];
  return along === 'unknown' ? [] : along;
}

/** Everything that was approved to be deleted by then: the plan, the image, and what is deleted along with it. */
function deletedWith(
  digest: Digest,
  along: readonly Image[],
  { digests, planned = new Set(digests) }: ApprovedRequest,
): ReadonlySet<Digest> {
  return new Set([digest, ...planned, ...along.map((image) => image.digest)]);
}

function isDeletedAlong(part: Image, deleted: ReadonlySet<Digest>, survey: Survey): boolean {
  if (part.role === 'signature') {
    return true;
  }
  return survey.tagsOf(part.digest).length === 0 && isWithoutParent(part, deleted, survey);
}

/** Whether nothing that contains it stays. */
function isWithoutParent({ digest }: Image, deleted: ReadonlySet<Digest>, survey: Survey): boolean {
  return survey.parentsOf(digest).every((parent) => deleted.has(parent));
}

function addedTag(before: Image, { tags }: Image): string | undefined {
  const known = new Set(currentTags(before));
  return tags.find(({ name }) => !known.has(name))?.name;
}

function firstTag({ tags: [tag] }: Image): Pick<ImageRefusal, 'tag'> {
  return tag === undefined ? {} : { tag: tag.name };
}
