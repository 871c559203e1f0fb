import * as l10n from '@vscode/l10n';
import { shortDigest } from '../hub/digest';
import { imageLabel } from '../texts/imageLabel';
import type { Image, ImagesSummary } from '../hub/model';
import { formatRepository } from '../hub/names';
import type { ActivityStep } from '../hub/overview/activityHistogram';
import { biggestImages, oldestImages } from '../hub/overview/extremes';
import { activityDetail, activityText } from '../texts/activity';
import { paceText } from '../texts/pace';
import { failureText, leftText, outdatedText, statusText } from './texts';
import type {
  FiguresMessage,
  ImageRow,
  Notice,
  OverviewPhase,
  ReadingProgress,
  StateMessage,
} from './protocol';
import type { OverviewContents, OverviewEvent, RepositoryOverview } from './repositoryOverview';
import { sizeText } from '../texts/sizes';

/** Images named in each of the two lists. */
const namedImages = 10;

export type OverviewView = Pick<
  RepositoryOverview,
  'repository' | 'event' | 'summary' | 'progress' | 'isOutdated' | 'isLeft'
>;

export interface OverviewContext {
  readonly isSandbox: boolean;
  /** Words for an error, and what to do about it. */
  readonly describe: (error: unknown) => string;
}

export function overviewTitle({ repository }: Pick<OverviewView, 'repository'>): string {
  return l10n.t('Overview: {0}', formatRepository(repository));
}

export function stateMessage(overview: OverviewView, context: OverviewContext): StateMessage {
  const { summary, event, isLeft } = overview;
  return {
    type: 'state',
    title: overviewTitle(overview),
    phase: isLeft ? 'left' : phaseOf(event),
    status: isLeft ? leftText() : statusText(event),
    isSandbox: context.isSandbox,
    counts: summary === undefined ? null : countsOf(summary),
    progress: progressOf(overview),
    notices: noticesOf(overview, context),
  };
}

/** @param now The server's time. */
export function figuresMessage({ inventory, histogram }: OverviewContents, now: Date): FiguresMessage {
  const { unit, bins, steps, unknown, pullsUnknown, future } = histogram;
  const biggest = biggestImages(inventory.images, namedImages);
  const oldest = oldestImages(inventory.images, namedImages);
  return {
    type: 'figures',
    activeFrom: histogram.activeFrom.toISOString(),
    readAt: histogram.now.toISOString(),
    unit,
    bins: bins.map(({ from, to, tagged, untagged }) => ({
      from: from.toISOString(),
      to: to.toISOString(),
      tagged,
      untagged,
    })),
    steps: steps.map(stepMessage),
    unknown,
    pullsUnknown: pullsUnknown.map(stepMessage),
    future,
    undetermined: inventory.images.filter(({ doubt }) => doubt === 'undetermined').length,
    biggest: biggest.length === 0 ? null : biggest.map((image) => imageRow(image, now)),
    oldest: oldest.map((image) => imageRow(image, now)),
  };
}

function countsOf(summary: ImagesSummary): StateMessage['counts'] {
  const { total, active, inactive, unknown = null, undetermined = 0 } = summary;
  return { total, active, inactive, unknown, undetermined };
}

function stepMessage({ at, tagged, untagged }: ActivityStep): FiguresMessage['steps'][number] {
  return { at: at.toISOString(), tagged, untagged };
}

function phaseOf({ kind }: OverviewEvent): OverviewPhase {
  switch (kind) {
    case 'reading':
    case 'cancelled':
    case 'failed':
    case 'planning':
      return kind;
    case 'read':
    case 'planned':
    case 'planCancelled':
    case 'planFailed':
      return 'ready';
  }
}

function progressOf({ progress }: OverviewView): ReadingProgress | null {
  return progress === undefined
    ? null
    : { done: progress.done, total: progress.total ?? null, pace: paceText(progress.pace) ?? null };
}

function noticesOf(
  { event, isOutdated, isLeft }: OverviewView,
  { describe }: OverviewContext,
): readonly Notice[] {
  if (isLeft) {
    return [{ severity: 'warning', text: leftText() }];
  }
  return [
    ...('error' in event
      ? [{ severity: 'error' as const, text: failureText(event, describe(event.error)) }]
      : []),
    ...(isOutdated && event.kind !== 'reading'
      ? [{ severity: 'warning' as const, text: outdatedText() }]
      : []),
  ];
}

function imageRow(image: Image, now: Date): ImageRow {
  return {
    label: imageLabel(image),
    digest: image.digest,
    shortDigest: shortDigest(image.digest),
    size: image.sizeBytes === undefined ? null : sizeText(image.sizeBytes),
    activity: activityText(image, now),
    activityDetail: activityDetail(image),
  };
}
