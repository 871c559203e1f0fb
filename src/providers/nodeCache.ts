import type { NamespaceNode, RepositoryNode } from './nodes';

type CachedNode = NamespaceNode | RepositoryNode;

/**
 * Returns the same object for a row as long as its content is the same. The editor identifies rows by their objects, and
 * only an object that it knows can be refreshed.
 */
export class NodeCache {
  readonly #nodes = new Map<string, CachedNode>();

  /** Sets all children of one parent, and drops those that it no longer has. */
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
      return known as T; // isSame has compared the kinds
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
