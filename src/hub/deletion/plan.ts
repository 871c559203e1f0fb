import type { Digest } from '../digest';
import { currentTags, type Image } from '../model';
import { formatRepository, type RepositoryRef } from '../names';

/** `namespace/name@digest`: one image among several repositories. */
export type ImageKey = `${string}/${string}@${string}`;

export function imageKey(repository: RepositoryRef, digest: Digest): ImageKey {
  return `${repository.namespace}/${repository.name}@${digest}`;
}

/** An image that is to go, as it was when the plan was made. */
export interface PlannedImage {
  readonly repository: RepositoryRef;
  readonly image: Image;
}

/** What is to be deleted, and the instant that decides what counts as active in all of its requests. */
export interface DeletionPlan {
  /** Origin of the server the images were listed on; the plan is for no other. */
  readonly origin: string;
  /** The server's default moves with the clock, so listing, dry run and deletion all send this one. */
  readonly activeFrom: Date;
  /** Each image once. */
  readonly images: readonly PlannedImage[];
}

/** One `delete-images` call: images of a single repository, no more than the server takes at once. */
export interface DeletionRequest {
  readonly repository: RepositoryRef;
  readonly activeFrom: Date;
  readonly digests: readonly Digest[];
}

/** @throws {RangeError} There is no image to delete. */
export function planDeletion(origin: string, activeFrom: Date, images: Iterable<PlannedImage>): DeletionPlan {
  const unique = new Map<ImageKey, PlannedImage>();
  for (const planned of images) {
    unique.set(imageKey(planned.repository, planned.image.digest), planned);
  }
  if (unique.size === 0) {
    throw new RangeError('a plan needs at least one image');
  }
  return { origin, activeFrom, images: [...unique.values()] };
}

/** The images by repository, in order of first appearance. */
function byRepository(images: readonly PlannedImage[]): readonly (readonly PlannedImage[])[] {
  const groups = new Map<string, PlannedImage[]>();
  for (const planned of images) {
    const name = formatRepository(planned.repository);
    const group = groups.get(name);
    if (group === undefined) {
      groups.set(name, [planned]);
    } else {
      group.push(planned);
    }
  }
  return [...groups.values()];
}

/** The repositories of the images, each once, in order of first appearance. */
export function repositoriesOf(images: readonly PlannedImage[]): readonly RepositoryRef[] {
  return byRepository(images).flatMap(([first]) => first?.repository ?? []);
}

/** The images in groups that one request each can carry: a single repository and at most `batchSize` images. */
export function batchesOf(
  images: readonly PlannedImage[],
  batchSize: number,
): readonly (readonly PlannedImage[])[] {
  const batches: (readonly PlannedImage[])[] = [];
  for (const group of byRepository(images)) {
    const ordered = untaggedFirst(group);
    for (let start = 0; start < ordered.length; start += batchSize) {
      batches.push(ordered.slice(start, start + batchSize));
    }
  }
  return batches;
}

/**
 * Deleting a tagged image takes untagged images that formerly held its tags along. If those stood in a later
 * request of the same plan, that request would be refused as a whole for images that are already gone.
 */
function untaggedFirst(images: readonly PlannedImage[]): readonly PlannedImage[] {
  const isTagged = ({ image }: PlannedImage) => currentTags(image).length > 0;
  return [...images.filter((planned) => !isTagged(planned)), ...images.filter(isTagged)];
}
