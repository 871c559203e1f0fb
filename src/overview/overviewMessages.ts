import prettyBytes from 'pretty-bytes';
import { shortDigest } from '../hub/digest';
import { imageLabel } from '../hub/imageLabel';
import type { Image } from '../hub/model';
import { formatRepository } from '../hub/names';
import { biggestImages, oldestImages } from '../hub/overview/extremes';
import { activityDetail, activityPhrase } from '../util/activityText';
import { paceText } from '../util/pace';
import type { Translate } from '../util/translate';
import { failureText, leftText, outdatedText, statusText } from './overviewText';
import type {
  FiguresMessage,
  ImageRow,
  Notice,
  OverviewPhase,
  ReadingProgress,
  StateMessage,
} from './protocol';
import type { OverviewContents, OverviewEvent, RepositoryOverview } from './repositoryOverview';

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
  readonly t: Translate;
}

export function overviewTitle({ repository }: Pick<OverviewView, 'repository'>, t: Translate): string {
  return t('Overview: {0}', formatRepository(repository));
}

export function stateMessage(overview: OverviewView, context: OverviewContext): StateMessage {
  const { summary, event, isLeft } = overview;
  return {
    type: 'state',
    title: overviewTitle(overview, context.t),
    phase: isLeft ? 'left' : phaseOf(event),
    status: isLeft ? leftText(context.t) : statusText(event, context.t),
    isSandbox: context.isSandbox,
    counts:
      summary === undefined
        ? null
        : { total: summary.total, active: summary.active, inactive: summary.inactive },
    progress: progressOf(overview, context.t),
    notices: noticesOf(overview, context),
  };
}

/** @param now The server's time. */
export function figuresMessage({ inventory, histogram }: OverviewContents, now: Date): FiguresMessage {
  const { unit, bins, steps, unknown, future } = histogram;
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
    steps: steps.map(({ at, tagged, untagged }) => ({ at: at.toISOString(), tagged, untagged })),
    unknown,
    future,
    biggest: biggest.length === 0 ? null : biggest.map((image) => imageRow(image, now)),
    oldest: oldest.map((image) => imageRow(image, now)),
  };
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

function progressOf({ progress }: OverviewView, t: Translate): ReadingProgress | null {
  return progress === undefined
    ? null
    : { done: progress.done, total: progress.total ?? null, pace: paceText(progress.pace, t) ?? null };
}

function noticesOf(
  { event, isOutdated, isLeft }: OverviewView,
  { describe, t }: OverviewContext,
): readonly Notice[] {
  if (isLeft) {
    return [{ severity: 'warning', text: leftText(t) }];
  }
  return [
    ...('error' in event
      ? [{ severity: 'error' as const, text: failureText(event, describe(event.error), t) }]
      : []),
    ...(isOutdated && event.kind !== 'reading'
      ? [{ severity: 'warning' as const, text: outdatedText(t) }]
      : []),
  ];
}

function imageRow(image: Image, now: Date): ImageRow {
  return {
    label: imageLabel(image),
    digest: image.digest,
    shortDigest: shortDigest(image.digest),
    size: image.sizeBytes === undefined ? null : prettyBytes(image.sizeBytes, { locale: 'en' }),
    activity: activityPhrase(image, now),
    activityDetail: activityDetail(image),
  };
}
