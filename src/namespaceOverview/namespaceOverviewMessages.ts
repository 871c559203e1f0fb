import * as l10n from '@vscode/l10n';
import { isNotOffered } from '../hub/errors';
import type { Inventory } from '../hub/listing/inventory';
import { currentTags, type ImagesSummary, type Repository } from '../hub/model';
import { paceText } from '../texts/pace';
import type { NamespaceOverview } from './namespaceOverview';
import type {
  CountedRepository,
  ImageCounts,
  Notice,
  OverviewPhase,
  RepositoriesMessage,
  RepositoryRow,
  StateMessage,
} from './protocol';
import {
  addedOnlyText,
  hasFailed,
  leftText,
  notOfferedText,
  privateMayMissText,
  statusText,
  unreadText,
} from './texts';

export type NamespaceOverviewView = Pick<
  NamespaceOverview,
  'namespace' | 'event' | 'list' | 'listedAt' | 'isListing' | 'isLeft' | 'progress' | 'failures' | 'uncounted'
>;

export interface NamespaceOverviewContext {
  readonly isSandbox: boolean;
  /** Whether the server is asked for the repositories of the namespace. */
  readonly isListed: boolean;
  /** Words for an error, and what to do about it. */
  readonly describe: (error: unknown) => string;
}

export function namespaceOverviewTitle({ namespace }: Pick<NamespaceOverviewView, 'namespace'>): string {
  return l10n.t('Overview: {0}', namespace);
}

export function stateMessage(
  overview: NamespaceOverviewView,
  context: NamespaceOverviewContext,
): StateMessage {
  const { listedAt, isLeft, progress } = overview;
  return {
    type: 'state',
    title: namespaceOverviewTitle(overview),
    phase: phaseOf(overview),
    status: isLeft ? leftText() : statusText(overview),
    isSandbox: context.isSandbox,
    listedAt: listedAt?.toISOString() ?? null,
    uncounted: overview.uncounted.length,
    progress:
      progress === undefined
        ? null
        : { done: progress.done, total: progress.total, pace: paceText(progress.pace) ?? null },
    notices: noticesOf(overview, context),
  };
}

export function repositoriesMessage({
  repositories,
}: Pick<NamespaceOverview, 'repositories'>): RepositoriesMessage {
  return { type: 'repositories', rows: [...repositories.values()].map(repositoryRow) };
}

/** What is known of the images of one repository. */
export function countedRepository(
  overview: Pick<NamespaceOverview, 'countedOf' | 'knownOf'>,
  repository: Repository,
  describe: (error: unknown) => string,
): CountedRepository {
  const counted = overview.countedOf(repository);
  const summary = counted?.summary;
  return {
    name: repository.name,
    counts: summary === undefined ? null : imageCounts(summary, overview.knownOf(repository)?.inventory),
    failure: counted?.kind === 'failed' ? describe(counted.error) : null,
  };
}

/** @param inventory Every image, where all were read already. */
function imageCounts(summary: ImagesSummary, inventory: Inventory | undefined): ImageCounts {
  const { total, active, inactive, unknown = null, undetermined = 0, unread = 0 } = summary;
  return {
    total,
    active,
    inactive,
    unknown,
    undetermined,
    unread,
    untagged: inventory?.images.filter((image) => currentTags(image).length === 0).length ?? null,
    lastPulled: inventory === undefined ? null : lastPullOf(inventory),
  };
}

function lastPullOf({ images }: Inventory): string | null {
  const times = images.flatMap(({ lastPulled }) => lastPulled?.getTime() ?? []);
  return times.length === 0 || images.some(({ arePullsUnknown }) => arePullsUnknown)
    ? null
    : new Date(times.reduce((a, b) => Math.max(a, b))).toISOString();
}

function repositoryRow(repository: Repository): RepositoryRow {
  return {
    name: repository.name,
    isPrivate: repository.isPrivate ?? null,
    storageBytes: repository.storageBytes ?? null,
    lastPushed: repository.lastUpdated?.toISOString() ?? null,
    pulls: repository.pullCount ?? null,
  };
}

function phaseOf({ isLeft, isListing, list }: NamespaceOverviewView): OverviewPhase {
  if (isLeft) {
    return 'left';
  }
  if (isListing) {
    return 'listing';
  }
  return list === undefined || hasFailed(list) ? 'failed' : 'ready';
}

function noticesOf(
  { list, isLeft, isListing }: NamespaceOverviewView,
  { isListed, describe }: NamespaceOverviewContext,
): readonly Notice[] {
  if (isLeft) {
    return [{ severity: 'warning', text: leftText() }];
  }
  if (list === undefined || isListing) {
    return [];
  }
  const { error, unread, mayMissPrivate } = list;
  const missing = unreadText(unread);
  return [
    ...(hasFailed(list) ? [{ severity: 'error' as const, text: describe(error) }] : []),
    ...(isNotOffered(error) ? [{ severity: 'info' as const, text: notOfferedText() }] : []),
    ...(isListed ? [] : [{ severity: 'info' as const, text: addedOnlyText() }]),
    ...(missing === undefined ? [] : [{ severity: 'warning' as const, text: missing }]),
    ...(mayMissPrivate ? [{ severity: 'info' as const, text: privateMayMissText() }] : []),
  ];
}
