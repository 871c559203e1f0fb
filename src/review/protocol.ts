/**
 * Messages between the extension and the review of a deletion, which runs in a webview. The extension owns the truth:
 * the webview shows a window of rows it asks for and returns what the person decided, by id.
 *
 * - On `ready` the extension sends `state`. The webview then asks for the rows it shows, and again after each `state`
 *   with a greater revision.
 * - Every `rowsRequested` is answered by one `rows`, with the rows and the revision of that moment; the webview has
 *   one request under way at a time.
 * - Every decision is followed by a `state` with a greater revision, even if nothing came of it: until then the
 *   webview shows the check box as the person left it.
 * - Which rows there are, and in which order, is the view's matter. The extension keeps the view, so it outlives a
 *   hidden tab, and answers every `viewChanged` by a `state`. Rows are matched when the view is chosen, and again when
 *   a dry run or a deletion has ended. A row whose image is decided about stays where it is, though it may not match any
 *   more, so that nothing moves under the pointer; only a removed image leaves the list.
 * - What is decided about all rows shown is acted upon only while these are the rows that the webview was told of.
 */
import { is } from 'valibot';
import type { Notice } from '../webview/messageParts';
import { fromWebviewSchema, toWebviewSchema } from './protocolSchemas';

export type { Notice } from '../webview/messageParts';

export { rowsRequestLimit, searchLengthLimit } from './protocolSchemas';

/** `namespace/name@digest`, opaque to the webview. */
export type RowId = string;

/** What the person has to accept: the Hub's warnings by their names, and what falls with an image though nobody chose it. */
export type WarningKind = 'is_active' | 'current_tag' | 'collateral';
/** The Hub's errors by their names, and our own where a setting protects the image. */
export type BlockerKind = 'not_found' | 'unauthorized' | 'child_manifest' | 'protected';

/**
 * - `checking`: a dry run is under way
 * - `reviewing`: the person decides
 * - `confirming`: the last question is open in a dialog
 * - `rechecking`: the last dry run, right before the deletion
 * - `deleting`: requests that delete are being sent
 * - `verifying`: the repository is listed again
 * - `finished`: every image has an outcome
 * - `failed`: the dry run could not be completed
 */
export type ReviewPhase =
  'checking' | 'reviewing' | 'confirming' | 'rechecking' | 'deleting' | 'verifying' | 'finished' | 'failed';

/** Whether warnings can be accepted in this phase; acceptances that arrive in another come to nothing. */
export function canAccept(phase: ReviewPhase): boolean {
  return phase === 'reviewing';
}

/** Whether images can be removed from the plan in this phase. */
export function canRemove(phase: ReviewPhase): boolean {
  return phase === 'reviewing' || phase === 'failed';
}

/** Something that the person may accept. */
export interface RowWarning {
  readonly kind: WarningKind;
  /** What it means, in plain words. */
  readonly text: string;
  /** Current tags that would be lost, or with `collateral` the images that fall, each in a few words. */
  readonly tags: readonly string[];
  readonly isAccepted: boolean;
  readonly isNew: boolean;
}

/** A reason why the image cannot be deleted. */
export interface RowBlocker {
  readonly kind: BlockerKind;
  readonly text: string;
}

export type OutcomeKind = 'deleted' | 'alreadyGone' | 'refused' | 'failed' | 'unconfirmed' | 'notSent';

/** What became of the image. */
export interface RowOutcome {
  readonly kind: OutcomeKind;
  readonly text: string;
}

/**
 * What becomes of an image that belongs to one of the plan:
 *
 * - `deletedAlong`: it goes with that
 * - `stays`: something else needs it
 * - `planned`: it is in the plan itself
 * - `unknown`: nobody can say yet
 */
export type PartOutcome = 'deletedAlong' | 'stays' | 'planned' | 'unknown';

/** An image that belongs to one of the plan: a platform, an attestation or a signature. */
export interface RowPart {
  /** 1 for what belongs to the image itself, 2 for what belongs to that, and so on. */
  readonly level: number;
  /** `linux/arm64`, `attestation` or `signature`. */
  readonly name: string;
  readonly digest: string;
  readonly shortDigest: string;
  /** `last pulled 94 days ago`, or `never or unknown` */
  readonly activity: string;
  readonly outcome: PartOutcome;
}

/** One image of the plan, ready to be shown. */
export interface ReviewRow {
  readonly id: RowId;
  /** `namespace/name` */
  readonly repository: string;
  /** Current tags, or else the short digest: the `<label>` of accessible names. */
  readonly label: string;
  readonly digest: string;
  readonly shortDigest: string;
  readonly currentTags: readonly string[];
  readonly historicalTags: readonly string[];
  readonly status: 'active' | 'inactive' | 'unknown';
  /** `last pulled 94 days ago`, or `never or unknown` */
  readonly activity: string;
  /** Both times in full, for a tooltip. */
  readonly activityDetail: string;
  /** From the top, each below what it belongs to. */
  readonly parts: readonly RowPart[];
  readonly isChecked: boolean;
  readonly warnings: readonly RowWarning[];
  readonly blockers: readonly RowBlocker[];
  /** `null` before the deletion. */
  readonly outcome: RowOutcome | null;
}

/** How many of the images the current phase has dealt with. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** `410 a second · 3 min left`; `null` while it would be a guess. */
  readonly pace: string | null;
}

/**
 * Which rows are shown:
 *
 * - `open`: a warning is not accepted
 * - `blocked`: with errors
 * - `isNew`: with a warning that was not there before
 * - `is_active`, `current_tag`, `collateral`: with a warning of that kind
 * - `accepted`: with warnings, each of them accepted
 * - `clean`: checked, without warning and error
 * - `unchecked`: no dry run has answered
 * - `inPlan`: not settled by a deletion
 * - the others: settled with that outcome
 */
export type RowFilter =
  | 'all'
  | 'open'
  | 'blocked'
  | 'isNew'
  | WarningKind
  | 'accepted'
  | 'clean'
  | 'unchecked'
  | 'inPlan'
  | SettledKind;

/** Outcomes with which an image leaves the plan. */
export type SettledKind = 'deleted' | 'alreadyGone' | 'failed' | 'unconfirmed';

/** The order of the plan, or one by last activity, those without a known one last, or by tags, untagged images last. */
export type RowOrder = 'plan' | 'oldestActivity' | 'newestActivity' | 'name';

/** Which rows are shown, and in which order. */
export interface ReviewView {
  /** Part of a tag, former ones included, of the digest or of the repository, in capital or small letters. */
  readonly search: string;
  readonly filter: RowFilter;
  readonly order: RowOrder;
}

/** The view as it is before anybody chose another. */
export const wholePlan: ReviewView = { search: '', filter: 'all', order: 'plan' };

/** Whether the view may leave rows out. */
export function isNarrowed({ search, filter }: ReviewView): boolean {
  return search !== '' || filter !== 'all';
}

/** How many warnings there are of each kind, and how many of them are accepted. */
export type WarningCounts = Readonly<
  Record<WarningKind, { readonly total: number; readonly accepted: number }>
>;

/** The rows of the view. */
export interface ShownRows {
  /** Grows whenever rows were matched anew; see {@link ShownWarningsAcceptedMessage}. */
  readonly number: number;
  readonly view: ReviewView;
  readonly count: number;
  /** What can be decided about them together; `null` where nothing can, or where they are the whole plan. */
  readonly decidable: ShownDecisions | null;
}

/** What can be decided about all rows shown. */
export interface ShownDecisions {
  /** Those of them that are in the plan. */
  readonly imageCount: number;
  readonly warnings: WarningCounts;
}

/** What the deletion did, as the server counted it and the new listing shows it. */
export interface ReviewResult {
  readonly manifestDeletes: number;
  readonly manifestErrors: number;
  readonly tagDeletes: number;
  readonly tagErrors: number;
  readonly outcomes: Readonly<Record<OutcomeKind, number>>;
  /** How much was removed, in a sentence; `null` where the server tells no sizes. */
  readonly size: string | null;
}

/** The whole panel but for the rows. Sent whenever any of it changes. */
export interface StateMessage {
  readonly type: 'state';
  /** Grows with every change of a row; rows of an older revision are out of date. */
  readonly revision: number;
  /** `Delete images: namespace/repository` */
  readonly title: string;
  readonly phase: ReviewPhase;
  /** What just happened, for the live region. */
  readonly status: string;
  /** RFC 3339; images with activity at or after it count as active. */
  readonly activeFrom: string;
  /** Whether the server is the embedded sandbox. */
  readonly isSandbox: boolean;
  /** Whether images of several repositories are in the plan. */
  readonly hasManyRepositories: boolean;
  /** Images still in the plan: the N of `Delete N images`. */
  readonly imageCount: number;
  /** Rows there are in all: images in the plan, and those that have left it with an outcome. */
  readonly rowCount: number;
  /** Those of them that are shown. */
  readonly shown: ShownRows;
  /** Images no dry run has answered for. */
  readonly uncheckedCount: number;
  /** Images with errors. */
  readonly blockedCount: number;
  readonly warnings: WarningCounts;
  readonly canDelete: boolean;
  readonly canRepeatDryRun: boolean;
  /** Images that a dry run that broke off has left; `null` where none can be continued. */
  readonly leftToCheck: number | null;
  /** Whether work is under way that can be given up. */
  readonly canCancel: boolean;
  readonly progress: Progress | null;
  readonly notices: readonly Notice[];
  readonly result: ReviewResult | null;
}

/** Answer to {@link RowsRequestedMessage}. */
export interface RowsMessage {
  readonly type: 'rows';
  readonly revision: number;
  /** See {@link ShownRows.number}; rows of another number follow each other differently. */
  readonly viewNumber: number;
  /** Rows of the view at this revision, in the document or not. */
  readonly rowCount: number;
  /** Index of the first row, from 0. */
  readonly first: number;
  /** Those of the requested rows that exist; none where the request begins after the last. */
  readonly rows: readonly ReviewRow[];
}

export type ToWebview = StateMessage | RowsMessage;

/** The webview has loaded and listens. */
export interface ReadyMessage {
  readonly type: 'ready';
}

/** The webview shows these rows, or soon will. */
export interface RowsRequestedMessage {
  readonly type: 'rowsRequested';
  /** Index of the first row, from 0; it may lie beyond the last where rows were removed meanwhile. */
  readonly first: number;
  /** From 1 to {@link rowsRequestLimit}. */
  readonly count: number;
}

/** A warning of one image was accepted, or no longer is. */
export interface WarningAcceptedMessage {
  readonly type: 'warningAccepted';
  readonly id: RowId;
  readonly kind: WarningKind;
  readonly isAccepted: boolean;
}

/** All warnings of a kind were accepted, shown or not, or no longer are. */
export interface AllWarningsAcceptedMessage {
  readonly type: 'allWarningsAccepted';
  readonly kind: WarningKind;
  readonly isAccepted: boolean;
}

/** An image is to leave the plan. */
export interface RowRemovedMessage {
  readonly type: 'rowRemoved';
  readonly id: RowId;
}

/** Other rows are to be shown, or in another order. The newest counts. */
export interface ViewChangedMessage {
  readonly type: 'viewChanged';
  readonly view: ReviewView;
}

/** The rows that a decision about all of them is meant for. Nothing comes of it where they are not these any more. */
export interface ShownRowsReference {
  /** {@link ShownRows.number} when the person decided. */
  readonly viewNumber: number;
  /** {@link ShownDecisions.imageCount} at that moment: what the button said. */
  readonly imageCount: number;
}

/** All warnings of a kind were accepted in the rows of the view, or no longer are. */
export interface ShownWarningsAcceptedMessage extends ShownRowsReference {
  readonly type: 'shownWarningsAccepted';
  readonly kind: WarningKind;
  readonly isAccepted: boolean;
}

/** All images of the view are to leave the plan. */
export interface ShownRowsRemovedMessage extends ShownRowsReference {
  readonly type: 'shownRowsRemoved';
}

/** All images with errors are to leave the plan. */
export interface BlockedRowsRemovedMessage {
  readonly type: 'blockedRowsRemoved';
}

/** The digest of this image is wanted on the clipboard. */
export interface DigestCopiedMessage {
  readonly type: 'digestCopied';
  readonly id: RowId;
}

/** A button without an argument was pressed. */
export interface ActionMessage {
  readonly type: 'action';
  readonly action: 'repeatDryRun' | 'continueDryRun' | 'delete' | 'cancel' | 'close';
}

export type FromWebview =
  | ReadyMessage
  | RowsRequestedMessage
  | ViewChangedMessage
  | WarningAcceptedMessage
  | AllWarningsAcceptedMessage
  | RowRemovedMessage
  | BlockedRowsRemovedMessage
  | ShownWarningsAcceptedMessage
  | ShownRowsRemovedMessage
  | DigestCopiedMessage
  | ActionMessage;

/** Whether a value that reached the webview is a message of the extension, in every field. */
export function isToWebview(value: unknown): value is ToWebview {
  return is(toWebviewSchema, value);
}

/** Whether a value that reached the extension is a message of the webview, in every field. */
export function isFromWebview(value: unknown): value is FromWebview {
  return is(fromWebviewSchema, value);
}
