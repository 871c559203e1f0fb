import type { Digest } from '../digest';
import type { PlannedImage } from '../deletionRequest';
import { currentTags } from '../model';
import { formatRepository, type RepositoryRef } from '../names';

/** Groups images by repository, in order of first appearance. */
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

/** Returns the repositories of the images, each once, in order of first appearance. */
export function repositoriesOf(images: readonly PlannedImage[]): readonly RepositoryRef[] {
  return byRepository(images).flatMap(([first]) => first?.repository ?? []);
}

/** Returns a function that returns the digests of all these images in a repository. */
export function plannedDigests(
  images: readonly PlannedImage[],
): (repository: RepositoryRef) => ReadonlySet<Digest> {
  const digests = new Map<string, Set<Digest>>();
  for (const group of byRepository(images)) {
    for (const { repository, image } of group) {
      const name = formatRepository(repository);
      digests.set(name, (digests.get(name) ?? new Set()).add(image.digest));
    }
  }
  return (repository) => digests.get(formatRepository(repository)) ?? new Set();
}

/**
 * The number of images in one request that deletes. Where several are deleted at a time, it is a multiple of that number,
 * because the last ones of a request would otherwise take as long as if they were more.
 *
 * @param batchSize Maximum number of images in a request.
 * @param imagesAtOnce Number of images that are deleted at a time, if they are not all deleted together.
 */
export function requestSize(batchSize: number, imagesAtOnce = 1): number {
  return batchSize < imagesAtOnce ? batchSize : batchSize - (batchSize % imagesAtOnce);
}

/** Images of a single repository that fit into one request; never empty. */
export type Batch = readonly [PlannedImage, ...PlannedImage[]];

/**
 * Splits images into batches of one repository each. Within a repository, untagged images come first.
 *
 * @param batchSize Maximum number of images in a batch.
 * @param isTagged Whether a current tag points at the image; by default according to the listing in the plan.
 */
export function batchesOf(
  images: readonly PlannedImage[],
  batchSize: number,
  isTagged: (planned: PlannedImage) => boolean = wasTagged,
): readonly Batch[] {
  const batches: Batch[] = [];
  for (const group of byRepository(images)) {
    const ordered = untaggedFirst(group, isTagged);
    for (let start = 0; start < ordered.length; start += batchSize) {
      const [first, ...others] = ordered.slice(start, start + batchSize);
      if (first !== undefined) {
        batches.push([first, ...others]);
      }
    }
  }
  return batches;
}

/**
 * Deleting a tagged image also deletes untagged images that used to have its tags. If a later request of the same plan
 * contained them, the server would refuse that whole request because of images that no longer exist.
 */
function untaggedFirst(
  images: readonly PlannedImage[],
  isTagged: (planned: PlannedImage) => boolean,
): readonly PlannedImage[] {
  return [...images.filter((planned) => !isTagged(planned)), ...images.filter(isTagged)];
}

function wasTagged({ image }: PlannedImage): boolean {
  return currentTags(image).length > 0;
}
