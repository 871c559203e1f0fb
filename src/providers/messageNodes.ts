import * as vscode from 'vscode';
import type { Listing } from '../catalog/listing';
import { isHubError } from '../hub/errors';
import type { ListingGap } from '../hub/imageApi';
import type { UnreadPart } from '../hub/readableList';
import { explainError } from '../util/describeError';
import { inertLabel } from '../util/inertText';
import {
  messageNode,
  type MessageAction,
  type MessageNode,
  type NamespaceNode,
  type RepositoryNode,
} from './nodes';

const { t } = vscode.l10n;

/** HTTP statuses of a server that does not have the route. */
const notOfferedStatuses: readonly (number | undefined)[] = [404, 405, 501];

export function namespacesFailed(error: unknown): MessageNode {
  return failed(undefined, 'listing', t('Namespaces could not be listed'), error);
}

/** A server may have no route to list repositories. Then only added repositories are shown. */
export function repositoriesFailed(parent: NamespaceNode, error: unknown): MessageNode {
  return isHubError(error) && notOfferedStatuses.includes(error.status)
    ? messageNode(parent, 'listing', {
        severity: 'info',
        text: t('This server does not list repositories'),
        reason: error.kind === 'gone' ? '' : inertLabel(error.reason ?? ''),
        hint: t('Add Repository… shows one that you name.'),
        action: { kind: 'command', command: 'hubImages.repository.add' },
      })
    : failed(parent, 'listing', t('Repositories could not be listed'), error);
}

export function noRepositories(parent: NamespaceNode): MessageNode {
  return messageNode(parent, 'empty', { severity: 'info', text: t('No repositories') });
}

/** Shown below the entries of a list, for those that could not be read; empty if all could. */
export function unreadEntries(
  parent: MessageNode['parent'],
  unread: readonly UnreadPart[],
): readonly MessageNode[] {
  const [first] = unread;
  if (first === undefined) {
    return [];
  }
  return [
    messageNode(parent, 'unread', {
      severity: 'warning',
      text: unreadText(unread),
      reason: inertLabel(first.reason),
      hint: t('Show Log names each of them.'),
      action: { kind: 'command', command: 'hubImages.log.show' },
    }),
  ];
}

function unreadText(unread: readonly UnreadPart[]): string {
  let count = 0;
  for (const part of unread) {
    if (part.count === undefined) {
      return t('Some entries could not be read');
    }
    count += part.count;
  }
  return count === 1
    ? t('1 entry could not be read')
    : t('{0} entries could not be read', count.toLocaleString('en'));
}

/** Shown below the repositories of an organization that is signed in with an organization access token. */
export function privateMayMiss(parent: NamespaceNode): MessageNode {
  return messageNode(parent, 'private', {
    severity: 'info',
    text: t('Private repositories may be missing'),
    reason: t('An organization access token sees them only with the right to list repositories.'),
    hint: t(
      'Give the token that right on Docker Hub and sign in with it again, or use Add Repository… for one that you name.',
    ),
    action: { kind: 'command', command: 'hubImages.repository.add' },
  });
}

/** @param hasCounts Whether the counts could be read nevertheless. */
export function imagesFailed(parent: RepositoryNode, error: unknown, hasCounts: boolean): MessageNode {
  if (isHubError(error, 'forbidden') && hasCounts) {
    return {
      ...failed(parent, 'listing', t('Your account may see the counts but not the images'), error),
      severity: 'warning',
    };
  }
  return isHubError(error, 'gone')
    ? failed(parent, 'listing', t('This server does not list images'), error)
    : failed(parent, 'listing', t('Images could not be listed'), error);
}

export function nextPageFailed(parent: RepositoryNode, error: unknown): MessageNode {
  return failed(parent, 'nextPage', t('More images could not be loaded'), error, {
    kind: 'retry',
    of: 'nextPage',
  });
}

/** Shown below the images that were read already. */
export function readingRest(parent: RepositoryNode): MessageNode {
  return messageNode(parent, 'rest', {
    severity: 'busy',
    text: t('Reading the rest…'),
    reason: t('Order and counts are not final.'),
  });
}

export function restFailed(parent: RepositoryNode, error: unknown): MessageNode {
  return failed(parent, 'rest', t('The rest of the images could not be read'), error);
}

/** @param unknown Number of images of unknown activity, which no filter by status shows. */
export function noImages(parent: RepositoryNode, { query }: Listing, unknown: number): MessageNode {
  if (query.status === undefined) {
    return messageNode(parent, 'empty', { severity: 'info', text: t('No images') });
  }
  return messageNode(parent, 'empty', {
    severity: 'info',
    text: query.status === 'active' ? t('No active images') : t('No inactive images'),
    reason: filterReason(unknown),
    hint: t('Filter by Status… shows all images again.'),
    action: { kind: 'command', command: 'hubImages.images.filterByStatus' },
  });
}

function filterReason(unknown: number): string {
  return unknown === 0
    ? t('filtered by status')
    : t('filtered by status, {0} of unknown activity not shown', unknown.toLocaleString('en'));
}

/** The repository changed while its pages were read, so that some images are on none of them. */
export function imagesMissing(parent: RepositoryNode, missing: number): MessageNode {
  return messageNode(parent, 'missing', {
    severity: 'warning',
    text: missing === 1 ? t('1 image is not shown') : t('{0} images are not shown', missing),
    reason: t('The repository changed while it was read.'),
    hint: t('Refresh reads it again.'),
    action: { kind: 'retry', of: 'parent' },
  });
}

/** Shown below the images. */
export function listingGap(parent: RepositoryNode, gap: ListingGap): MessageNode {
  switch (gap) {
    case 'untaggedHidden':
      return messageNode(parent, gap, {
        severity: 'info',
        text: t('Images without a tag cannot be seen'),
        reason: t('This server lists tags only.'),
      });
    case 'tagsCut':
      return messageNode(parent, gap, {
        severity: 'warning',
        text: t('Not all tags are shown'),
        reason: t('The server leaves out some tags and when they were last pulled.'),
        hint: t('Whether the images of these tags are in use is unknown. Signing in may show more tags.'),
      });
    case 'manifestsCut':
      return messageNode(parent, gap, {
        severity: 'warning',
        text: t('Not all images are shown'),
        reason: t('The list of images on the server repeats itself before it ends.'),
        hint: t(
          'Until the whole list can be read, images cannot be deleted in bulk. Refresh reads it again.',
        ),
      });
    case 'indexesUnread':
      return messageNode(parent, gap, {
        severity: 'info',
        text: t('Some images may belong to multi-platform images'),
        reason: t('The lists on the server do not show the contents of all of them.'),
        hint: t(
          'When you delete one of these images, you are asked whether to read contents from the registry to find out.',
        ),
      });
    case 'tagsDisputed':
      return messageNode(parent, gap, {
        severity: 'warning',
        text: t('Some tags are disputed'),
        reason: t('The lists on the server disagree about which image each of them points to.'),
        hint: t('The images in question cannot be deleted until the lists agree. Refresh in a few minutes.'),
      });
  }
}

function failed(
  parent: MessageNode['parent'],
  topic: string,
  text: string,
  error: unknown,
  retry: MessageAction = { kind: 'retry', of: 'parent' },
): MessageNode {
  const { what, nextStep } = explainError(error);
  return messageNode(parent, topic, {
    severity: 'error',
    text,
    reason: what,
    hint: nextStep,
    action: retry, // also after a rejected token: the repeated request opens the sign-in
  });
}
