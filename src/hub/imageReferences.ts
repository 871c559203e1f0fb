import {
  type CodeReference,
  type FoundReferences,
  openReferences,
  type ReferencedImage,
  referencesTo,
} from './codeReferences';
import { currentTags, type Image, partsOf } from './model';
import { formatRepository, type RepositoryRef } from './names';

/** What identifies the image in a file: its digest, those of its parts, and its current tags. */
export function referencedImage(repository: RepositoryRef, image: Image): ReferencedImage {
  const digests = [image.digest, ...partsOf(image).map(({ digest }) => digest)];
  return { repository, digests, currentTags: currentTags(image) };
}

/** The lines about one image or several. */
export interface ImageReferences {
  /** Those that use one of the images. */
  readonly uses: readonly CodeReference[];
  /** All others: what may mean one of them, pushes it, or only speaks of it. */
  readonly others: readonly CodeReference[];
}

/** Sorts out what was found about the images; each reference once, in the order of file, line and column. */
export function imageReferences(
  found: Pick<FoundReferences, 'named' | 'bare'>,
  images: readonly ReferencedImage[],
): ImageReferences {
  const meant = images.flatMap((image) => referencesTo(found, image));
  const uses = new Set(meant.filter(({ kind }) => kind === 'exact'));
  const others = new Set([
    ...meant.filter(({ kind }) => kind !== 'exact'),
    ...repositoriesOf(images)
      .flatMap((repository) => openReferences(found, repository))
      .filter((one) => !uses.has(one)),
  ]);
  return { uses: [...uses].sort(byPlace), others: [...others].sort(byPlace) };
}

/** Each once: there may be thousands of images of one repository. */
export function repositoriesOf(images: readonly ReferencedImage[]): readonly RepositoryRef[] {
  return [...new Map(images.map(({ repository }) => [formatRepository(repository), repository])).values()];
}

/** All of them, in the order of file, line and column. */
export function everyReference({ uses, others }: ImageReferences): readonly CodeReference[] {
  return others.length === 0 ? uses : [...uses, ...others].sort(byPlace);
}

/** Numbers of lines and files, in which several references may be. */
export function placesOf(references: readonly CodeReference[]): {
  readonly lines: number;
  readonly files: number;
} {
  return {
    lines: new Set(references.map(({ file, line }) => `${line} ${file.uri}`)).size,
    files: new Set(references.map(({ file }) => file.uri)).size,
  };
}

function byPlace(a: CodeReference, b: CodeReference): number {
  return (
    byText(a.file.path, b.file.path) ||
    byText(a.file.uri, b.file.uri) ||
    a.line - b.line ||
    a.column - b.column
  );
}

/** Not by the language of the editor, so that it is the same everywhere. */
function byText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
