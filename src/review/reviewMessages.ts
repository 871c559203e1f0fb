import type { DeletionFlow } from '../hub/deletion/deletionFlow';
import type { SettledEntry } from '../hub/deletion/settlement';
import { imageOutcomes, type ImageOutcome } from '../hub/deletion/outcome';
import type { ReviewedWarning, ReviewEntry } from '../hub/deletion/review';
import { removedSizeBytes } from '../hub/deletion/removedSize';
import { shortDigest } from '../hub/digest';
import { imageLabel } from '../hub/imageLabel';
import { currentTags, historicalTags } from '../hub/model';
import { formatRepository } from '../hub/names';
import { activityDetail, activityPhrase } from '../util/activityText';
import type { Notice, ReviewResult, ReviewRow, RowWarning, RowsMessage, StateMessage } from './protocol';
import {
  blockerText,
  collateralItem,
  collateralText,
  noticesOf,
  outcomeText,
  panelTitle,
  removedSizeText,
  statusText,
  warningText,
} from './reviewText';
import { rowParts } from './rowParts';

export interface ReviewContext {
  readonly flow: DeletionFlow;
  readonly isSandbox: boolean;
  /** About the plan as a whole, such as images that were left out of it. */
  readonly planNotices: readonly Notice[];
  readonly now: () => Date;
}

export function stateMessage(context: ReviewContext, revision: number): StateMessage {
  const { flow } = context;
  const { plan, counts } = { plan: flow.review.plan, counts: flow.review.counts };
  const repositories = [...new Set(plan.images.map(({ repository }) => formatRepository(repository)))];
  return {
    type: 'state',
    revision,
    title: panelTitle(repositories),
    phase: flow.phase,
    status: statusText(flow.lastEvent, flow),
    activeFrom: plan.activeFrom.toISOString(),
    isSandbox: context.isSandbox,
    hasManyRepositories: repositories.length > 1,
    imageCount: counts.images,
    rowCount: counts.images + flow.settled.length,
    uncheckedCount: counts.unchecked,
    blockedCount: counts.blocked,
    warnings: counts.acceptances,
    canDelete: flow.canDelete,
    canRepeatDryRun: flow.canRepeatDryRun,
    canCancel: flow.canCancel,
    progress: flow.progress ?? null,
    notices: noticesOf(flow, context.planNotices),
    result: resultOf(flow),
  };
}

/** Rows of the plan first, then those that have an outcome. */
export function rowsMessage(
  context: ReviewContext,
  revision: number,
  first: number,
  count: number,
): RowsMessage {
  const rows: readonly (ReviewEntry | SettledEntry)[] = [
    ...context.flow.review.entries,
    ...context.flow.settled,
  ];
  return {
    type: 'rows',
    revision,
    rowCount: rows.length,
    first,
    rows: rows
      .slice(first, first + count)
      .map((row) =>
        'entry' in row ? reviewRow(row.entry, row.outcome, context) : reviewRow(row, null, context),
      ),
  };
}

function reviewRow(
  entry: ReviewEntry,
  outcome: ImageOutcome | null,
  { flow: { review }, now: clock }: ReviewContext,
): ReviewRow {
  const now = clock();
  const { repository, image } = entry.planned;
  return {
    id: entry.key,
    repository: formatRepository(repository),
    label: imageLabel(image),
    digest: image.digest,
    shortDigest: shortDigest(image.digest),
    currentTags: currentTags(image),
    historicalTags: historicalTags(image),
    status: image.status,
    activity: activityPhrase(image, now),
    activityDetail: activityDetail(image),
    parts: rowParts(entry, review, now),
    isChecked: entry.isChecked,
    warnings: [...entry.warnings.map(rowWarning), ...rowCollateral(entry)],
    blockers: entry.blockers.map(({ error }) => ({ kind: error, text: blockerText(error) })),
    outcome: outcome === null ? null : { kind: outcome, text: outcomeText(outcome) },
  };
}

function rowWarning({ warning, isAccepted, isNew }: ReviewedWarning): RowWarning {
  const text = warningText(warning.warning);
  return { kind: warning.warning, text, tags: warning.tags ?? [], isAccepted, isNew };
}

function rowCollateral({ collateral }: ReviewEntry): readonly RowWarning[] {
  if (collateral === undefined) {
    return [];
  }
  const { collateral: fallen, isAccepted, isNew } = collateral;
  const text = collateralText(fallen);
  const tags = fallen.kind === 'known' ? fallen.images.map(collateralItem) : [];
  return [{ kind: 'collateral', text, tags, isAccepted, isNew }];
}

function resultOf(flow: DeletionFlow): ReviewResult | null {
  if (flow.metrics === undefined) {
    return null;
  }
  const count = (outcome: ImageOutcome) =>
    flow.settled.filter((settled) => settled.outcome === outcome).length +
    (outcome === 'notSent' ? flow.review.counts.images : 0);
  const outcomes = Object.fromEntries(imageOutcomes.map((outcome) => [outcome, count(outcome)]));
  const removedBytes = removedSizeBytes(flow);
  return {
    ...flow.metrics,
    size: removedBytes === undefined ? null : removedSizeText(removedBytes),
    outcomes: outcomes as ReviewResult['outcomes'], // fromEntries forgets that every outcome is among the keys
  };
}
