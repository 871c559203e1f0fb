import { inOrder, joinFigures, type RepositoryFigures } from '../catalog/repositoryOrder';
import type { RepositoriesView } from '../catalog/repositoriesView';
import { groupNode, type GroupNode, type NamespaceNode, type RepositoryNode } from './nodes';

type RepositoriesRow = GroupNode | RepositoryNode;

/** The rows below a namespace: its repositories, and groups of them, in the order that the user chose. */
export class RepositoryRows {
  readonly rows: readonly RepositoriesRow[];
  /** All of the namespace, by name. */
  readonly repositories: readonly RepositoryNode[];
  readonly #groups = new Map<string, GroupNode>();
  readonly #groupOf = new Map<string, GroupNode>();

  /**
   * @param repositories All of the namespace, by name.
   * @param figuresOf What was listed last of a repository.
   * @param previous The rows until now: a group with the same repositories stays the same row.
   */
  constructor(
    parent: NamespaceNode,
    repositories: readonly RepositoryNode[],
    { ordering, grouping }: RepositoriesView,
    figuresOf: (node: RepositoryNode) => RepositoryFigures,
    previous?: RepositoryRows,
  ) {
    this.repositories = repositories;
    const sorted = (nodes: readonly RepositoryNode[]) => inOrder(nodes, ordering, figuresOf);
    if (grouping === 'none') {
      this.rows = sorted(repositories);
      return;
    }
    const rows = byPrefix(repositories).map(([prefix, members]) => {
      const [only, another] = members;
      return only !== undefined && another === undefined
        ? only
        : this.#add(groupNode(parent, prefix, sorted(members)), previous);
    });
    this.rows = inOrder(rows, ordering, (row) =>
      row.kind === 'group' ? joinFigures(row.repositories.map(figuresOf)) : figuresOf(row),
    );
  }

  /** The group with this id as it is now; `undefined` if it no longer exists. */
  group(id: string): GroupNode | undefined {
    return this.#groups.get(id);
  }

  /** The group that the repository is in; `undefined` if it is in none. */
  groupOf({ id }: RepositoryNode): GroupNode | undefined {
    return this.#groupOf.get(id);
  }

  #add(made: GroupNode, previous: RepositoryRows | undefined): GroupNode {
    const known = previous?.group(made.id);
    const group = known !== undefined && isSame(known, made) ? known : made;
    this.#groups.set(group.id, group);
    group.repositories.forEach(({ id }) => this.#groupOf.set(id, group));
    return group;
  }
}

/** In the order of the first repository of each prefix. A name that is the prefix of others belongs to them. */
function byPrefix(
  repositories: readonly RepositoryNode[],
): readonly (readonly [prefix: string, members: readonly RepositoryNode[]])[] {
  const groups = new Map<string, RepositoryNode[]>();
  for (const node of repositories) {
    const [prefix = ''] = node.repository.name.split(/[-_./]/, 1);
    const members = groups.get(prefix);
    if (members === undefined) {
      groups.set(prefix, [node]);
    } else {
      members.push(node);
    }
  }
  return [...groups];
}

function isSame(a: GroupNode, b: GroupNode): boolean {
  return (
    a.parent === b.parent &&
    a.repositories.length === b.repositories.length &&
    a.repositories.every((node, index) => node === b.repositories[index])
  );
}
