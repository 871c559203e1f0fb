import type { PlannedImage } from '../../hub/deletionRequest';
import { currentTags, type Image } from '../../hub/model';
import { formatRepository, isTagName, type RepositoryRef } from '../../hub/names';
import type { Services, Target } from '../../interaction/services';
import { imagesFrom } from '../../interaction/subjects';
import { type Node, repositoryOf } from '../../providers/nodes';

/**
 * References as the Docker CLI takes them. An image is named by its first current tag, `acme/api:latest`, or by its
 * digest where it has none; a tag that moved on is not a way to its image. References are pasted into shells, so one that
 * no client takes for a tag is none here.
 */
export async function referencesFrom(
  services: Services,
  target: Target,
  question: string,
): Promise<readonly string[]> {
  return target.kind === 'rows'
    ? target.rows.flatMap(rowReference)
    : (await imagesFrom(services, target, question)).map(imageReference);
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
      // a tag that moved on is a reference to another image
      return row.tag.isCurrent
        ? [reference(row.parent.parent.repository, row.parent.image, row.tag.name)]
        : [];
    case 'account':
    case 'namespace':
    case 'message':
    case 'loadMore':
      return [];
  }
}

export function imageReference({ repository, image }: PlannedImage): string {
  return reference(repository, image, currentTags(image).find(isTagName));
}

function reference(repository: RepositoryRef, { digest }: Image, tag: string | undefined): string {
  const name = formatRepository(repository);
  return tag !== undefined && isTagName(tag) ? `${name}:${tag}` : `${name}@${digest}`;
}
