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
    return undefined; // deleted by somebody else, which the answer to the request will show
  }
  // Those of the request may be gone by now, but they are no reason to keep the image.
  const findings = findingsOf(request, survey, { mayDelete: true }, [digest]);
  const [blocker] = findings.blockers;
  if (blocker !== undefined) {
    return { cause: blocker.error === 'child_manifest' ? 'stillReferenced' : 'changed' };
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
  const along = request.collateral.get(of) ?? [];
  const tag = addedTag(approved, now);
  return tag === undefined
    ? partsObjection(now, along === 'unknown' ? [] : along, request, survey)
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
  { digests, planned = new Set(digests) }: ApprovedRequest,
  survey: Survey,
): Omit<ImageRefusal, 'removedTags'> | undefined {
  const known = new Map(approved.map((each) => [each.digest, each]));
  for (const part of partsOf(image)) {
    const before = known.get(part.digest);
    const isPlanned = planned.has(part.digest);
    if (before === undefined && !isPlanned && isDeletedAlong(part, planned, survey)) {
      return { cause: 'changed', ...firstTag(part) };
    }
    const added = before === undefined ? undefined : addedTag(before, part);
    if (added !== undefined) {
      return { cause: 'changed', tag: added };
    }
  }
  return undefined;
}

function isDeletedAlong(part: Image, planned: ReadonlySet<Digest>, survey: Survey): boolean {
  if (part.role === 'signature') {
    return true;
  }
  const isTagged = survey.tagsOf(part.digest).length > 0;
  return !isTagged && survey.parentsOf(part.digest).every((parent) => planned.has(parent));
}

function addedTag(before: Image, { tags }: Image): string | undefined {
  const known = new Set(currentTags(before));
  return tags.find(({ name }) => !known.has(name))?.name;
}

function firstTag({ tags: [tag] }: Image): Pick<ImageRefusal, 'tag'> {
  return tag === undefined ? {} : { tag: tag.name };
}
