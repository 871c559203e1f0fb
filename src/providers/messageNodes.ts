import * as l10n from '@vscode/l10n';
import type { Listing } from '../catalog/listing';
import { isHubError, isNotOffered } from '../hub/errors';
import type { ListingGap } from '../hub/imageApi';
import type { UnreadPart } from '../hub/readableList';
import { explainError } from '../texts/errors';
import { sanitizeLabel } from '../util/sanitizeText';
import {
  messageNode,
  type MessageAction,
  type MessageNode,
  type NamespaceNode,
  type RepositoryNode,
} from './nodes';
import { numberText } from '../texts/formats';

export function namespacesFailed(error: unknown): MessageNode {
  const text = isHubError(error, 'forbidden')
    ? l10n.t('No access to namespaces')
    : l10n.t('Namespaces could not be listed');
  return failed(undefined, 'listing', text, error);
}

/** A server may have no route to list repositories. Then only added repositories are shown. */
export function repositoriesFailed(parent: NamespaceNode, error: unknown): MessageNode {
  return isNotOffered(error)
    ? messageNode(parent, 'listing', {
        severity: 'info',
        text: l10n.t('This server does not list repositories'),
        reason: error.kind === 'gone' ? '' : sanitizeLabel(error.reason ?? ''),
        hint: l10n.t('Use Add Repository… to show a repository by name.'),
        action: { kind: 'command', command: 'hubImages.repository.add' },
      })
    : failed(
        parent,
        'listing',
        isHubError(error, 'forbidden')
          ? l10n.t('No access to repositories')
          : l10n.t('Repositories could not be listed'),
        error,
      );
}

export function noRepositories(parent: NamespaceNode): MessageNode {
  return messageNode(parent, 'empty', {
    severity: 'info',
    text: l10n.t('No repositories'),
    hint: l10n.t('Select to add a repository by name.'),
    action: { kind: 'command', command: 'hubImages.repository.add' },
    trait: 'emptyNamespace',
  });
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
      reason: sanitizeLabel(first.reason),
      hint: l10n.t('The log lists each of them.'),
      action: { kind: 'command', command: 'hubImages.log.show' },
    }),
  ];
}

/** Shown above the images of a repository, for the entries of its lists that could not be read. */
export function unreadImages(parent: RepositoryNode, unread: readonly UnreadPart[]): readonly MessageNode[] {
  return unreadEntries(parent, unread).map((message) => ({
    ...message,
    hint: l10n.t(
      'Until they can be read, images cannot be deleted in bulk. Single images can be deleted if everything about them is known. The log lists each of them.',
    ),
  }));
}

function unreadText(unread: readonly UnreadPart[]): string {
  let count = 0;
  for (const part of unread) {
    if (part.count === undefined) {
      return l10n.t('Some entries could not be read');
    }
    count += part.count;
  }
  return count === 1
    ? l10n.t('1 entry could not be read')
    : l10n.t('{0} entries could not be read', numberText(count));
}

/** Shown below the repositories of an organization that is signed in with an organization access token. */
export function privateMayMiss(parent: NamespaceNode): MessageNode {
  return messageNode(parent, 'private', {
    severity: 'info',
    text: l10n.t('Private repositories may be missing'),
    reason: l10n.t('An organization access token sees them only if it has permission to list repositories.'),
    hint: l10n.t(
      'Grant the permission on Docker Hub and sign in with the token again, or use Add Repository… to show a repository by name.',
    ),
    action: { kind: 'command', command: 'hubImages.repository.add' },
  });
}

interface FailureFacts {
  /** Whether the counts could be read nevertheless. */
  readonly hasCounts: boolean;
  /** Whether an operation that the server does not have means that the setting names the wrong API. */
  readonly isApiMissing: boolean;
}

export function imagesFailed(
  parent: RepositoryNode,
  error: unknown,
  { hasCounts, isApiMissing }: FailureFacts,
): MessageNode {
  if (isHubError(error, 'gone') && isApiMissing) {
    return apiMissing(parent, error);
  }
  if (isHubError(error, 'forbidden') && hasCounts) {
    return {
      ...failed(parent, 'listing', l10n.t('Your account can see the counts but not the images'), error),
      severity: 'warning',
    };
  }
  return isHubError(error, 'gone')
    ? failed(parent, 'listing', l10n.t('This server does not list images'), error)
    : failed(parent, 'listing', l10n.t('Images could not be listed'), error);
}

/** The setting can be changed back at any time, so nothing is asked. */
function apiMissing(parent: RepositoryNode, error: unknown): MessageNode {
  return {
    ...failed(parent, 'listing', l10n.t('No image-management API'), error),
    reason: l10n.t('The setting "hubImages.api" requires it, but this server does not have it.'),
    hint: l10n.t('Select to detect the API automatically instead.'),
    action: { kind: 'command', command: 'hubImages.api.detect' },
    trait: 'missingApi',
  };
}

export function nextPageFailed(parent: RepositoryNode, error: unknown): MessageNode {
  return failed(parent, 'nextPage', l10n.t('More images could not be loaded'), error, {
    kind: 'retry',
    of: 'nextPage',
  });
}

/** Shown below the images that were read already. */
export function readingRest(parent: RepositoryNode): MessageNode {
  return messageNode(parent, 'rest', {
    severity: 'busy',
    text: l10n.t('Reading the remaining images…'),
    reason: l10n.t('Order and counts are not final.'),
  });
}

export function restFailed(parent: RepositoryNode, error: unknown): MessageNode {
  return failed(parent, 'rest', l10n.t('The remaining images could not be read'), error);
}

/** @param unknown Number of images of unknown activity, which no filter by status shows. */
export function noImages(parent: RepositoryNode, { query }: Listing, unknown: number): MessageNode {
  if (query.status === undefined) {
    return messageNode(parent, 'empty', {
      severity: 'info',
      text: l10n.t('No images'),
      hint: l10n.t('Select to copy a docker push command.'),
      action: { kind: 'command', command: 'hubImages.repository.copyPushCommand' },
      trait: 'emptyRepository',
    });
  }
  return messageNode(parent, 'empty', {
    severity: 'info',
    text: query.status === 'active' ? l10n.t('No active images') : l10n.t('No inactive images'),
    reason: filterReason(unknown),
    hint: l10n.t('Use Filter by Status… to show all images.'),
    action: { kind: 'command', command: 'hubImages.images.filterByStatus' },
  });
}

function filterReason(unknown: number): string {
  return unknown === 0
    ? l10n.t('filtered by status')
    : l10n.t('filtered by status, {0} of unknown activity not shown', numberText(unknown));
}

/** The repository changed while its pages were read, so that some images are on none of them. */
export function imagesMissing(parent: RepositoryNode, missing: number): MessageNode {
  return messageNode(parent, 'missing', {
    severity: 'warning',
    text:
      missing === 1
        ? l10n.t('1 image is not shown')
        : l10n.t('{0} images are not shown', numberText(missing)),
    reason: l10n.t('The repository changed while it was read.'),
    hint: l10n.t('Refresh to read it again.'),
    action: { kind: 'retry', of: 'parent' },
  });
}

/** Shown below the images. */
export function listingGap(parent: RepositoryNode, gap: Exclude<ListingGap, 'entriesUnread'>): MessageNode {
  switch (gap) {
    case 'untaggedHidden':
      return messageNode(parent, gap, {
        severity: 'info',
        text: l10n.t('Untagged images are not shown'),
        reason: l10n.t('This server lists only tags.'),
      });
    case 'tagsCut':
      return messageNode(parent, gap, {
        severity: 'warning',
        text: l10n.t('Not all tags are shown'),
        reason: l10n.t('The server does not report all tags, or when they were last pulled.'),
        hint: l10n.t(
          'Whether the images of these tags are in use is unknown. Signing in may show more tags.',
        ),
      });
    case 'manifestsCut':
      return messageNode(parent, gap, {
        severity: 'warning',
        text: l10n.t('Not all images are shown'),
        reason: l10n.t('The list of images on the server repeats entries before it ends.'),
        hint: l10n.t(
          'Until the whole list can be read, images cannot be deleted in bulk. Refresh to read it again.',
        ),
      });
    case 'indexesUnread':
      return messageNode(parent, gap, {
        severity: 'info',
        text: l10n.t('Some images may belong to multi-platform images'),
        reason: l10n.t('The lists on the server do not show the contents of all of them.'),
        hint: l10n.t(
          'When you delete one of these images, you are asked whether to read contents from the registry to find out.',
        ),
      });
    case 'tagsDisputed':
      return messageNode(parent, gap, {
        severity: 'warning',
        text: l10n.t('The lists on the server disagree about some tags'),
        reason: l10n.t('The lists on the server disagree about which image each of them points to.'),
        hint: l10n.t('These images cannot be deleted until the lists agree. Refresh in a few minutes.'),
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
    ...(isHubError(error, 'forbidden', 'unauthenticated') && { trait: 'unauthorized' }),
  });
}
