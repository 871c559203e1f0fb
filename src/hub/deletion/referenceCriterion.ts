import { openReferences, referencesTo, type CodeReference, type FoundReferences } from '../codeReferences';
import { referencedImage } from '../imageReferences';
import type { Inventory } from '../listing/inventory';
import type { Image } from '../model';
import { formatRepository } from '../names';

/** The references that a selection goes by. */
export type WorkspaceReferences = Pick<FoundReferences, 'named' | 'bare'>;

/**
 * Judges images by the references in the workspace. Only lines that use an image count, as in the review: documentation, the
 * settings of tools, and lines that push a tag do not.
 *
 * - `differs`: a line uses it, by its digest, by that of a part, or by a current tag.
 * - `maybeReferenced`: it has a tag, and a line uses the repository with a tag that cannot be resolved or that is only a default;
 *   or not all its parts are known, and a line uses a digest that is not listed. An untagged image cannot be meant by a tag.
 */
export function referenceJudgeOf(
  found: WorkspaceReferences,
  inventory: Inventory,
): (image: Image) => 'matches' | 'differs' | 'maybeReferenced' {
  const { repository } = inventory;
  const isTagOpen = openReferences(found, repository).some(
    ({ kind }) => kind === 'nameOnly' || kind === 'exact',
  );
  let isDigestOpen: boolean | undefined;
  return (image) => {
    const referenced = referencedImage(repository, image);
    if (referencesTo(found, referenced).some(isUse)) {
      return 'differs';
    }
    const mayHavePart = image.arePartsUnknown === true && (isDigestOpen ??= hasUnlisted(found, inventory));
    return mayHavePart || (isTagOpen && referenced.currentTags.length > 0) ? 'maybeReferenced' : 'matches';
  };
}

/** Whether a line uses a digest of the repository, or one without a repository, that no listed image or part has. */
function hasUnlisted({ named, bare }: WorkspaceReferences, { repository, images }: Inventory): boolean {
  const listed = new Set(images.flatMap((image) => referencedImage(repository, image).digests));
  const inRepository = named.get(formatRepository(repository)) ?? [];
  return [...inRepository, ...[...bare.values()].flat()].some(
    (reference) => isUse(reference) && reference.digest !== undefined && !listed.has(reference.digest),
  );
}

function isUse({ kind }: CodeReference): boolean {
  return kind === 'exact';
}
