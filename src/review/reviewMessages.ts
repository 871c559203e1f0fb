import type { DeletionFlow } from '../hub/deletion/deletionFlow';
import { latestTagsOf } from '../hub/deletion/latestTags';
import type { CodeReference } from '../hub/codeReferences';
import { placesOf } from '../hub/imageReferences';
import type { ReviewedWarning, ReviewEntry } from '../hub/deletion/reviewEntry';
import { imageCount, notDeletedCount } from '../hub/deletion/summary';
import { holdOf } from '../hub/deletionAnswer';
import { shortDigest } from '../hub/digest';
import type { HubPause } from '../hub/http/requestPolicy';
import { formatRepository } from '../hub/names';
import { activityDetail, activityText } from '../texts/activity';
import { sortedNaturally } from '../texts/formats';
import { tagsLabel } from '../texts/imageLabel';
import { pauseCountdownText, pauseText } from '../texts/pauses';
import type { Places } from './places';
import type {
  Notice,
  Pause,
  ReferenceGroup,
  References,
  ReviewResult,
  ReviewRow,
  RowWarning,
  RowsMessage,
  StateMessage,
} from './protocol';
import {
  blockerText,
  collateralItem,
  collateralText,
  panelTitle,
  progressText,
  removedSizeText,
  statusText,
  warningText,
} from './texts/review';
import { extentText, groupText, searchText, usedText, useText } from './texts/references';
import { attemptText, noticesOf, outcomeText, resultActions } from './texts/result';
import type { Row, RowAttempt } from './rowMatch';
import { rowParts } from './rowParts';
import { rowTags } from './rowTags';
import type { RowView } from './rowView';

export interface ReviewContext {
  readonly flow: DeletionFlow;
  /** `namespace/name` of each repository in the plan, once. */
  readonly repositories: readonly string[];
  readonly view: RowView;
  readonly places: Places;
  readonly isSandbox: boolean;
  /** About the plan as a whole, such as images that were left out of it. */
  readonly planNotices: readonly Notice[];
  readonly now: () => Date;
}

/** What is true of the moment only. */
export interface Moment {
  readonly revision: number;
  readonly decisionCount: number;
  /** How fast the work goes on, in words. */
  readonly pace: string | undefined;
  /** What the requests are waiting for. */
  readonly pause: { readonly reason: HubPause['reason']; readonly seconds: number } | undefined;
  /** Said instead of what last happened to the plan. */
  readonly remark: string | undefined;
}

/** Asks for nothing that grows with the plan: while a dry run goes on, this is sent many times a second. */
export function stateMessage(
  context: ReviewContext,
  { revision, decisionCount, pace, pause, remark }: Moment,
): StateMessage {
  const { flow, repositories } = context;
  const { counts } = flow.review;
  return {
    type: 'state',
    revision,
    findingsRevision: flow.review.findingsRevision,
    decisionCount,
    title: panelTitle(repositories),
    phase: flow.phase,
    status: remark ?? statusText(flow.lastEvent, flow),
    activeFrom: flow.review.plan.activeFrom.toISOString(),
    isSandbox: context.isSandbox,
    hasManyRepositories: repositories.length > 1,
    imageCount: counts.images,
    rowCount: counts.images + flow.settled.length,
    shown: context.view.shown,
    uncheckedCount: counts.unchecked,
    blockedCount: counts.blocked,
    warnings: counts.acceptances,
    canDelete: flow.canDelete,
    canRepeatDryRun: flow.canRepeatDryRun,
    leftToCheck: flow.canContinueDryRun ? flow.leftToCheck : null,
    canCancel: flow.canCancel,
    progress: flow.progress === undefined ? null : { ...flow.progress, pace: pace ?? null },
    pause: pause === undefined || !flow.canCancel ? null : pauseOf(flow, pause),
    notices: noticesOf(flow, context.planNotices),
    references: referencesOf(context),
    result: resultOf(flow),
    actions: [...resultActions(flow)],
  };
}

function pauseOf(flow: DeletionFlow, { reason, seconds }: NonNullable<Moment['pause']>): Pause {
  const { phase, progress } = flow;
  return {
    done: progress === undefined ? null : progressText(phase, progress),
    countdown: pauseCountdownText(reason, seconds),
    reason: pauseText(reason),
  };
}

export function rowsMessage(
  context: ReviewContext,
  revision: number,
  first: number,
  rows: readonly Row[],
): RowsMessage {
  const { number, count: rowCount } = context.view.shown;
  return {
    type: 'rows',
    revision,
    viewNumber: number,
    rowCount,
    first,
    rows: rows.map((row) => reviewRow(row, context)),
  };
}

function reviewRow(
  { entry, outcome, attempt }: Row,
  { flow: { review }, places, now: clock }: ReviewContext,
): ReviewRow {
  const now = clock();
  const { repository, image } = entry.planned;
  return {
    id: entry.key,
    repository: formatRepository(repository),
    label: tagsLabel(latestTagsOf(entry), image),
    digest: image.digest,
    shortDigest: shortDigest(image.digest),
    ...rowTags(entry, outcome === undefined, review),
    status: image.status,
    activity: activityText(image, now),
    activityDetail: activityDetail(image),
    parts: rowParts(entry, review, now),
    isChecked: entry.isChecked,
    findingsRevision: entry.findingsRevision,
    warnings: [...entry.warnings.map(rowWarning), ...rowCollateral(entry), ...rowReferenced(entry, places)],
    blockers: entry.blockers.map((blocker) => ({ kind: blocker.error, text: blockerText(blocker) })),
    attempt: attempt === undefined ? null : rowAttempt(attempt),
    outcome: outcome === undefined ? null : { kind: outcome, text: outcomeText(outcome) },
  };
}

function rowAttempt(attempt: RowAttempt): NonNullable<ReviewRow['attempt']> {
  const { outcome, refusal } = attempt;
  return { kind: (refusal && holdOf(refusal)) ?? outcome, text: attemptText(attempt) };
}

function rowWarning({ warning, isAccepted, isNew }: ReviewedWarning): RowWarning {
  const text = warningText(warning.warning);
  const tags = [...sortedNaturally(warning.tags ?? [])];
  return { kind: warning.warning, text, tags, ...noPlaces(), isAccepted, isNew };
}

function rowCollateral({ collateral }: ReviewEntry): readonly RowWarning[] {
  if (collateral === undefined) {
    return [];
  }
  const { collateral: found, isAccepted, isNew } = collateral;
  const text = collateralText(found);
  const tags = found.kind === 'known' ? found.images.map(collateralItem) : [];
  return [{ kind: 'collateral', text, tags, ...noPlaces(), isAccepted, isNew }];
}

function rowReferenced({ referenced }: ReviewEntry, places: Places): readonly RowWarning[] {
  if (referenced === undefined) {
    return [];
  }
  const { uses, isAccepted, isNew } = referenced;
  const lines = places.list(uses, ({ reference }) => reference, useText);
  return [{ kind: 'referenced', text: usedText(), tags: [], ...lines, isAccepted, isNew }];
}

function noPlaces(): Pick<RowWarning, 'places' | 'morePlaces'> {
  return { places: [], morePlaces: 0 };
}

function referencesOf({ flow, places }: ReviewContext): References | null {
  const { state } = flow.references;
  return state.kind === 'off'
    ? null
    : {
        state: state.kind,
        text: searchText(state, flow.review.counts.acceptances.referenced.total),
        extent: state.kind === 'searched' ? extentText(state.found.report) : null,
        groups: [...referenceGroups(flow, places)],
      };
}

function referenceGroups({ review }: DeletionFlow, places: Places): readonly ReferenceGroup[] {
  const { possible, mentions } = review.references.others;
  return (['possible', 'produced', 'documentation', 'tooling'] as const).flatMap((kind) => {
    const references = kind === 'possible' ? possible : mentions.filter((mention) => mention.kind === kind);
    const text = groupText(kind, placesOf(references).lines);
    const detailOf = (reference: CodeReference) => useText({ reference });
    return references.length === 0
      ? []
      : [{ kind, text, ...places.list(references, (reference) => reference, detailOf) }];
  });
}

function resultOf(flow: DeletionFlow): ReviewResult | null {
  const { summary, settlement } = flow;
  if (summary === undefined) {
    return null;
  }
  const { images, collateral, reported } = summary;
  const { removedBytes } = settlement;
  return {
    deleted: images.deleted,
    alreadyGone: images.alreadyGone,
    notDeleted: notDeletedCount(summary),
    unknown: images.unconfirmed,
    deletedAlong: collateral.gone + summary.unexpected,
    unknownAlong: collateral.unconfirmed,
    isAnySent: images.notSent < imageCount(summary),
    reported: reported ?? null,
    size: removedBytes === undefined ? null : removedSizeText(removedBytes),
  };
}
