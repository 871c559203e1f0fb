import type { Listing } from '../catalog/listing';
import type { RepositoryContents } from '../catalog/repositoryContents';
import type { ImagesView } from '../catalog/viewOptions';
import type { EntryList, RepositoryList } from '../catalog/serverContents';
import { isHubError } from '../hub/errors';
import {
  imagesFailed,
  imagesMissing,
  listingGap,
  namespacesFailed,
  nextPageFailed,
  noImages,
  noRepositories,
  privateMayMiss,
  readingRest,
  repositoriesFailed,
  restFailed,
  unreadEntries,
  unreadImages,
} from './messageNodes';
import {
  type GroupNode,
  imageNode,
  loadMoreNode,
  type MessageNode,
  type NamespaceNode,
  type Node,
  type RepositoryNode,
} from './nodes';
import { viewStateNodes } from './viewStateNodes';

/**
 * A server may list no namespaces at all (`gone`). That is not shown as a failure: added namespaces still work.
 *
 * @param isShownByView Whether the view says what is wrong in the place of all rows.
 */
export function underRoot(
  rows: readonly NamespaceNode[],
  { error, unread }: Omit<EntryList<unknown>, 'entries'>,
  isShownByView = false,
): readonly Node[] {
  if (isShownByView) {
    return [];
  }
  const all = [...rows, ...unreadEntries(undefined, unread)];
  return error === undefined || isHubError(error, 'gone') ? all : [namespacesFailed(error), ...all];
}

export function underNamespace(
  parent: NamespaceNode,
  rows: readonly (GroupNode | RepositoryNode)[],
  { error, unread, mayMissPrivate }: Omit<RepositoryList, 'entries'>,
): readonly Node[] {
  const all = [...rows, ...unreadEntries(parent, unread)];
  if (error === undefined) {
    const shown = all.length > 0 ? all : [noRepositories(parent)];
    return mayMissPrivate ? [...shown, privateMayMiss(parent)] : shown;
  }
  const message = repositoriesFailed(parent, error);
  return message.severity === 'error' ? [message, ...all] : [...all, message];
}

/** What has been read of a repository. */
export type ShownContents = Pick<
  RepositoryContents,
  'listing' | 'listingError' | 'nextPageError' | 'restError' | 'summary' | 'summaryError'
>;

/**
 * The images read so far, below what is unusual about the view. After a failure, the older images stay below a message with
 * the reason.
 *
 * @param isApiMissing What an operation that the server does not have means: the setting names the wrong API.
 */
export function underRepository(
  parent: RepositoryNode,
  contents: ShownContents,
  view: ImagesView,
  isApiMissing = false,
): readonly Node[] {
  const { listing, listingError, nextPageError, restError, summary, summaryError } = contents;
  const hasCounts = summary !== undefined && summaryError === undefined; // older ones do not prove access
  const failure =
    listingError === undefined ? [] : [imagesFailed(parent, listingError, { hasCounts, isApiMissing })];
  if (listing === undefined) {
    return failure;
  }
  const unknown = summary?.unknown ?? 0;
  const state = viewStateNodes(parent, view, unknown);
  const unread = unreadImages(parent, listing.unread);
  if (listing.isPartial) {
    const rest = restError === undefined ? readingRest(parent) : restFailed(parent, restError);
    return [...failure, ...state, ...listing.images.map((image) => imageNode(parent, image)), rest];
  }
  if (listing.images.length === 0 && !listing.hasNext) {
    const empty = unread.length > 0 ? unread : [noImages(parent, listing, unknown)];
    return failure.length > 0 ? failure : [...empty, ...gapsOf(parent, listing)];
  }
  return [
    ...failure,
    ...state,
    ...unread, // above the images, because nobody would see it below a long list
    ...listing.images.map((image) => imageNode(parent, image)),
    ...(nextPageError === undefined ? [] : [nextPageFailed(parent, nextPageError)]),
    ...endOf(parent, listing),
    ...gapsOf(parent, listing),
  ];
}

function gapsOf(parent: RepositoryNode, { gaps, hasNext }: Listing): readonly MessageNode[] {
  const others = gaps.filter((gap) => gap !== 'entriesUnread');
  return hasNext ? [] : others.map((gap) => listingGap(parent, gap));
}

function endOf(parent: RepositoryNode, { images, count, hasNext, query, unread }: Listing): readonly Node[] {
  const loaded = images.length;
  if (hasNext) {
    const next = Math.max(1, Math.min(query.pageSize, count - loaded));
    return [loadMoreNode(parent, { next, loaded, count })];
  }
  return missingFrom(parent, query.status === undefined ? count - loaded - unread.length : 0);
}

/** Called only without a filter: with one, a server may also count the images that it leaves out. */
function missingFrom(parent: RepositoryNode, missing: number): readonly MessageNode[] {
  return missing > 0 ? [imagesMissing(parent, missing)] : [];
}
