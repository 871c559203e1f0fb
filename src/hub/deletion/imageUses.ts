import {
  type CodeReference,
  type FoundReferences,
  type ReferencedImage,
  referencesTo,
} from '../codeReferences';
import type { PlannedImage } from '../deletionRequest';
import { currentTags, type Image, partsOf } from '../model';
import type { Collateral } from './collateral';

/** A line that names an image of the plan, or one that is deleted along with it. */
export interface ImageUse {
  readonly reference: CodeReference;
  /** The image that the line names, if it is not the planned one. */
  readonly deletedAlong?: Image;
}

/** What the references to an image are determined from. */
export interface ReferencedEntry {
  readonly planned: PlannedImage;
  /** Tags that point at the image as last read; `undefined` if they were not read since it was planned. */
  readonly latestTags: readonly string[] | undefined;
  readonly collateral: { readonly collateral: Collateral } | undefined;
}

const none: readonly ImageUse[] = [];

/** What identifies the image of a plan, and what is deleted along with it, in a file. */
export function referencedEntry({ planned, latestTags, collateral }: ReferencedEntry): ReferencedImage {
  const { repository, image } = planned;
  const along = alongWith(planned, collateral?.collateral);
  return {
    repository,
    digests: [image, ...along].map(({ digest }) => digest),
    currentTags: [...(latestTags ?? currentTags(image)), ...along.flatMap(currentTags)],
  };
}

/** Whether both are the same uses, though their lines may have moved within their files. */
export function hasSameUses(a: readonly ImageUse[], b: readonly ImageUse[]): boolean {
  return a === b || (a.length === b.length && usesText(a) === usesText(b));
}

/** What identifies the uses of an image: files, what is written there, and for which image, but not the line numbers. */
export function usesText(uses: readonly ImageUse[]): string {
  return uses
    .map(({ reference: { file, repository = '', tag = '', digest = '' }, deletedAlong }) =>
      JSON.stringify([file.uri, repository, tag, digest, deletedAlong?.digest ?? '']),
    )
    .sort()
    .join('\n');
}

/**
 * Returns the lines that name an image of the plan, or one that is deleted along with it, for whatever purpose. Each once: a line may
 * name an image by its tag and by its digest, or several images of an index.
 */
export function imageUses(found: FoundReferences, entry: ReferencedEntry): readonly ImageUse[] {
  const { planned, latestTags, collateral } = entry;
  const { repository, image } = planned;
  const own = referencesTo(found, {
    repository,
    digests: [image.digest],
    currentTags: latestTags ?? currentTags(image),
  });
  const along = alongWith(planned, collateral?.collateral);
  if (own.length + along.length === 0) {
    return none;
  }
  const lines = new Map<CodeReference, ImageUse>(own.map((reference) => [reference, { reference }]));
  for (const deletedAlong of along) {
    const references = referencesTo(found, {
      repository,
      digests: [deletedAlong.digest],
      currentTags: currentTags(deletedAlong),
    });
    for (const reference of references) {
      if (!lines.has(reference)) {
        lines.set(reference, { reference, deletedAlong });
      }
    }
  }
  return lines.size === 0 ? none : [...lines.values()];
}

/** If it is not known what is deleted along, it is at least what belonged to the image when the plan was made. */
function alongWith({ image }: PlannedImage, collateral: Collateral | undefined): readonly Image[] {
  switch (collateral?.kind) {
    case undefined:
      return [];
    case 'known':
      return collateral.images.map((one) => one.image);
    case 'unknown':
      return partsOf(image);
  }
}
