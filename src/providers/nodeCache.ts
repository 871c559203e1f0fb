import type { NamespaceNode, RepositoryNode } from './nodes';

type CachedNode = NamespaceNode | RepositoryNode;

/**
 * The editor knows a row by the object it was given. So that a row can be refreshed later, an object that says the same
 * as the one before is replaced by the one before.
 */
export class NodeCache {
  readonly #nodes = new Map<string, CachedNode>();

  /** The children of one parent, all of them: those that it had before and has no more are forgotten. */
  replaceChildren<T extends CachedNode>(
    parent: NamespaceNode | undefined,
    children: readonly T[],
  ): readonly T[] {
    const ids = new Set(children.map(({ id }) => id));
    for (const [id, node] of this.#nodes) {
      if (node.parent?.id === parent?.id && !ids.has(id)) {
        this.#nodes.delete(id);
      }
    }
    return children.map((child) => this.#reuse(child));
  }

  get(id: string): CachedNode | undefined {
    return this.#nodes.get(id);
  }

  namespaces(): readonly NamespaceNode[] {
    return [...this.#nodes.values()].filter((node) => node.kind === 'namespace');
  }

  repositories(): readonly RepositoryNode[] {
    return [...this.#nodes.values()]
      .filter((node) => node.kind === 'repository')
      .filter(({ parent }) => this.#nodes.has(parent.id));
  }

  #reuse<T extends CachedNode>(node: T): T {
    const known = this.#nodes.get(node.id);
    if (known !== undefined && isSame(known, node)) {
      return known as T; // the same kind, as isSame found
    }
    this.#nodes.set(node.id, node);
    return node;
  }
}

function isSame(a: CachedNode, b: CachedNode): boolean {
  if (a.kind === 'namespace') {
    return (
      b.kind === 'namespace' &&
      a.isListed === b.isListed &&
      a.isRemovable === b.isRemovable &&
      a.namespace.origin === b.namespace.origin
    );
  }
  return (
    b.kind === 'repository' &&
    a.parent === b.parent &&
    a.isRemovable === b.isRemovable &&
    a.repository.isPrivate === b.repository.isPrivate
  );
}
