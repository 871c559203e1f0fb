import type { NamespaceEntry, RepositoryEntry } from '../catalog/entries';
import type { CommandId } from '../contributions';
import type { Image, Namespace, Repository, Tag } from '../hub/model';
import { formatRepository, type RepositoryRef } from '../hub/names';

/** Somebody who is signed in; there where several are. */
export interface AccountNode {
  readonly kind: 'account';
  readonly id: string;
  readonly parent: undefined;
  readonly username: string;
  /** Only the account in use has rows below it: nothing is ever asked with the rights of another. */
  readonly isInUse: boolean;
}

export interface NamespaceNode extends NamespaceEntry {
  readonly kind: 'namespace';
  readonly id: string;
  readonly parent: undefined;
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

/** An image that belongs to another and is not listed by itself. */
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

/** Says why there is nothing else, or not everything, in this place. */
export interface MessageNode {
  readonly kind: 'message';
  readonly id: string;
  readonly parent: NamespaceNode | RepositoryNode | undefined;
  readonly severity: 'error' | 'warning' | 'info' | 'busy';
  readonly text: string;
  /** Beside the text, in the row. */
  readonly reason: string;
  /** What to do about it. */
  readonly hint: string;
  /** What happens when the row is opened. */
  readonly action: MessageAction;
}

export type MessageAction =
  | { readonly kind: 'none' }
  /** Read the parent, or the page that is missing, once more. */
  | { readonly kind: 'retry'; readonly of: 'parent' | 'nextPage' }
  /** The command is handed the parent. */
  | { readonly kind: 'command'; readonly command: CommandId };

export interface LoadMoreNode {
  readonly kind: 'loadMore';
  readonly id: string;
  readonly parent: RepositoryNode;
  /** How many the next page brings. */
  readonly next: number;
  readonly loaded: number;
  readonly count: number;
}

/** A row of the tree. The ids stay the same from one reading to the next. */
export type Node =
  AccountNode | NamespaceNode | RepositoryNode | ImageNode | PartNode | TagNode | MessageNode | LoadMoreNode;

export function accountNode(username: string, isInUse: boolean): AccountNode {
  return { kind: 'account', id: `account:${username}`, parent: undefined, username, isInUse };
}

export function namespaceNode(
  namespace: Namespace,
  traits: Omit<NamespaceEntry, 'namespace'>,
): NamespaceNode {
  return { kind: 'namespace', id: namespace.name, parent: undefined, namespace, ...traits };
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

/** A row per name: the current tags first. A name is listed once, as current if it is that at all. */
export function tagNodes(parent: ImageNode): readonly TagNode[] {
  const tags = new Map<string, Tag>();
  for (const tag of [...parent.image.tags].sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent))) {
    if (!tags.has(tag.name)) {
      tags.set(tag.name, tag);
    }
  }
  return [...tags.values()].map((tag) => ({ kind: 'tag', id: `${parent.id}#${tag.name}`, parent, tag }));
}

/** A row for each image that belongs to this one; none where the server reports none. */
export function partNodes(parent: ImageNode | PartNode): readonly PartNode[] {
  return (parent.image.parts ?? []).map((image) => ({
    kind: 'part',
    id: `${parent.id}/${image.digest}`,
    parent,
    image,
  }));
}

/** @param topic Distinguishes the messages of one parent. */
export function messageNode(
  parent: MessageNode['parent'],
  topic: string,
  content: Pick<MessageNode, 'severity' | 'text'> & Partial<Pick<MessageNode, 'reason' | 'hint' | 'action'>>,
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
