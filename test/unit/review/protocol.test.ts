import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  isFromWebview,
  isToWebview,
  rowsRequestLimit,
  type FromWebview,
  type ReviewRow,
  type RowsMessage,
  type StateMessage,
} from '../../../src/review/protocol';

const row: ReviewRow = {
  id: 'ns/app@sha256:0',
  repository: 'ns/app',
  label: 'latest',
  digest: 'sha256:0',
  shortDigest: 'sha256:0',
  currentTags: ['latest'],
  historicalTags: [],
  tagNotes: ['1.0 moved to another image'],
  status: 'active',
  activity: 'last pulled today',
  activityDetail: 'Last pulled today',
  parts: [
    {
      level: 1,
      name: 'linux/arm64',
      digest: 'sha256:1',
      shortDigest: 'sha256:1',
      activity: 'last pulled today',
      outcome: 'deletedAlong',
    },
  ],
  isChecked: true,
  findingsRevision: 3,
  warnings: [
    {
      kind: 'current_tag',
      text: 'In use.',
      tags: ['latest'],
      places: [],
      morePlaces: 0,
      isAccepted: false,
      isNew: true,
    },
  ],
  blockers: [{ kind: 'not_found', text: 'Gone.' }],
  attempt: { kind: 'unconfirmed', text: 'Unconfirmed.' },
  outcome: { kind: 'deleted', text: 'Deleted.' },
};

const rows: RowsMessage = { type: 'rows', revision: 1, viewNumber: 1, rowCount: 1, first: 0, rows: [row] };

const state: StateMessage = {
  type: 'state',
  revision: 1,
  findingsRevision: 3,
  decisionCount: 0,
  title: 'Delete images: ns/app',
  phase: 'reviewing',
  status: 'Dry run finished.',
  activeFrom: '2026-05-01T10:15:00.000Z',
  isSandbox: false,
  hasManyRepositories: false,
  imageCount: 1,
  rowCount: 1,
  shown: {
    number: 1,
    view: { search: 'latest', filter: 'current_tag', order: 'name' },
    count: 1,
    decidable: {
      imageCount: 1,
      warnings: {
        is_active: { total: 0, accepted: 0 },
        current_tag: { total: 1, accepted: 1 },
        collateral: { total: 0, accepted: 0 },
        referenced: { total: 0, accepted: 0 },
      },
    },
  },
  uncheckedCount: 0,
  blockedCount: 0,
  warnings: {
    is_active: { total: 0, accepted: 0 },
    current_tag: { total: 1, accepted: 0 },
    collateral: { total: 0, accepted: 0 },
    referenced: { total: 0, accepted: 0 },
  },
  canDelete: false,
  canRepeatDryRun: true,
  leftToCheck: 3,
  canCancel: false,
  progress: { done: 1, total: 2, pace: '1 a second · 5 s left' },
  pause: { done: '1 of 2 checked.', countdown: 'Waiting, continues in 0:41', reason: 'Waiting.' },
  notices: [{ severity: 'warning', text: 'Read this.' }],
  references: {
    state: 'searched',
    text: 'Searched.',
    extent: '214 files.',
    groups: [
      {
        kind: 'possible',
        text: '1 line',
        places: [{ id: 0, name: 'prod.yaml:14', detail: 'acme/web' }],
        morePlaces: 0,
      },
    ],
  },
  result: {
    deleted: 1,
    alreadyGone: 0,
    notDeleted: 0,
    unknown: 1,
    deletedAlong: 2,
    unknownAlong: 0,
    isAnySent: true,
    reported: { manifestDeletes: 1, manifestErrors: 0, tagDeletes: 1, tagErrors: 0 },
    size: 'At most 1 MB.',
  },
  actions: ['checkAgain', 'showHistory'],
};

const fromWebview: readonly FromWebview[] = [
  { type: 'ready' },
  { type: 'rowsRequested', first: 0, count: rowsRequestLimit },
  { type: 'warningAccepted', id: row.id, findingsRevision: 3, kind: 'is_active', isAccepted: true },
  { type: 'allWarningsAccepted', findingsRevision: 3, kind: 'current_tag', isAccepted: false },
  { type: 'rowRemoved', id: row.id },
  { type: 'blockedRowsRemoved' },
  { type: 'viewChanged', view: { search: 'v1', filter: 'open', order: 'oldestActivity' } },
  {
    type: 'shownWarningsAccepted',
    viewNumber: 2,
    imageCount: 312,
    findingsRevision: 3,
    kind: 'is_active',
    isAccepted: true,
  },
  { type: 'shownRowsRemoved', viewNumber: 2, imageCount: 312 },
  { type: 'digestCopied', id: row.id },
  { type: 'action', action: 'delete' },
];

/** Every message with one of its fields, however deep, missing, of another type, or beside one too many. */
function* brokenVariants(value: unknown): Generator {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  const container = value as Record<string, unknown>; // a plain object or an array
  if (!Array.isArray(value)) {
    yield { ...container, surplus: 1 };
  }
  for (const [key, field] of Object.entries(container)) {
    const replaced = (by: unknown): unknown =>
      Array.isArray(value)
        ? value.map((one: unknown, index) => (String(index) === key ? by : one))
        : { ...container, [key]: by };
    if (!Array.isArray(value)) {
      yield Object.fromEntries(Object.entries(container).filter(([name]) => name !== key));
    }
    yield replaced(Symbol.for('no JSON has this'));
    for (const broken of brokenVariants(field)) {
      yield replaced(broken);
    }
  }
}

describe('messages of the review', () => {
  for (const message of [
    state,
    {
      ...state,
      leftToCheck: null,
      progress: null,
      result: null,
      notices: [],
      shown: { ...state.shown, decidable: null },
    },
    rows,
  ]) {
    it(`lets ${message.type} through to the webview, also as JSON`, () => {
      assert.ok(isToWebview(message));
      assert.ok(isToWebview(JSON.parse(JSON.stringify(message))));
    });
  }

  for (const message of fromWebview) {
    it(`lets ${message.type} through to the extension, and to it alone`, () => {
      assert.ok(isFromWebview(message));
      assert.ok(!isToWebview(message));
    });
  }

  for (const message of [state, rows]) {
    it(`refuses ${message.type} with any field missing, wrong or beside one too many`, () => {
      const variants = [...brokenVariants(message)];
      assert.ok(variants.length > 40);
      for (const variant of variants) {
        assert.ok(!isToWebview(variant), JSON.stringify(variant));
      }
    });
  }

  it('refuses any message of the webview with a field missing, wrong or beside one too many', () => {
    for (const variant of fromWebview.flatMap((message) => [...brokenVariants(message)])) {
      assert.ok(!isFromWebview(variant), JSON.stringify(variant));
    }
  });

  const wrongToWebview: readonly (readonly [string, unknown])[] = [
    [
      'more accepted than there are',
      { ...state, warnings: { ...state.warnings, is_active: { total: 0, accepted: 1 } } },
    ],
    ['more done than there is', { ...state, progress: { done: 3, total: 2, pace: null } }],
    ['more rows shown than there are', { ...state, shown: { ...state.shown, count: 2 } }],
    ['more to be decided than is shown', { ...state, rowCount: 9, shown: { ...state.shown, count: 0 } }],
    ['a negative count', { ...state, rowCount: -1 }],
    ['half a count', { ...state, rowCount: 0.5 }],
    ['an instant that is none', { ...state, activeFrom: 'yesterday' }],
    ['an unknown phase', { ...state, phase: 'guessing' }],
    ['rows beyond the last', { ...rows, first: 1 }],
    [
      'more rows than an answer holds',
      {
        ...rows,
        rowCount: 1000,
        rows: Array.from({ length: rowsRequestLimit + 1 }, () => row),
      },
    ],
    [
      'an unknown warning',
      { ...rows, rows: [{ ...row, warnings: [{ ...row.warnings[0], kind: 'is_pretty' }] }] },
    ],
  ];
  for (const [what, message] of wrongToWebview) {
    it(`refuses ${what}`, () => {
      assert.ok(!isToWebview(message));
    });
  }

  const wrongFromWebview: readonly unknown[] = [
    { type: 'rowsRequested', first: 0, count: 0 },
    { type: 'rowsRequested', first: 0, count: rowsRequestLimit + 1 },
    { type: 'rowsRequested', first: -1, count: 1 },
    { type: 'rowsRequested', first: 0, count: 1.5 },
    { type: 'rowsRequested', first: 0, count: '1' },
    { type: 'rowsRequested', first: Number.NaN, count: 1 },
    { type: 'rowsRequested', first: Number.POSITIVE_INFINITY, count: 1 },
    { type: 'rowRemoved', id: 'x'.repeat(10_000) },
    { type: 'warningAccepted', id: row.id, findingsRevision: 3, kind: 'is_active', isAccepted: 'yes' },
    { type: 'warningAccepted', id: row.id, kind: 'is_active', isAccepted: true },
    { type: 'allWarningsAccepted', kind: 'current_tag', isAccepted: true },
    { type: 'allWarningsAccepted', findingsRevision: 3, kind: 'everything', isAccepted: true },
    { type: 'action', action: 'deleteEverything' },
    { type: 'viewChanged', view: { search: 'x'.repeat(10_000), filter: 'all', order: 'plan' } },
    { type: 'viewChanged', view: { search: '', filter: 'everything', order: 'plan' } },
    { type: 'shownRowsRemoved' },
    { type: 'deleteImages', ignore_warnings: [] },
    {},
    [],
    null,
    undefined,
    'ready',
  ];
  for (const message of wrongFromWebview) {
    it(`refuses ${message === undefined ? 'undefined' : JSON.stringify(message).slice(0, 80)}`, () => {
      assert.ok(!isFromWebview(message));
    });
  }

  it('never throws and lets nothing through that is not a message, whatever arrives', () => {
    const types = fc.constantFrom('state', 'rows', ...fromWebview.map(({ type }) => type));
    const anything = fc.oneof(
      fc.anything({ withNullPrototype: true, withBigInt: true, withMap: true }),
      fc.record({
        type: types,
        id: fc.anything(),
        kind: fc.anything(),
        first: fc.anything(),
        count: fc.anything(),
      }),
    );
    fc.assert(
      fc.property(anything, (value) => {
        assert.equal(isToWebview(value), false);
        if (isFromWebview(value)) {
          const keys = Object.keys(value).sort();
          assert.ok(fromWebview.some((message) => Object.keys(message).sort().join() === keys.join()));
        }
      }),
    );
  });

  it('lets every request through that is within the limits, and no other', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -10, max: 2 * rowsRequestLimit }), (first, count) => {
        const isWithin = first >= 0 && count >= 1 && count <= rowsRequestLimit;
        assert.equal(isFromWebview({ type: 'rowsRequested', first, count }), isWithin);
      }),
    );
  });
});
