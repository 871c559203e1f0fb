/**
 * Messages between the extension and the review of a deletion, which runs in a webview. The extension owns the truth:
 * the webview shows a window of rows it asks for and returns what the person decided, by id.
 *
 * - On `ready` the extension sends `state`. The webview then asks for the rows it shows, and again after each `state`
 *   with a greater revision.
 * - Every `rowsRequested` is answered by one `rows`, with the rows and the revision of that moment; the webview has
 *   one request under way at a time.
 * - Every decision is followed by a `state` with a greater revision, even if nothing came of it. A decision on one warning or
 *   on all of a kind is shown as the person left it until a `state` whose `decisionCount` includes it.
 * - Which rows there are, and in which order, is the view's matter. The extension keeps the view, so it outlives a
 *   hidden tab, and answers every `viewChanged` by a `state`. Rows are matched when the view is chosen, and again when
 *   a dry run or a deletion has ended. A row whose image is decided about stays where it is, though it may not match any
 *   more, so that nothing moves under the pointer; only a removed image leaves the list.
 * - What is decided about all rows shown is acted upon only while these are the rows that the webview was sent.
 * - An acceptance names the revision of the findings that the person saw: of the row, or of all findings where it is for more
 *   than one row. If it is not the current one, or if the webview was not sent it, nothing is accepted, the status says so, and
 *   the rows are sent again. A withdrawal always counts.
 *
 * The types are inferred from the schemas, which refuse every field that they do not name.
 */
import {
  array,
  boolean,
  check,
  entriesFromList,
  is,
  literal,
  maxLength,
  maxValue,
  minValue,
  nullable,
  picklist,
  pipe,
  strictObject,
  string,
  variant,
} from 'valibot';
import { count, instant, pageState, type ReadonlyOutput, readyMessage } from '../webview/messageParts';
import { place, placesLimit, reviewRow, rowId, warningKind, warningKinds } from './protocolRow';
import { reviewView } from './protocolView';

export type { Notice } from '../webview/messageParts';
export * from './protocolRow';
export * from './protocolView';

/** Most rows one request may ask for, and one answer may hold. */
export const rowsRequestLimit = 500;

/**
 * - `checking`: a dry run is under way
 * - `reviewing`: the person decides
 * - `confirming`: the final confirmation is open in a dialog
 * - `rechecking`: the last dry run, right before the deletion
 * - `deleting`: requests that delete are being sent
 * - `verifying`: the repository is listed again
 * - `finished`: every image has an outcome
 * - `failed`: the dry run could not be completed
 */
export type ReviewPhase = ReadonlyOutput<typeof reviewPhase>;
const reviewPhase = picklist([
  'checking',
  'reviewing',
  'confirming',
  'rechecking',
  'deleting',
  'verifying',
  'finished',
  'failed',
]);

/** Whether warnings can be accepted in this phase; acceptances that arrive in another come to nothing. */
export function canAccept(phase: ReviewPhase): boolean {
  return phase === 'reviewing';
}

/** Whether images can be removed from the plan in this phase. */
export function canRemove(phase: ReviewPhase): boolean {
  return phase === 'reviewing' || phase === 'failed';
}

/** How many of the images the current phase has dealt with. */
export type Progress = ReadonlyOutput<typeof progress>;
const progress = pipe(
  strictObject({
    done: count,
    total: count,
    /** `410 a second · 3 min left`; `null` while it would be a guess. */
    pace: nullable(string()),
  }),
  check(({ done, total }) => done <= total),
);

/** What the current phase waits for, with a countdown. */
export type Pause = ReadonlyOutput<typeof pause>;
const pause = strictObject({
  /** `24 of 60 deleted.`; `null` while nothing is counted yet. */
  done: nullable(string()),
  /** `Waiting for Docker Hub's rate limit, continues in 0:41`; another every second. */
  countdown: string(),
  /** The same without the countdown, for screen readers. */
  reason: string(),
});

/** How many warnings there are of each kind, and how many of them are accepted. */
const warningCounts = strictObject(
  entriesFromList(
    warningKinds,
    pipe(
      strictObject({ total: count, accepted: count }),
      check(({ total, accepted }) => accepted <= total),
    ),
  ),
);

/** What can be decided about all rows shown. */
export type ShownDecisions = ReadonlyOutput<typeof shownDecisions>;
const shownDecisions = strictObject({
  /** Those of them that are in the plan. */
  imageCount: count,
  warnings: warningCounts,
});

/** The rows of the view. */
export type ShownRows = ReadonlyOutput<typeof shownRows>;
const shownRows = pipe(
  strictObject({
    /** Grows whenever rows were matched anew; see {@link ShownRowsReference}. */
    number: count,
    view: reviewView,
    count,
    /** `null` where nothing can be decided about them together, or where they are the whole plan. */
    decidable: nullable(shownDecisions),
  }),
  check((rows) => rows.decidable === null || rows.decidable.imageCount <= rows.count),
);

/** What is known of the workspace beyond the rows. */
export type ReferenceGroup = ReadonlyOutput<typeof referenceGroup>;
const referenceGroup = strictObject({
  /** `possible` lines may use an image of the plan; the others name one for another purpose. */
  kind: picklist(['possible', 'produced', 'documentation', 'tooling']),
  /** What the lines are, and how many. */
  text: string(),
  places: pipe(array(place), maxLength(placesLimit)),
  morePlaces: count,
});

/** How far the search of the workspace for lines that use the images has come. */
export type References = ReadonlyOutput<typeof references>;
const references = strictObject({
  /** `skipped`: the person continued without it. */
  state: picklist(['searching', 'searched', 'skipped', 'failed']),
  /** In a sentence. */
  text: string(),
  /** What was searched and what was not, in sentences; `null` until it is known. */
  extent: nullable(string()),
  /** Without those of which there are none. */
  groups: array(referenceGroup),
});

/** What can be done about a failure or the result of a deletion, besides another dry run. */
export type ResultAction = (typeof resultActions)[number];
const resultActions = ['signIn', 'checkAgain', 'showHistory', 'showLog'] as const;

/** What became of the images of all deletions of the review. The first four numbers add up to the plan. */
export type ReviewResult = ReadonlyOutput<typeof reviewResult>;
const reviewResult = strictObject({
  deleted: count,
  alreadyGone: count,
  notDeleted: count,
  unknown: count,
  /** Images outside the plan. */
  deletedAlong: count,
  /** Images outside the plan that may have been deleted along. */
  unknownAlong: count,
  /** Whether any request that deletes was sent. */
  isAnySent: boolean(),
  /** What the server reported; `null` if the answer to any request is missing. */
  reported: nullable(
    strictObject({ manifestDeletes: count, manifestErrors: count, tagDeletes: count, tagErrors: count }),
  ),
  /** How much was removed, in a sentence; `null` where the server reports no sizes. */
  size: nullable(string()),
});

/** The whole panel but for the rows. Sent whenever any of it changes. */
export type StateMessage = ReadonlyOutput<typeof stateMessage>;
const stateMessage = strictObject({
  ...pageState.entries, // the title: `Delete images: namespace/repository`
  /** Grows with every change of a row; rows of an older revision are out of date. */
  revision: count,
  /** Of the findings of all images: increases when these change, but not with a decision on them. */
  findingsRevision: count,
  /** How many decisions on one warning or on all of a kind have arrived since the webview was ready. */
  decisionCount: count,
  phase: reviewPhase,
  /** Images with activity at or after it count as active. */
  activeFrom: instant,
  /** Whether images of several repositories are in the plan. */
  hasManyRepositories: boolean(),
  /** Images still in the plan: the N of `Delete N images`. */
  imageCount: count,
  /** Rows there are in all: images in the plan, and those that have left it with an outcome. */
  rowCount: count,
  /** Those of them that are shown. */
  shown: shownRows,
  /** Images no dry run has answered for. */
  uncheckedCount: count,
  /** Images with errors. */
  blockedCount: count,
  warnings: warningCounts,
  canDelete: boolean(),
  canRepeatDryRun: boolean(),
  /** Images that a dry run that broke off has left; `null` where none can be continued. */
  leftToCheck: nullable(count),
  /** Whether work is under way that can be given up. */
  canCancel: boolean(),
  progress: nullable(progress),
  /** `null` unless requests are waiting to be sent. */
  pause: nullable(pause),
  /** `null` if the workspace is not searched, because of a setting. */
  references: nullable(references),
  result: nullable(reviewResult),
  /** What can be done about the notices and the result. */
  actions: array(picklist(resultActions)),
});

/** Answer to {@link RowsRequestedMessage}. */
export type RowsMessage = ReadonlyOutput<typeof rowsMessage>;
const rowsMessage = strictObject({
  type: literal('rows'),
  revision: count,
  /** See {@link ShownRows.number}; rows of another number follow each other differently. */
  viewNumber: count,
  /** Rows of the view at this revision, in the document or not. */
  rowCount: count,
  /** Index of the first row, from 0. */
  first: count,
  /** Those of the requested rows that exist; none where the request begins after the last. */
  rows: pipe(array(reviewRow), maxLength(rowsRequestLimit)),
});

export type ToWebview = ReadonlyOutput<typeof toWebview>;
const toWebview = pipe(
  variant('type', [stateMessage, rowsMessage]),
  check((message) => (message.type === 'state' ? areShownWithinAll(message) : areRowsWithinShown(message))),
);

/** The webview shows these rows, or soon will. */
export type RowsRequestedMessage = ReadonlyOutput<typeof rowsRequestedMessage>;
const rowsRequestedMessage = strictObject({
  type: literal('rowsRequested'),
  /** Index of the first row, from 0; it may lie beyond the last where rows were removed meanwhile. */
  first: count,
  count: pipe(count, minValue(1), maxValue(rowsRequestLimit)),
});

/** The rows that a decision about all of them is meant for. Nothing comes of it where they are not these any more. */
export type ShownRowsReference = ReadonlyOutput<typeof shownRowsReference>;
const shownRowsReference = strictObject({
  /** {@link ShownRows.number} when the person decided. */
  viewNumber: count,
  /** {@link ShownDecisions.imageCount} at that moment: what the button said. */
  imageCount: count,
});

/** A button without an argument was pressed. */
export type ActionMessage = ReadonlyOutput<typeof actionMessage>;
const actionMessage = strictObject({
  type: literal('action'),
  action: picklist([
    'repeatDryRun',
    'continueDryRun',
    'skipReferences',
    'searchReferences',
    'delete',
    'cancel',
    'close',
    ...resultActions,
  ]),
});

export type FromWebview = ReadonlyOutput<typeof fromWebview>;
const fromWebview = variant('type', [
  readyMessage,
  rowsRequestedMessage,
  /** Other rows are to be shown, or in another order. The newest counts. */
  strictObject({ type: literal('viewChanged'), view: reviewView }),
  /** A warning of one image was accepted, or no longer is. */
  strictObject({
    type: literal('warningAccepted'),
    id: rowId,
    /** `findingsRevision` of the row that the person saw. */
    findingsRevision: count,
    kind: warningKind,
    isAccepted: boolean(),
  }),
  /** All warnings of a kind were accepted, shown or not, or no longer are. */
  strictObject({
    type: literal('allWarningsAccepted'),
    /** {@link StateMessage.findingsRevision} when the person decided. */
    findingsRevision: count,
    kind: warningKind,
    isAccepted: boolean(),
  }),
  /** All warnings of a kind were accepted in the rows of the view, or no longer are. */
  strictObject({
    type: literal('shownWarningsAccepted'),
    ...shownRowsReference.entries,
    /** As for `allWarningsAccepted`. */
    findingsRevision: count,
    kind: warningKind,
    isAccepted: boolean(),
  }),
  /** An image is to leave the plan. */
  strictObject({ type: literal('rowRemoved'), id: rowId }),
  /** All images with errors are to leave the plan. */
  strictObject({ type: literal('blockedRowsRemoved') }),
  /** All images of the view are to leave the plan. */
  strictObject({ type: literal('shownRowsRemoved'), ...shownRowsReference.entries }),
  /** The line of a file is to be opened. */
  strictObject({ type: literal('placeOpened'), id: count }),
  /** All lines that refer to the image are to be shown elsewhere, or those that refer to any image of the plan. */
  strictObject({ type: literal('referencesShown'), id: nullable(rowId) }),
  /** The digest of this image is wanted on the clipboard. */
  strictObject({ type: literal('digestCopied'), id: rowId }),
  actionMessage,
]);

/** Whether a value that reached the webview is a message of the extension, in every field. */
export function isToWebview(value: unknown): value is ToWebview {
  return is(toWebview, value);
}

/** Whether a value that reached the extension is a message of the webview, in every field. */
export function isFromWebview(value: unknown): value is FromWebview {
  return is(fromWebview, value);
}

function areShownWithinAll({ shown, rowCount }: StateMessage): boolean {
  return shown.count <= rowCount;
}

function areRowsWithinShown({ rows, first, rowCount }: RowsMessage): boolean {
  return rows.length === 0 || first + rows.length <= rowCount;
}
