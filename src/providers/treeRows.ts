import type { Namespace, Repository } from '../hub/model';
import { formatRepository, type NamespaceName, type RepositoryRef } from '../hub/names';
import { namespaceNode, repositoryNode, type NamespaceNode, type RepositoryNode } from './nodes';

/** What the person named in the settings. */
export interface Added {
  readonly namespaces: readonly NamespaceName[];
  readonly repositories: readonly RepositoryRef[];
}

const originOrder: Readonly<Record<Namespace['origin'], number>> = { own: 0, organisation: 1, added: 2 };

/** Own namespace, organisations, then what was added; last those that only hold repositories named by hand. */
export function namespaceRows(listed: readonly Namespace[], added: Added): readonly NamespaceNode[] {
  const rows = new Map<NamespaceName, NamespaceNode>();
  const take = (namespace: Namespace, traits: Pick<NamespaceNode, 'isRemovable' | 'isListed'>) => {
    if (!rows.has(namespace.name)) {
      rows.set(namespace.name, namespaceNode(namespace, traits));
    }
  };
  for (const namespace of [...listed].sort(byOriginAndName)) {
    take(namespace, { isRemovable: false, isListed: true });
  }
  for (const name of added.namespaces) {
    take({ name, origin: 'added' }, { isRemovable: true, isListed: true });
  }
  for (const { namespace: name } of added.repositories) {
    take({ name, origin: 'added' }, { isRemovable: false, isListed: false });
  }
  return [...rows.values()];
}

/** The listed repositories and those named by hand, each once, by name. */
export function repositoryRows(
  parent: NamespaceNode,
  listed: readonly Repository[],
  added: Added,
): readonly RepositoryNode[] {
  const own = added.repositories.filter(({ namespace }) => namespace === parent.namespace.name);
  const removable = new Set(own.map(({ name }) => name));
  const repositories = new Map<string, Repository>();
  for (const repository of [...own.map((named) => ({ ...named, isPrivate: undefined })), ...listed]) {
    repositories.set(formatRepository(repository), repository);
  }
  return [...repositories.values()]
    .sort((a, b) => compare(a.name, b.name))
    .map((repository) => repositoryNode(parent, repository, removable.has(repository.name)));
}

function byOriginAndName(a: Namespace, b: Namespace): number {
  return originOrder[a.origin] - originOrder[b.origin] || compare(a.name, b.name);
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
