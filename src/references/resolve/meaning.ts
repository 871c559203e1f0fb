import type { ImageName } from '../imageReference';
import type { FileReference, Interest } from '../reference';
import type { Usage } from './structure';

/** What a reference says, without where it stands. */
export type Meaning = Pick<FileReference, 'kind' | 'repository' | 'tag' | 'digest' | 'isDefault'>;

/** Says what a text means that names the image; `undefined` if it is no reference that is looked for. */
export function meaningOf(
  image: ImageName,
  usage: Usage,
  isDefault: boolean,
  { hasNamespace }: Interest,
): Meaning | undefined {
  const { registry, repository, digest } = image;
  const [namespace = ''] = repository.split('/');
  if (registry === 'other' || !hasNamespace(namespace)) return undefined;
  // a digest identifies the image wherever it comes from
  const isOpen = digest === undefined && (image.isOpen || registry === 'unknown');
  const tag = isOpen ? undefined : image.tag;
  const own = { repository, tag, digest, ...(isDefault ? { isDefault: true as const } : {}) };
  switch (usage) {
    case 'none':
      return undefined;
    case 'documentation':
    case 'tooling':
      return { ...own, kind: usage };
    case 'producedName':
      return { ...own, kind: 'produced', tag: image.tag };
    case 'produced':
      return { ...own, kind: 'produced', tag: isOpen ? undefined : orLatest(image) };
    case 'use':
      return isOpen ? { ...own, kind: 'nameOnly' } : { ...own, kind: 'exact', tag: orLatest(image) };
    case 'tagged':
      return tag === undefined && digest === undefined ? undefined : { ...own, kind: 'exact' };
    case 'named':
    case 'text':
      return { ...own, kind: tag === undefined && digest === undefined ? 'nameOnly' : 'exact' };
  }
}

function orLatest({ tag, digest }: ImageName): string | undefined {
  return tag ?? (digest === undefined ? 'latest' : undefined);
}
