import type { PlannedImage } from '../deletionRequest';
import { currentTags } from '../model';
import { formatRepository, type RepositoryRef } from '../names';

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

/** Images of a single repository, for one request. */
export type Batch = readonly [PlannedImage, ...PlannedImage[]];

/**
 * The images in groups that one request each can carry: a single repository and at most `batchSize` images.
 *
 * @param isTagged Whether a current tag points at the image, as far as is known by now.
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
 * Deleting a tagged image takes untagged images that formerly held its tags along. If those stood in a later
 * request of the same plan, that request would be refused as a whole for images that are already gone.
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
