import type { PlannedImage } from '../hub/deletion/plan';
import { currentTags } from '../hub/model';
import { formatRepository } from '../hub/names';
import type { Node } from '../providers/nodes';
import type { Services, Target } from './services';
import { imagesFrom } from './subjects';

/**
 * References as the Docker CLI takes them. An image is named by its first current tag, `acme/api:latest`, or by its
 * digest where it has none; a tag that moved on is not a way to its image.
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
      return [imageReference({ repository: row.parent.repository, image: row.image })];
    case 'tag':
      // a tag that moved on is a reference to another image
      return row.tag.isCurrent ? [`${formatRepository(row.parent.parent.repository)}:${row.tag.name}`] : [];
    case 'namespace':
    case 'message':
    case 'loadMore':
      return [];
  }
}

export function imageReference({ repository, image }: PlannedImage): string {
  const [tag] = currentTags(image);
  const name = formatRepository(repository);
  return tag === undefined ? `${name}@${image.digest}` : `${name}:${tag}`;
}
