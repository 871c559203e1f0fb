import type { ImageRefusal } from '../deletionAnswer';
import type { ReviewedRequest } from '../deletionRequest';
import type { Digest } from '../digest';
import { currentTags, historicalTags, type Image } from '../model';
import { isSameInstant } from './newestImages';

/** Why an image must not be deleted. */
export type Objection = Omit<ImageRefusal, 'removedTags'>;

/**
 * Compares the images of a request, and what was approved to be deleted along with them, with the newest images of the
 * repository. What is not among the newest images has not changed.
 *
 * @returns The images that must not be deleted, and why; empty if nothing has changed that concerns the request.
 */
export function objectionsTo(
  request: ReviewedRequest,
  newest: readonly Image[],
): ReadonlyMap<Digest, Objection> {
  const found = new Map<Digest, Objection>();
  for (const digest of request.digests) {
    const approval = approvalOf(digest, request);
    const objection =
      movedTag(approval, newest) ??
      ownChange(approval, newest) ??
      collateralChange(approval, request, newest);
    if (objection !== undefined) {
      found.set(digest, objection);
    }
  }
  return found;
}

/** What was approved for one image. */
interface Approval {
  readonly digest: Digest;
  /** The image as the last check has listed it. */
  readonly listed: Image | undefined;
  /** Its tags by the last dry run or the last list, which are read at different times. */
  readonly tags: ReadonlySet<string>;
  readonly isActive: boolean;
}

function approvalOf(digest: Digest, { ignoredWarnings, listed: images }: ReviewedRequest): Approval {
  const listed = images?.get(digest);
  const warnings = ignoredWarnings.filter((each) => each.digest === digest);
  const tags = warnings.flatMap((each) => each.tags ?? []);
  return {
    digest,
    listed,
    tags: new Set(listed === undefined ? tags : [...tags, ...currentTags(listed)]),
    isActive: listed?.status === 'active' || warnings.some(({ warning }) => warning === 'is_active'),
  };
}

function movedTag({ digest, tags }: Approval, newest: readonly Image[]): Objection | undefined {
  for (const image of newest) {
    const tag = image.digest === digest ? undefined : currentTags(image).find((name) => tags.has(name));
    if (tag !== undefined) {
      return { cause: 'tagMoved', tag };
    }
  }
  return undefined;
}

function ownChange(approval: Approval, newest: readonly Image[]): Objection | undefined {
  const { digest, listed, tags, isActive } = approval;
  const image = newest.find((each) => each.digest === digest);
  if (image === undefined) {
    return undefined;
  }
  const now = currentTags(image);
  const added = tags.size === 0 ? undefined : now.find((name) => !tags.has(name));
  if (added !== undefined) {
    return { cause: 'changed', tag: added };
  }
  const isTagGone = listed !== undefined && currentTags(listed).some((name) => !now.includes(name));
  const isPushed = listed !== undefined && !isSameInstant(listed.lastPushed, image.lastPushed);
  const hasBecomeActive = image.status === 'active' && !isActive;
  return isTagGone || isPushed || hasBecomeActive ? { cause: 'changed' } : undefined;
}

/** Deleting the tags of an image also deletes the untagged images that used to have one of them. */
function collateralChange(
  { digest, tags }: Approval,
  { collateral, digests, planned = new Set(digests) }: ReviewedRequest,
  newest: readonly Image[],
): Objection | undefined {
  const approved = collateral.get(digest) ?? [];
  if (approved === 'unknown') {
    return undefined;
  }
  const known = new Map(approved.map((image) => [image.digest, image]));
  for (const image of newest) {
    const before = known.get(image.digest);
    const [tag] = currentTags(image);
    const isChanged =
      before === undefined
        ? !planned.has(image.digest) &&
          tag === undefined &&
          historicalTags(image).some((name) => tags.has(name))
        : tag !== undefined ||
          !isSameInstant(before.lastPushed, image.lastPushed) ||
          (image.status === 'active' && before.status !== 'active');
    if (isChanged) {
      return { cause: 'changed', ...(tag !== undefined && { tag }) };
    }
  }
  return undefined;
}
