import type {
  ActionMessage,
  ReviewRow,
  ReviewView,
  RowId,
  ShownRowsReference,
  WarningKind,
} from '../../src/review/protocol';

/** What the controls of the review do. */
export interface Handlers {
  readonly act: (action: ActionMessage['action']) => void;
  readonly accept: (row: ReviewRow, kind: WarningKind, isAccepted: boolean) => void;
  /** @param findingsRevision Of the state that the control was painted with. */
  readonly acceptAll: (kind: WarningKind, isAccepted: boolean, findingsRevision: number) => void;
  readonly show: (view: ReviewView, isTyping: boolean) => void;
  readonly showAll: () => void;
  /** @param findingsRevision As for {@link acceptAll}. */
  readonly acceptShown: (
    shown: ShownRowsReference,
    kind: WarningKind,
    isAccepted: boolean,
    findingsRevision: number,
  ) => void;
  readonly removeShown: (shown: ShownRowsReference) => void;
  readonly remove: (row: ReviewRow) => void;
  readonly removeBlocked: () => void;
  readonly copyDigest: (row: ReviewRow) => void;
  /** @param id Of a line that was sent. */
  readonly openPlace: (id: number) => void;
  /** @param id Of the row; `null` for all images. */
  readonly showReferences: (id: RowId | null) => void;
}
