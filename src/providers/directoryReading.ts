import type { HubDirectory } from '../hub/directory';
import type { Repository } from '../hub/model';
import type { NamespaceName } from '../hub/names';

/** All repositories of the namespace. Their pages are read in parallel. */
export async function readRepositories(
  directory: Pick<HubDirectory, 'listRepositories'>,
  namespace: NamespaceName,
  signal: AbortSignal,
): Promise<readonly Repository[]> {
  const repositories: Repository[] = [];
  for await (const page of directory.listRepositories(namespace, signal)) {
    repositories.push(...page.repositories);
  }
  return repositories;
}
