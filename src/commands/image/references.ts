import type { PlannedImage } from '../../hub/deletionRequest';
import { currentTags, type Image } from '../../hub/model';
import { formatRepository, isTagName, type RepositoryRef } from '../../hub/names';
import type { Services, Target } from '../../interaction/services';
import { askForImages } from '../../interaction/subjects';
import { type Node, repositoryOf } from '../../providers/nodes';

/**
 * Returns references for the Docker CLI. An image is named by its first current tag, such as `acme/api:latest`, or by its
 * digest if it has none: a historical tag may point at another image. References are pasted into shells, so a tag that is
 * not a valid tag name is ignored.
 */
export async function referencesFrom(
  services: Services,
  target: Target,
  question: string,
): Promise<readonly string[]> {
  return target.kind === 'rows'
    ? target.rows.flatMap(rowReference)
    : (await askForImages(services, question)).map(imageReference);
}

function rowReference(row: Node): readonly string[] {
  switch (row.kind) {
    case 'repository':
      return [formatRepository(row.repository)];
    case 'image':
    case 'part': {
      const repository = repositoryOf(row);
      return repository === undefined ? [] : [imageReference({ repository, image: row.image })];
    }
    case 'tag':
      // a historical tag may refer to another image
      return row.tag.isCurrent
        ? [reference(row.parent.parent.repository, row.parent.image, row.tag.name)]
        : [];
    case 'account':
    case 'namespace':
    case 'group':
    case 'message':
    case 'loadMore':
      return [];
  }
}

/** Names an image by its first current tag that is valid, or by its digest. */
export function imageReference({ repository, image }: PlannedImage): string {
  return reference(repository, image, currentTags(image).find(isTagName));
}

function reference(repository: RepositoryRef, { digest }: Image, tag: string | undefined): string {
  const name = formatRepository(repository);
  return tag !== undefined && isTagName(tag) ? `${name}:${tag}` : `${name}@${digest}`;
}
