import assert from 'node:assert/strict';
import {
  isFromWebview,
  isToWebview,
  rowsInViewLimit,
  type FromWebview,
  type ToWebview,
} from '../../../src/namespaceOverview/protocol';
import { countsOf, rowOf } from '../../webview/support/namespaceLooks';
import { namespaceStateOf } from '../../webview/support/namespaceState';

const state = namespaceStateOf({ progress: { done: 1, total: 3, pace: null } });
const repositories = { type: 'repositories', rows: [rowOf('api')] } as const;
const counts = { type: 'counts', repositories: [countsOf('api')] } as const;

const toWebview: readonly ToWebview[] = [
  state,
  namespaceStateOf({ listedAt: null }),
  repositories,
  { type: 'repositories', rows: [] },
  {
    type: 'repositories',
    rows: [rowOf('api', { isPrivate: null, storageBytes: null, lastPushed: null, pulls: null })],
  },
  counts,
  { type: 'counts', repositories: [{ name: 'api', counts: null, failure: 'no' }] },
];

const fromWebview: readonly FromWebview[] = [
  { type: 'ready' },
  { type: 'rowsShown', names: [] },
  { type: 'rowsShown', names: ['api'] },
  { type: 'deletionWanted', names: ['api', 'billing'] },
  { type: 'repositoryOpened', name: 'api', in: 'tree' },
  { type: 'repositoryOpened', name: 'api', in: 'overview' },
  { type: 'action', action: 'refresh' },
  { type: 'action', action: 'countAll' },
  { type: 'action', action: 'cancel' },
];

describe('messages of the overview of a namespace', () => {
  it('are taken in both directions', () => {
    for (const message of toWebview) assert.ok(isToWebview(message), message.type);
    for (const message of fromWebview) assert.ok(isFromWebview(message), message.type);
  });

  it('are not taken in the other direction', () => {
    for (const message of toWebview) assert.ok(!isFromWebview(message), message.type);
    for (const message of fromWebview) assert.ok(!isToWebview(message), message.type);
  });

  const brokenToWebview: Readonly<Record<string, unknown>> = {
    nothing: null,
    'another type': { ...state, type: 'rows' },
    'a field too many': { ...state, token: 'x' },
    'an unknown phase': { ...state, phase: 'deleting' },
    'no instant': { ...state, listedAt: 'yesterday' },
    'storage that is missing': { type: 'repositories', rows: [{ ...rowOf('api'), storageBytes: undefined }] },
    'less storage than none': { type: 'repositories', rows: [rowOf('api', { storageBytes: -1 })] },
    'half an image': { type: 'counts', repositories: [countsOf('api', { total: 0.5 })] },
    'a repository without a name': { type: 'counts', repositories: [countsOf('')] },
  };
  for (const [rule, message] of Object.entries(brokenToWebview)) {
    it(`to the webview are refused: ${rule}`, () => {
      assert.ok(!isToWebview(message));
    });
  }

  const brokenFromWebview: Readonly<Record<string, unknown>> = {
    'another type': { type: 'delete', names: ['api'] },
    'a field too many': { type: 'ready', at: 1 },
    'an unknown action': { type: 'action', action: 'delete' },
    'a deletion in no repository': { type: 'deletionWanted', names: [] },
    'a name that is none': { type: 'deletionWanted', names: [7] },
    'more rows than can be in view': {
      type: 'rowsShown',
      names: Array.from({ length: rowsInViewLimit + 1 }, () => 'api'),
    },
    'another place': { type: 'repositoryOpened', name: 'api', in: 'browser' },
  };
  for (const [rule, message] of Object.entries(brokenFromWebview)) {
    it(`from the webview are refused: ${rule}`, () => {
      assert.ok(!isFromWebview(message));
    });
  }
});
