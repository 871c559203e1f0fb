import type { ImageKey } from '../../../src/hub/deletionRequest';
import { parseDigest, shortDigest } from '../../../src/hub/digest';

/** @param repository `namespace/name` */
export function imageKeyOf(repository: string, digest: string): ImageKey {
  const [namespace = '', name = ''] = repository.split('/');
  return `${namespace}/${name}@${digest}`;
}

export function repositoryOf(key: ImageKey): string {
  return key.split('@')[0] ?? '';
}

export function digestIn(key: ImageKey): string {
  return key.split('@')[1] ?? '';
}

/** As the review shows it. */
export function shortDigestOf(key: ImageKey): string {
  return shortDigest(parseDigest(digestIn(key)));
}
