import * as vscode from 'vscode';
import { type ImageSelection, selectImages, type SelectionCriteria } from '../hub/deletion/imageSelection';
import { IncompleteInventoryError } from '../hub/listing/inventory';
import { pageLifetimeMs } from '../hub/listing/pageCache';
import { formatRepository, type RepositoryRef } from '../hub/names';
import { runAction } from '../interaction/action';
import { readWithProgress } from '../interaction/progress';
import { describeError } from '../util/describeError';
import type { Notice } from '../webview/messageParts';
import { doubtNotices } from './excludedImagesNotices';
import { ImageReading, type ReadImages } from './imageReading';
import { incompleteInventoryText } from './incompleteInventoryText';
import { openReview, type ReviewServices } from './openReview';
import type { Inventories, UnreadRepository } from './readInventories';

export interface MatchingPlan {
  /** At least one. */
  readonly repositories: readonly RepositoryRef[];
  readonly criteria: SelectionCriteria;
  /** What is said where no image matches, and so many only perhaps. */
  readonly nothingText: (protectedCount: number) => string;
  /** About the plan as a whole. */
  readonly notices?: readonly Notice[];
}

/** Repositories that are named one by one; the rest are counted. */
const namedLimit = 10;

/** Reads every image of the repositories, plans the deletion of those that match beyond doubt, and opens the review. */
export async function planMatching(services: ReviewServices, plan: MatchingPlan): Promise<void> {
  await readAndPlan(services, plan, new ImageReading(services, plan.repositories));
}

async function readAndPlan(
  services: ReviewServices,
  plan: MatchingPlan,
  reading: ImageReading,
): Promise<void> {
  const read = await readWithProgress(readingText(plan.repositories), (signal, report) =>
    reading.read(signal, report),
  );
  if (read === undefined) {
    void offerToContinue(services, plan, reading); // what is done then is counted by itself
  } else if (await isUsable(read, plan.repositories.length)) {
    await planRead(services, plan, read);
  }
}

async function offerToContinue(
  services: ReviewServices,
  plan: MatchingPlan,
  reading: ImageReading,
): Promise<void> {
  if (!reading.canContinue) {
    return; // nothing to go on from
  }
  const { done, total } = reading.progress;
  const text = vscode.l10n.t(
    '{0} was cancelled: {1} of {2} images were read. Nothing was planned.',
    readingText(plan.repositories),
    done.toLocaleString('en'),
    total.toLocaleString('en'),
  );
  const goOn = vscode.l10n.t('Continue');
  const ageing = setTimeout(() => {
    reading.forget(); // the message may stay for hours
  }, pageLifetimeMs);
  const answer = await vscode.window.showInformationMessage(text, goOn);
  clearTimeout(ageing);
  if (answer === goOn) {
    await runAction(services, 'Reading, continued', () =>
      reading.canContinue ? readAndPlan(services, plan, reading) : planMatching(services, plan),
    );
  }
}

async function planRead(
  services: ReviewServices,
  { criteria, nothingText, notices = [] }: MatchingPlan,
  read: ReadImages,
): Promise<void> {
  const selections = read.inventories.map((inventory) => ({
    inventory,
    ...selectImages(inventory, criteria, services.now()),
  }));
  const chosen = selections.filter(({ selected }) => selected.length > 0);
  const protectedImages = selections.flatMap((selection) => selection.protectedImages);
  if (chosen.length === 0) {
    void vscode.window.showInformationMessage(nothingText(protectedImages.length));
    return;
  }
  await openReview(
    services,
    chosen.flatMap(({ inventory: { repository }, selected }) =>
      selected.map((image) => ({ repository, image })),
    ),
    {
      scope: 'matching',
      activeFrom: read.activeFrom,
      inventories: chosen.map(({ inventory }) => inventory),
      notices: [
        ...notices,
        ...keptNotice(selections),
        ...doubtNotices(protectedImages),
        ...unreadNotice(read.unread),
      ],
    },
  );
}

/** A single repository that cannot be listed in full is not planned at all; one of several can be left out. */
async function isUsable({ unread }: Inventories, count: number): Promise<boolean> {
  const [first] = unread;
  if (first === undefined) {
    return true;
  }
  if (count > 1) {
    return isWithoutThem(unread, count);
  }
  if (!(first.error instanceof IncompleteInventoryError)) {
    throw first.error;
  }
  await vscode.window.showErrorMessage(
    vscode.l10n.t(
      'Nothing was planned: the list of images in {0} cannot be trusted.',
      formatRepository(first.repository),
    ),
    { modal: true, detail: incompleteInventoryText(first.error) },
  );
  return false;
}

async function isWithoutThem(unread: readonly UnreadRepository[], count: number): Promise<boolean> {
  const goOn = vscode.l10n.t('Go On Without Them');
  const reasons = unread
    .slice(0, namedLimit)
    .map(({ repository, error }) => `${formatRepository(repository)}: ${reasonText(error)}`);
  const more = unread.length - reasons.length;
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} of {1} repositories cannot be read in full.', unread.length, count),
    {
      modal: true,
      detail: [...reasons, ...(more > 0 ? [vscode.l10n.t('… and {0} more', more)] : [])].join('\n\n'),
    },
    ...(unread.length < count ? [goOn] : []),
  );
  return answer === goOn;
}

function reasonText(error: Error): string {
  return error instanceof IncompleteInventoryError ? incompleteInventoryText(error) : describeError(error);
}

function readingText(repositories: readonly RepositoryRef[]): string {
  const [only, another] = repositories;
  return only !== undefined && another === undefined
    ? vscode.l10n.t('Reading every image of {0}', formatRepository(only))
    : vscode.l10n.t('Reading every image of {0} repositories', repositories.length.toLocaleString('en'));
}

function keptNotice(selections: readonly ImageSelection[]): readonly Notice[] {
  const kept = selections.reduce((sum, { retainedCount }) => sum + retainedCount, 0);
  const text =
    kept === 1
      ? vscode.l10n.t('1 image matches and stays for being the newest.')
      : vscode.l10n.t('{0} images match and stay for being the newest.', kept.toLocaleString('en'));
  return kept === 0 ? [] : [{ severity: 'info', text }];
}

function unreadNotice(unread: readonly UnreadRepository[]): readonly Notice[] {
  if (unread.length === 0) {
    return [];
  }
  const named = unread.slice(0, namedLimit).map(({ repository }) => formatRepository(repository));
  const more = unread.length - named.length;
  const list = more > 0 ? vscode.l10n.t('{0} and {1} more', named.join(', '), more) : named.join(', ');
  return [
    { severity: 'warning', text: vscode.l10n.t('Left out, for they cannot be read in full: {0}.', list) },
  ];
}
