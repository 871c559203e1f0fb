import type { NamespaceEntry, RepositoryEntry } from '../catalog/entries';
import type { CommandId } from '../contributions';
import type { Image, Namespace, Repository, Tag } from '../hub/model';
import { formatRepository, type RepositoryRef } from '../hub/names';
import { compareNaturally } from '../texts/formats';

/** An account that is signed in; shown only if there are several. */
export interface AccountNode {
  readonly kind: 'account';
  readonly id: string;
  readonly parent: undefined;
  readonly username: string;
  /** Only the account in use has rows below it: no request is sent with the token of another. */
  readonly isInUse: boolean;
}

export interface NamespaceNode extends NamespaceEntry {
  readonly kind: 'namespace';
  readonly id: string;
  readonly parent: undefined;
}

/** Repositories of a namespace whose names begin alike. They keep the namespace as their parent. */
export interface GroupNode {
  readonly kind: 'group';
  readonly id: string;
  readonly parent: NamespaceNode;
  /** The part of the name that they have in common. */
  readonly prefix: string;
  /** At least two, in the order in which they are shown. */
  readonly repositories: readonly RepositoryNode[];
}

export interface RepositoryNode extends RepositoryEntry {
  readonly kind: 'repository';
  readonly id: string;
  readonly parent: NamespaceNode;
}

export interface ImageNode {
  readonly kind: 'image';
  readonly id: string;
  readonly parent: RepositoryNode;
  readonly image: Image;
}

/** An image that belongs to another one, such as a platform or an attestation, and is not listed by itself. */
export interface PartNode {
  readonly kind: 'part';
  readonly id: string;
  readonly parent: ImageNode | PartNode;
  readonly image: Image;
}

export interface TagNode {
  readonly kind: 'tag';
  readonly id: string;
  readonly parent: ImageNode;
  readonly tag: Tag;
}

/** Explains why rows are missing here. */
export interface MessageNode {
  readonly kind: 'message';
  readonly id: string;
  readonly parent: NamespaceNode | RepositoryNode | undefined;
  readonly severity: 'error' | 'warning' | 'info' | 'busy';
  readonly text: string;
  /** Shown in the row, beside the text. */
  readonly reason: string;
  /** What the user can do about it. */
  readonly hint: string;
  /** What opening the row does. */
  readonly action: MessageAction;
  /** What the buttons in the row are chosen by. */
  readonly trait?: 'unauthorized' | 'emptyNamespace' | 'emptyRepository' | 'missingApi';
}

export type MessageAction =
  | { readonly kind: 'none' }
  /** Reads the parent, or the missing page, again. */
  | { readonly kind: 'retry'; readonly of: 'parent' | 'nextPage' }
  /** Runs a command with the parent as its argument. */
  | { readonly kind: 'command'; readonly command: CommandId };

export interface LoadMoreNode {
  readonly kind: 'loadMore';
  readonly id: string;
  readonly parent: RepositoryNode;
  /** Number of images on the next page. */
  readonly next: number;
  readonly loaded: number;
  readonly count: number;
}

/** A row of the tree. Its id stays the same when it is read again. */
export type Node =
  | AccountNode
  | NamespaceNode
  | GroupNode
  | RepositoryNode
  | ImageNode
  | PartNode
  | TagNode
  | MessageNode
  | LoadMoreNode;

export function accountNode(username: string, isInUse: boolean): AccountNode {
  return { kind: 'account', id: `account:${username}`, parent: undefined, username, isInUse };
}

export function namespaceNode(
  namespace: Namespace,
  traits: Omit<NamespaceEntry, 'namespace'>,
): NamespaceNode {
  return { kind: 'namespace', id: namespace.name, parent: undefined, namespace, ...traits };
}

/** The id contains a character that no name of a repository has. */
export function groupNode(
  parent: NamespaceNode,
  prefix: string,
  repositories: readonly RepositoryNode[],
): GroupNode {
  return { kind: 'group', id: `${parent.id}/${prefix}*`, parent, prefix, repositories };
}

export function repositoryNode(
  parent: NamespaceNode,
  repository: Repository,
  isRemovable: boolean,
): RepositoryNode {
  return { kind: 'repository', id: formatRepository(repository), parent, repository, isRemovable };
}

export function imageNode(parent: RepositoryNode, image: Image): ImageNode {
  return { kind: 'image', id: `${parent.id}@${image.digest}`, parent, image };
}

/** One row for each name, current tags first and each group in natural order. A name that is both current and historical is shown as current. */
export function tagNodes(parent: ImageNode): readonly TagNode[] {
  const tags = new Map<string, Tag>();
  for (const tag of [...parent.image.tags].sort(byStateAndName)) {
    if (!tags.has(tag.name)) {
      tags.set(tag.name, tag);
    }
  }
  return [...tags.values()].map((tag) => ({ kind: 'tag', id: `${parent.id}#${tag.name}`, parent, tag }));
}

function byStateAndName(a: Tag, b: Tag): number {
  return Number(b.isCurrent) - Number(a.isCurrent) || compareNaturally(a.name, b.name);
}

/** One row for each image that belongs to this one, as far as the server reports them. */
export function partNodes(parent: ImageNode | PartNode): readonly PartNode[] {
  return (parent.image.parts ?? []).map((image) => ({
    kind: 'part',
    id: `${parent.id}/${image.digest}`,
    parent,
    image,
  }));
}

/** @param topic Distinguishes the messages of one parent; a part of the id. */
export function messageNode(
  parent: MessageNode['parent'],
  topic: string,
  content: Pick<MessageNode, 'severity' | 'text'> &
    Partial<Pick<MessageNode, 'reason' | 'hint' | 'action' | 'trait'>>,
): MessageNode {
  const id = `${parent?.id ?? ''}#message:${topic}`;
  return { kind: 'message', id, parent, reason: '', hint: '', action: { kind: 'none' }, ...content };
}

export function loadMoreNode(
  parent: RepositoryNode,
  counts: Pick<LoadMoreNode, 'next' | 'loaded' | 'count'>,
): LoadMoreNode {
  return { kind: 'loadMore', id: `${parent.id}#more`, parent, ...counts };
}

/** The repository that the row belongs to. */
export function repositoryOf(node: Node | undefined): RepositoryRef | undefined {
  return repositoryNodeOf(node)?.repository;
}

/** The row of the repository that the row belongs to. */
export function repositoryNodeOf(node: Node | undefined): RepositoryNode | undefined {
  switch (node?.kind) {
    case undefined:
    case 'account':
    case 'namespace':
    case 'group':
      return undefined;
    case 'repository':
      return node;
    case 'image':
    case 'loadMore':
      return node.parent;
    case 'tag':
    case 'part':
      return repositoryNodeOf(node.parent);
    case 'message':
      return node.parent?.kind === 'repository' ? node.parent : undefined;
  }
}

/** The row of the image that a row belongs to, of which it may be a part of a part. */
export function imageNodeOf(node: ImageNode | PartNode | TagNode): ImageNode {
  return node.kind === 'image' ? node : imageNodeOf(node.parent);
}
