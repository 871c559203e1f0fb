import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { type ImageSelection, selectImages, type SelectionCriteria } from '../hub/deletion/imageSelection';
import { IncompleteInventoryError } from '../hub/listing/inventory';
import { pageLifetimeMs } from '../hub/listing/pageCache';
import { formatRepository, type RepositoryRef } from '../hub/names';
import { runAction } from '../interaction/action';
import { readWithProgress } from '../interaction/progress';
import type { Notice } from '../webview/messageParts';
import { excludedImagesNotices } from './texts/excludedImages';
import { ImageReading, type ReadImages } from './imageReading';
import { mayPlan, openReview, type ReviewServices } from './openReview';
import { requireProtection } from './protectionMessages';
import { mayMatch, readContents } from './readContents';
import type { Inventories, UnreadRepository } from './readInventories';
import { withReferences } from './withReferences';
import type { RefusedPlanAnswer } from './refusedPlan';
import { numberText } from '../texts/formats';

/** Which images to plan the deletion of. */
export interface MatchingPlan {
  /** At least one. */
  readonly repositories: readonly RepositoryRef[];
  readonly criteria: SelectionCriteria;
  /** Whether nothing in the workspace may refer to the images. It is searched when the images have been read. */
  readonly isUnreferenced?: boolean;
  /**
   * The message if no image matches for certain.
   *
   * @param uncertainCount How many images may match.
   */
  readonly noMatchText: (uncertainCount: number) => string;
  /** About the plan as a whole. */
  readonly notices?: readonly Notice[];
}

/** How many repositories a message names; it counts the rest. */
const namedLimit = 10;

/**
 * Reads every image of the repositories, plans the deletion of those that certainly match, and opens the review. If the
 * user cancels the reading, a message offers to continue it. Nothing is read if the setting "hubImages.protect" is invalid.
 *
 * @throws {HubError} The images could not be read. An error that concerns only one of several repositories is shown with
 * a question instead.
 */
export async function planMatching(services: ReviewServices, plan: MatchingPlan): Promise<void> {
  if (
    requireProtection(services) !== undefined &&
    (await mayPlan(services.connections.require(), plan.repositories))
  ) {
    await readAndPlan(services, plan, new ImageReading(services, plan.repositories));
  }
}

async function readAndPlan(
  services: ReviewServices,
  plan: MatchingPlan,
  reading: ImageReading,
  areContentsRead = false,
): Promise<void> {
  const read = await readWithProgress(readingText(plan.repositories), (signal, report) =>
    reading.read(signal, report),
  );
  if (read === undefined) {
    void offerToContinue(services, plan, reading); // not awaited: its requests are counted as an action of their own
    return;
  }
  switch (await checkRead(services, read, plan.repositories.length)) {
    case 'complete':
    case 'continueWithout':
      await planImages(services, plan, read, areContentsRead);
      return;
    case 'readAgain':
      await readAndPlan(services, plan, new ImageReading(services, plan.repositories), areContentsRead);
      return;
    case 'stop':
      return;
  }
}

async function offerToContinue(
  services: ReviewServices,
  plan: MatchingPlan,
  reading: ImageReading,
): Promise<void> {
  if (!reading.canContinue) {
    return;
  }
  const { done, total } = reading.progress;
  const text = l10n.t(
    'Reading was canceled: {0} of {1} images were read. Nothing was planned.',
    numberText(done),
    numberText(total),
  );
  const continueLabel = l10n.t('Continue');
  const expiry = setTimeout(() => {
    reading.discard(); // the message may stay open for hours
  }, pageLifetimeMs);
  const answer = await vscode.window.showInformationMessage(text, continueLabel);
  clearTimeout(expiry);
  if (answer === continueLabel) {
    await runAction(services, 'Continued reading', () =>
      reading.canContinue ? readAndPlan(services, plan, reading) : planMatching(services, plan),
    );
  }
}

async function planImages(
  services: ReviewServices,
  plan: MatchingPlan,
  read: ReadImages,
  areContentsRead: boolean,
): Promise<void> {
  const { noMatchText, notices = [], repositories } = plan;
  const criteria = await withReferences(services, plan);
  if (criteria === undefined) {
    return;
  }
  const selections = read.inventories.map((inventory) => ({
    inventory,
    ...selectImages(inventory, criteria, services.now()),
  }));
  const contents = areContentsRead ? 'read' : await readContents(services, selections.flatMap(mayMatch));
  if (contents === undefined) {
    return;
  }
  if (contents === 'read' && !areContentsRead) {
    // What was read changes which images stand for themselves.
    await readAndPlan(services, plan, new ImageReading(services, repositories), true);
    return;
  }
  const matching = selections.filter(({ selected }) => selected.length > 0);
  const protectedImages = selections.flatMap((selection) => selection.protectedImages);
  if (matching.length === 0) {
    void vscode.window.showInformationMessage(noMatchText(protectedImages.length));
    return;
  }
  await openReview(
    services,
    matching.flatMap(({ inventory: { repository }, selected }) =>
      selected.map((image) => ({ repository, image })),
    ),
    {
      scope: 'matching',
      areContentsRead: true,
      criteria,
      activeFrom: read.activeFrom,
      inventories: matching.map(({ inventory }) => inventory),
      notices: [
        ...notices,
        ...newestNotices(selections),
        ...excludedImagesNotices(protectedImages),
        ...unreadNotices(read.unread),
      ],
    },
  );
}

/**
 * Whether to plan what was read. A repository that cannot be listed completely can be left out if there are others.
 *
 * @throws {HubError} The only repository could not be read.
 */
async function checkRead(
  services: Pick<ReviewServices, 'log'>,
  { unread }: Inventories,
  count: number,
): Promise<RefusedPlanAnswer | 'complete'> {
  const [first] = unread;
  if (first === undefined) {
    return 'complete';
  }
  if (count === 1 && !(first.error instanceof IncompleteInventoryError)) {
    throw first.error;
  }
  const { askAboutUnread } = await import('./refusedPlan');
  return askAboutUnread(services, unread, count);
}

function readingText(repositories: readonly RepositoryRef[]): string {
  const [only, another] = repositories;
  return only !== undefined && another === undefined
    ? l10n.t('Reading all images in {0}', formatRepository(only))
    : l10n.t('Reading all images in {0} repositories', numberText(repositories.length));
}

function newestNotices(selections: readonly ImageSelection[]): readonly Notice[] {
  const count = selections.reduce((sum, { retained }) => sum + retained.length, 0);
  const text =
    count === 1
      ? l10n.t('1 matching image is kept because it is among the newest.')
      : l10n.t('{0} matching images are kept because they are among the newest.', numberText(count));
  return count === 0 ? [] : [{ severity: 'info', text }];
}

function unreadNotices(unread: readonly UnreadRepository[]): readonly Notice[] {
  if (unread.length === 0) {
    return [];
  }
  const named = unread.slice(0, namedLimit).map(({ repository }) => formatRepository(repository));
  const more = unread.length - named.length;
  const list = more > 0 ? l10n.t('{0} and {1} more', named.join(', '), numberText(more)) : named.join(', ');
  return [
    { severity: 'warning', text: l10n.t('Left out because they could not be read completely: {0}.', list) },
  ];
}
