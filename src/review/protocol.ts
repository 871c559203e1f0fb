/**
 * Messages between the extension and the review of a deletion, which runs in a webview. The extension owns the truth:
 * the webview shows a window of rows it asks for and returns what the person decided, by id.
 */

/** `namespace/name@digest`, opaque to the webview. */
export type RowId = string;

export type WarningKind = 'is_active' | 'current_tag';
export type BlockerKind = 'not_found' | 'unauthorized' | 'child_manifest';

/**
 * - `checking`: a dry run is under way
 * - `reviewing`: the person decides
 * - `confirming`: the last question is open in a dialog
 * - `deleting`: requests that delete are being sent
 * - `verifying`: the repository is listed again
 * - `finished`: every image has an outcome
 * - `failed`: the dry run could not be completed
 */
export type ReviewPhase =
  'checking' | 'reviewing' | 'confirming' | 'deleting' | 'verifying' | 'finished' | 'failed';

export interface RowWarning {
  readonly kind: WarningKind;
  /** What it means, in plain words. */
  readonly text: string;
  /** Current tags that would be lost; only with `current_tag`. */
  readonly tags: readonly string[];
  readonly isAccepted: boolean;
  readonly isNew: boolean;
}

export interface RowBlocker {
  readonly kind: BlockerKind;
  readonly text: string;
}

export type OutcomeKind = 'deleted' | 'stillThere' | 'alreadyGone' | 'unconfirmed' | 'notSent';

export interface RowOutcome {
  readonly kind: OutcomeKind;
  readonly text: string;
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
  readonly status: 'active' | 'inactive';
  /** `last pulled 94 days ago`, or `never or unknown` */
  readonly activity: string;
  /** Both times in full, for a tooltip. */
  readonly activityDetail: string;
  readonly isChecked: boolean;
  readonly warnings: readonly RowWarning[];
  readonly blockers: readonly RowBlocker[];
  /** `null` before the deletion. */
  readonly outcome: RowOutcome | null;
}

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
  readonly rowCount: number;
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
  /** Index of the first row, from 0. */
  readonly first: number;
  readonly rows: readonly ReviewRow[];
}

export type ToWebview = StateMessage | RowsMessage;

/** The webview has loaded and listens. */
export interface ReadyMessage {
  readonly type: 'ready';
}

/** The webview shows these rows, or soon will. At most {@link rowsRequestLimit}. */
export interface RowsRequestedMessage {
  readonly type: 'rowsRequested';
  readonly first: number;
  readonly count: number;
}

export interface WarningAcceptedMessage {
  readonly type: 'warningAccepted';
  readonly id: RowId;
  readonly kind: WarningKind;
  readonly isAccepted: boolean;
}

export interface AllWarningsAcceptedMessage {
  readonly type: 'allWarningsAccepted';
  readonly kind: WarningKind;
  readonly isAccepted: boolean;
}

export interface RowRemovedMessage {
  readonly type: 'rowRemoved';
  readonly id: RowId;
}

export interface BlockedRowsRemovedMessage {
  readonly type: 'blockedRowsRemoved';
}

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

/** Most rows one request may ask for. */
export const rowsRequestLimit = 500;
