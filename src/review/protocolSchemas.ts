import {
  array,
  boolean,
  check,
  isoTimestamp,
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
  type GenericSchema,
} from 'valibot';
import { count, notices } from '../webview/messageParts';
import type { FromWebview, ReviewRow, ReviewView, RowsMessage, StateMessage, ToWebview } from './protocol';

/** Most rows one request may ask for, and one answer may hold. */
export const rowsRequestLimit = 500;

/** Characters of a search: more than the longest reference of an image has. */
export const searchLengthLimit = 1000;

/** Characters of a row's id: two names of the server, a digest and room to spare. */
const rowIdLengthLimit = 2000;

const rowId = pipe(string(), maxLength(rowIdLengthLimit));
const warningKind = picklist(['is_active', 'current_tag', 'collateral']);
const outcomeKinds = ['deleted', 'alreadyGone', 'refused', 'failed', 'unconfirmed', 'notSent'] as const;

const row: GenericSchema<ReviewRow> = strictObject({
  id: rowId,
  repository: string(),
  label: string(),
  digest: string(),
  shortDigest: string(),
  currentTags: array(string()),
  historicalTags: array(string()),
  status: picklist(['active', 'inactive', 'unknown']),
  activity: string(),
  activityDetail: string(),
  parts: array(
    strictObject({
      level: pipe(count, minValue(1)),
      name: string(),
      digest: string(),
      shortDigest: string(),
      activity: string(),
      outcome: picklist(['deletedAlong', 'stays', 'planned', 'unknown']),
    }),
  ),
  isChecked: boolean(),
  warnings: array(
    strictObject({
      kind: warningKind,
      text: string(),
      tags: array(string()),
      isAccepted: boolean(),
      isNew: boolean(),
    }),
  ),
  blockers: array(
    strictObject({
      kind: picklist(['not_found', 'unauthorized', 'child_manifest', 'protected']),
      text: string(),
    }),
  ),
  outcome: nullable(strictObject({ kind: picklist(outcomeKinds), text: string() })),
});

const warningCounts = pipe(
  strictObject({ total: count, accepted: count }),
  check(({ total, accepted }) => accepted <= total),
);

const warningsByKind = strictObject({
  is_active: warningCounts,
  current_tag: warningCounts,
  collateral: warningCounts,
});

const view: GenericSchema<ReviewView> = strictObject({
  search: pipe(string(), maxLength(searchLengthLimit)),
  filter: picklist([
    'all',
    'open',
    'blocked',
    'isNew',
    'is_active',
    'current_tag',
    'collateral',
    'accepted',
    'clean',
    'unchecked',
    'inPlan',
    'deleted',
    'alreadyGone',
    'failed',
    'unconfirmed',
  ]),
  order: picklist(['plan', 'oldestActivity', 'newestActivity', 'name']),
});

const shown = pipe(
  strictObject({
    number: count,
    view,
    count,
    decidable: nullable(strictObject({ imageCount: count, warnings: warningsByKind })),
  }),
  check((rows) => rows.decidable === null || rows.decidable.imageCount <= rows.count),
);

const state = strictObject({
  type: literal('state'),
  revision: count,
  title: string(),
  phase: picklist([
    'checking',
    'reviewing',
    'confirming',
    'rechecking',
    'deleting',
    'verifying',
    'finished',
    'failed',
  ]),
  status: string(),
  activeFrom: pipe(string(), isoTimestamp()),
  isSandbox: boolean(),
  hasManyRepositories: boolean(),
  imageCount: count,
  rowCount: count,
  shown,
  uncheckedCount: count,
  blockedCount: count,
  warnings: warningsByKind,
  canDelete: boolean(),
  canRepeatDryRun: boolean(),
  leftToCheck: nullable(count),
  canCancel: boolean(),
  progress: nullable(
    pipe(
      strictObject({ done: count, total: count, pace: nullable(string()) }),
      check(({ done, total }) => done <= total),
    ),
  ),
  notices,
  result: nullable(
    strictObject({
      manifestDeletes: count,
      manifestErrors: count,
      tagDeletes: count,
      tagErrors: count,
      outcomes: strictObject({
        deleted: count,
        alreadyGone: count,
        refused: count,
        failed: count,
        unconfirmed: count,
        notSent: count,
      }),
      size: nullable(string()),
    }),
  ),
}) satisfies GenericSchema<StateMessage>;

const rows = strictObject({
  type: literal('rows'),
  revision: count,
  viewNumber: count,
  rowCount: count,
  first: count,
  rows: pipe(array(row), maxLength(rowsRequestLimit)),
}) satisfies GenericSchema<RowsMessage>;

/** Shape of what the extension sends; fields that are not named here are refused too. */
export const toWebviewSchema: GenericSchema<ToWebview> = pipe(
  variant('type', [state, rows]),
  check(
    (message) =>
      (message.type === 'state' && message.shown.count <= message.rowCount) ||
      (message.type === 'rows' && areWithin(message)),
  ),
);

function areWithin(message: RowsMessage): boolean {
  return message.rows.length === 0 || message.first + message.rows.length <= message.rowCount;
}
/** Shape of what the webview sends. */
export const fromWebviewSchema: GenericSchema<FromWebview> = variant('type', [
  strictObject({ type: literal('ready') }),
  strictObject({
    type: literal('rowsRequested'),
    first: count,
    count: pipe(count, minValue(1), maxValue(rowsRequestLimit)),
  }),
  strictObject({
    type: literal('warningAccepted'),
    id: rowId,
    kind: warningKind,
    isAccepted: boolean(),
  }),
  strictObject({ type: literal('allWarningsAccepted'), kind: warningKind, isAccepted: boolean() }),
  strictObject({ type: literal('rowRemoved'), id: rowId }),
  strictObject({ type: literal('blockedRowsRemoved') }),
  strictObject({ type: literal('viewChanged'), view }),
  strictObject({
    type: literal('shownWarningsAccepted'),
    viewNumber: count,
    imageCount: count,
    kind: warningKind,
    isAccepted: boolean(),
  }),
  strictObject({ type: literal('shownRowsRemoved'), viewNumber: count, imageCount: count }),
  strictObject({ type: literal('digestCopied'), id: rowId }),
  strictObject({
    type: literal('action'),
    action: picklist(['repeatDryRun', 'continueDryRun', 'delete', 'cancel', 'close']),
  }),
]);
