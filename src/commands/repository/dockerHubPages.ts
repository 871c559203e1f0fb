import type { RepositoryRef } from '../../hub/names';

const officialImages = 'library';

/** Whether the server has web pages: only Docker Hub itself does, not the sandbox or any other server. */
export function isOnDockerHub(origin: string): boolean {
  return origin === 'https://hub.docker.com';
}

/** Address of the repository's web page. */
export function repositoryPage(origin: string, { namespace, name }: RepositoryRef): string {
  return namespace === officialImages ? `${origin}/_/${name}` : `${origin}/r/${namespace}/${name}`;
}
