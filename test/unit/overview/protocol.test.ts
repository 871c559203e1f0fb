import assert from 'node:assert/strict';
import {
  isFromWebview,
  isToWebview,
  type FiguresMessage,
  type FromWebview,
  type StateMessage,
} from '../../../src/overview/protocol';

const state: StateMessage = {
  type: 'state',
  title: 'Overview: acme/api',
  phase: 'reading',
  status: 'Reading all images.',
  isSandbox: false,
  counts: { total: 3, active: 1, inactive: 1, unknown: 1, undetermined: 0 },
  progress: { done: 1, total: null, pace: '410 a second' },
  notices: [{ severity: 'warning', text: 'Read this.' }],
};

const bins = [
  { from: '2026-05-01T00:00:00.000Z', to: '2026-05-02T00:00:00.000Z', tagged: 1, untagged: 0 },
  { from: '2026-05-02T00:00:00.000Z', to: '2026-05-03T00:00:00.000Z', tagged: 0, untagged: 2 },
] as const;

const steps = [
  { at: '2026-05-01T00:00:00.000Z', tagged: 1, untagged: 0 },
  { at: '2026-05-02T00:00:00.000Z', tagged: 0, untagged: 2 },
] as const;

const figures: FiguresMessage = {
  type: 'figures',
  activeFrom: '2026-05-01T10:15:00.500Z',
  readAt: '2026-05-02T12:00:00.000Z',
  unit: 'day',
  bins,
  steps,
  unknown: { tagged: 0, untagged: 1 },
  pullsUnknown: steps,
  undetermined: 0,
  future: { tagged: 0, untagged: 0 },
  biggest: null,
  oldest: [
    {
      label: 'latest',
      digest: 'sha256:0',
      shortDigest: 'sha256:0',
      size: null,
      activity: 'last pulled today',
      activityDetail: 'Last pulled: today',
    },
  ],
};

const fromWebview: readonly FromWebview[] = [
  { type: 'ready' },
  { type: 'deletionWanted', activeFrom: '2026-05-01T00:00:00.000Z', count: 2 },
  { type: 'digestCopied', digest: 'sha256:0' },
  { type: 'action', action: 'readAgain' },
  { type: 'action', action: 'cancel' },
];

describe('messages of the overview', () => {
  it('are taken in both directions', () => {
    assert.ok(isToWebview(state));
    assert.ok(isToWebview({ ...state, counts: null, progress: null }));
    assert.ok(isToWebview({ ...state, counts: { ...state.counts, unknown: null } }));
    assert.ok(isToWebview(figures));
    assert.ok(isToWebview({ ...figures, bins: [], steps: [], biggest: figures.oldest }));
    for (const message of fromWebview) assert.ok(isFromWebview(message), message.type);
  });

  const broken: Readonly<Record<string, unknown>> = {
    nothing: null,
    'another type': { ...state, type: 'rows' },
    'a field too many': { ...state, token: 'x' },
    'an unknown phase': { ...state, phase: 'deleting' },
    'half an image': { ...figures, unknown: { tagged: 0.5, untagged: 0 } },
    'fewer than none': { ...figures, future: { tagged: -1, untagged: 0 } },
    'no instant': { ...figures, activeFrom: 'yesterday' },
    'steps out of order': { ...figures, steps: [...steps].reverse() },
    'unknown pulls out of order': { ...figures, pullsUnknown: [...steps].reverse() },
    'a step twice': { ...figures, steps: [steps[0], steps[0]] },
    'bins out of order': { ...figures, bins: [...bins].reverse() },
    'a gap between bins': { ...figures, bins: [bins[0], { ...bins[1], from: '2026-05-02T01:00:00.000Z' }] },
    'a bin that ends before it begins': {
      ...figures,
      bins: [{ ...bins[0], to: '2026-04-01T00:00:00.000Z' }],
    },
  };
  for (const [name, message] of Object.entries(broken)) {
    it(`are not taken by the webview with ${name}`, () => {
      assert.equal(isToWebview(message), false);
    });
  }

  it('are not taken by the extension where there is none', () => {
    assert.equal(isFromWebview(undefined), false);
  });

  for (const message of [
    { type: 'deletionWanted', activeFrom: 'now', count: 1 },
    { type: 'deletionWanted', activeFrom: '2026-05-01T00:00:00.000Z', count: -1 },
    { type: 'deletionWanted', activeFrom: '2026-05-01T00:00:00.000Z' },
    { type: 'action', action: 'delete' },
    { type: 'digestCopied', digest: 'x'.repeat(501) },
    { type: 'ready', more: true },
  ]) {
    it(`are not taken by the extension: ${JSON.stringify(message).slice(0, 80)}`, () => {
      assert.equal(isFromWebview(message), false);
    });
  }
});
