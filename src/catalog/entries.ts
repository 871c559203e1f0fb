import type { Namespace, Repository } from '../hub/model';
import { formatRepository, type NamespaceName, type RepositoryRef } from '../hub/names';
import { compareNaturally, naturalKey } from '../texts/formats';

/** A namespace that the server lists or that the settings name. */
export interface NamespaceEntry {
  readonly namespace: Namespace;
  /** Whether the settings name it, so that it can be removed from them. */
  readonly isRemovable: boolean;
  /** Whether its repositories are listed. False where only repositories of it are named in the settings. */
  readonly isListed: boolean;
}

/** A repository that the server lists or that the settings name. */
export interface RepositoryEntry {
  readonly repository: Repository;
  /** Whether the settings name it, so that it can be removed from them. */
  readonly isRemovable: boolean;
}

/** The namespaces and repositories that the settings name. */
export interface Added {
  readonly namespaces: readonly NamespaceName[];
  readonly repositories: readonly RepositoryRef[];
}

const originOrder: Readonly<Record<Namespace['origin'], number>> = { own: 0, organization: 1, added: 2 };

/**
 * Merges the namespaces that the server lists with those of the settings: the user's own, organizations, added ones,
 * and last those of which only repositories were added.
 */
export function namespaceEntries(listed: readonly Namespace[], added: Added): readonly NamespaceEntry[] {
  const entries = new Map<NamespaceName, NamespaceEntry>();
  const add = (namespace: Namespace, traits: Omit<NamespaceEntry, 'namespace'>) => {
    if (!entries.has(namespace.name)) {
      entries.set(namespace.name, { namespace, ...traits });
    }
  };
  for (const namespace of [...listed].sort(byOriginAndName)) {
    add(namespace, { isRemovable: false, isListed: true });
  }
  for (const name of added.namespaces) {
    add({ name, origin: 'added' }, { isRemovable: true, isListed: true });
  }
  for (const { namespace: name } of added.repositories) {
    add({ name, origin: 'added' }, { isRemovable: false, isListed: false });
  }
  return [...entries.values()];
}

/** Merges the repositories that the server lists in a namespace with those of the settings, each once, by name. */
export function repositoryEntries(
  namespace: NamespaceName,
  listed: readonly Repository[],
  added: Added,
): readonly RepositoryEntry[] {
  const own = added.repositories.filter((repository) => repository.namespace === namespace);
  const removable = new Set(own.map(({ name }) => name));
  const repositories = new Map<string, Repository>();
  for (const repository of [...own.map((named) => ({ ...named, isPrivate: undefined })), ...listed]) {
    repositories.set(formatRepository(repository), repository);
  }
  return [...repositories.values()]
    .map((repository) => ({ repository, key: naturalKey(repository.name) })) // once each: there may be thousands
    .sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)))
    .map(({ repository }) => ({ repository, isRemovable: removable.has(repository.name) }));
}

function byOriginAndName(a: Namespace, b: Namespace): number {
  return originOrder[a.origin] - originOrder[b.origin] || compareNaturally(a.name, b.name);
}
