import type { RepositoryRef } from '../../hub/names';

const officialImages = 'library';

/** Only Docker's own server has pages for people; another one, and the sandbox, has none. */
export function isOnDockerHub(origin: string): boolean {
  return origin === 'https://hub.docker.com';
}

export function repositoryPage(origin: string, { namespace, name }: RepositoryRef): string {
  return namespace === officialImages ? `${origin}/_/${name}` : `${origin}/r/${namespace}/${name}`;
}
