import { mustType } from '../../../src/hub/deletion/confirmation';
import type { DeletionFlow } from '../../../src/hub/deletion/deletionFlow';
import type { ImageOutcome } from '../../../src/hub/deletion/outcome';
import { hasUnknown } from '../../../src/hub/deletion/summary';
import { isCancelled } from '../../../src/hub/errors';
import { formatRepository } from '../../../src/hub/names';
import { historyMarkdown } from '../../../src/history/documents/historyMarkdown';
import { historyText } from '../../../src/history/documents/historyText';
import type { RecordedRun } from '../../../src/journal/runHistory';
import { Places } from '../../../src/review/places';
import type { ReviewRow, StateMessage } from '../../../src/review/protocol';
import { rowsMessage, stateMessage } from '../../../src/review/reviewMessages';
import { RowView } from '../../../src/review/rowView';
import { confirmationText } from '../../../src/review/texts/confirmation';
import { describeError } from '../../../src/texts/errors';
import { recordedRun } from './recordedRun';
import { owner, type Stage } from './stage';

/** What is true at the end of a cell, which its texts are checked against. */
export interface CellFacts {
  /** Number of images that the deletion was asked for. */
  readonly planned: number;
  /** Outcomes of all of them; empty if nothing was deleted. */
  readonly outcomes: readonly ImageOutcome[];
  /** Whether the outcome of any image is unknown, collateral included. */
  readonly hasUnknown: boolean;
  /** Whether all outcomes were written to the journal. */
  readonly isRecorded: boolean;
  /** Results that were shown before the images were listed again; there must be none. */
  readonly earlyResults: number;
  /** What must not be in any text. */
  readonly secrets: readonly string[];
}

/** Everything that a person can read at the end of one cell of the fault table. */
export interface CellTexts {
  readonly facts: CellFacts;
  /** Of a failed reading; `undefined` if it succeeded or was canceled. */
  readonly notification: string | undefined;
  /** `undefined` if there was no review. */
  readonly panel: { readonly state: StateMessage; readonly rows: readonly ReviewRow[] } | undefined;
  /** The last one that was shown; `undefined` if there was none. */
  readonly confirmation:
    { readonly message: string; readonly detail: string; readonly isTyped: boolean } | undefined;
  /** The deletion history, as it is shown and as it is exported; `undefined` if nothing was recorded. */
  readonly history: { readonly shown: string; readonly markdown: string } | undefined;
}

/** Collects the texts of a cell that has been played. */
export async function cellTexts(stage: Stage): Promise<CellTexts> {
  const { flow, confirmation } = stage;
  return {
    facts: factsOf(stage),
    notification: notificationOf(stage.readingError),
    panel: flow && panelOf(stage, flow),
    confirmation: confirmation && {
      ...confirmationText(confirmation),
      isTyped: mustType(confirmation, { images: 25, isForActiveOrTagged: true }),
    },
    history: await historyOf(stage),
  };
}

function factsOf({ flow, earlyResults, issuedTokens, sandbox }: Stage): CellFacts {
  const summary = flow?.summary;
  const sent = sandbox.exchanges.map(({ requestHeaders }) => requestHeaders.authorization ?? '');
  return {
    planned: flow === undefined ? 0 : flow.review.counts.images + flow.settled.length,
    outcomes: Object.entries(summary?.images ?? {}).flatMap(([outcome, count]) =>
      Array.from({ length: count }, () => outcome as ImageOutcome),
    ), // the keys are those of the record
    hasUnknown: summary !== undefined && hasUnknown(summary),
    isRecorded: flow?.lastEvent.kind !== 'notWritten',
    earlyResults,
    secrets: [owner.password, ...issuedTokens, ...sent.map((header) => header.replace(/^\w+ /, ''))].filter(
      Boolean,
    ),
  };
}

function notificationOf(error: unknown): string | undefined {
  if (error === undefined || isCancelled(error)) {
    return undefined;
  }
  return describeError(error);
}

function panelOf(stage: Stage, flow: DeletionFlow): CellTexts['panel'] {
  const view = new RowView(flow);
  const context = {
    flow,
    repositories: [...new Set(flow.review.plan.images.map(({ repository }) => formatRepository(repository)))],
    view,
    isSandbox: false,
    places: new Places(),
    planNotices: [],
    now: () => stage.http.serverNow(),
  };
  const moment = { revision: 1, decisionCount: 0, pace: undefined, pause: undefined, remark: undefined };
  return {
    state: stateMessage(context, moment),
    rows: rowsMessage(context, 1, 0, view.rows(0, view.shown.count)).rows,
  };
}

async function historyOf({ journal, http }: Stage): Promise<CellTexts['history']> {
  const runs = journal.runs.map(recordedRun);
  const now = http.serverNow();
  return runs.length === 0
    ? undefined
    : {
        shown: await historyText(each(runs), { folder: '/storage/deletions', now }),
        markdown: historyMarkdown(runs, now),
      };
}

async function* each(runs: readonly RecordedRun[]): AsyncGenerator<RecordedRun, void, void> {
  await Promise.resolve();
  yield* runs;
}
