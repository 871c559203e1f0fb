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
 */
import { is } from 'valibot';
import { fromWebviewSchema, toWebviewSchema } from './protocolSchemas';

export { rowsRequestLimit } from './protocolSchemas';

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
 * - `falls`: it goes with that
 * - `stays`: something else needs it
 * - `planned`: it is in the plan itself
 * - `unknown`: nobody can say yet
 */
export type PartFate = 'falls' | 'stays' | 'planned' | 'unknown';

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
  readonly fate: PartFate;
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

/** A sentence the person should read before going on. */
export interface Notice {
  readonly severity: 'info' | 'warning' | 'error';
  readonly text: string;
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
  /** Rows to show: images in the plan, and those that have left it with an outcome. */
  readonly rowCount: number;
  /** Images no dry run has answered for. */
  readonly uncheckedCount: number;
  /** Images with errors. */
  readonly blockedCount: number;
  readonly warnings: Readonly<Record<WarningKind, { readonly total: number; readonly accepted: number }>>;
  readonly canDelete: boolean;
  readonly canRepeatDryRun: boolean;
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
  /** Rows there are at this revision, shown or not. */
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
  readonly action: 'repeatDryRun' | 'delete' | 'cancel' | 'close';
}

export type FromWebview =
  | ReadyMessage
  | RowsRequestedMessage
  | WarningAcceptedMessage
  | AllWarningsAcceptedMessage
  | RowRemovedMessage
  | BlockedRowsRemovedMessage
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
