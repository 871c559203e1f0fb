import assert from 'node:assert/strict';
import { RowStore } from '../../../media/review/rowStore';
import { rowsRequestLimit, type RowsMessage, type StateMessage } from '../../../src/review/protocol';
import { isActive, row } from '../../webview/support/rows';

function state(revision: number, rowCount: number, decisionCount = 0, findingsRevision = 1): StateMessage {
  return { revision, findingsRevision, decisionCount, shown: { number: 1, count: rowCount } } as StateMessage; // the store looks at nothing else
}

function rows(
  revision: number,
  rowCount: number,
  first: number,
  count: number,
  findingsRevision = 1,
): RowsMessage {
  const end = Math.min(rowCount, first + count);
  return {
    type: 'rows',
    revision,
    viewNumber: 1,
    rowCount,
    first,
    rows: Array.from({ length: Math.max(0, end - first) }, (_, offset) =>
      row(first + offset, { label: `r${String(revision)}`, findingsRevision, warnings: [isActive()] }),
    ),
  };
}

describe('rows held by the webview', () => {
  let nowMs = 0;
  let store: RowStore;

  beforeEach(() => {
    nowMs = 0;
    store = new RowStore(() => nowMs);
  });

  it('asks for nothing before there is a state', () => {
    assert.equal(store.request(0, 39, undefined), undefined);
  });

  it('asks for the view and as much on both sides, once', () => {
    store.takeState(state(1, 1000));
    assert.deepEqual(store.request(100, 119, undefined), { type: 'rowsRequested', first: 80, count: 60 });
    assert.equal(store.request(100, 119, undefined), undefined);
    store.takeRows(rows(1, 1000, 80, 60));
    assert.equal(store.request(100, 119, undefined), undefined);
  });

  it('never asks for more than the limit', () => {
    store.takeState(state(1, 100_000));
    const request = store.request(5000, 5400, undefined);
    assert.equal(request?.count, rowsRequestLimit);
  });

  it('asks again after a later state, and keeps the old rows meanwhile', () => {
    store.takeState(state(1, 10));
    store.request(0, 9, undefined);
    store.takeRows(rows(1, 10, 0, 10));
    store.takeState(state(2, 10));
    assert.equal(store.row(3)?.label, 'r1');
    assert.notEqual(store.request(0, 9, undefined), undefined);
    store.takeRows(rows(2, 10, 0, 10));
    assert.equal(store.row(3)?.label, 'r2');
  });

  it('passes over an answer older than what it holds', () => {
    store.takeState(state(2, 10));
    store.takeRows(rows(2, 10, 0, 10));
    store.takeRows(rows(1, 12, 0, 12));
    assert.equal(store.rowCount, 10);
    assert.equal(store.row(3)?.label, 'r2');
  });

  it('shows the new number of rows only with the new rows', () => {
    store.takeState(state(1, 10));
    store.takeRows(rows(1, 10, 0, 10));
    store.takeState(state(2, 9));
    assert.equal(store.rowCount, 10);
    store.takeRows(rows(2, 9, 0, 9));
    assert.equal(store.rowCount, 9);
    assert.equal(store.row(9), undefined);
  });

  it('needs no rows to show that none are left', () => {
    store.takeState(state(1, 2));
    store.takeRows(rows(1, 2, 0, 2));
    store.takeState(state(2, 0));
    assert.equal(store.rowCount, 0);
    assert.ok(store.isFilled);
  });

  it('never holds an image twice', () => {
    store.takeState(state(1, 100));
    store.takeRows(rows(1, 100, 0, 50));
    const shifted = rows(2, 100, 0, 20);
    store.takeRows({ ...shifted, first: 5, rows: shifted.rows });
    assert.equal(store.indexOf(row(0).id), 5);
    assert.equal(store.row(0), undefined);
  });

  it('takes an answer for lost after two seconds', () => {
    store.takeState(state(1, 10));
    assert.notEqual(store.request(0, 9, undefined), undefined);
    nowMs = 1999;
    assert.equal(store.request(0, 9, undefined), undefined);
    nowMs = 2000;
    assert.notEqual(store.request(0, 9, undefined), undefined);
  });

  it('shows a decision until rows of a revision that knows of it confirm or contradict it', () => {
    const isAccepted = () => store.row(3)?.warnings[0]?.isAccepted;
    store.takeState(state(1, 10));
    store.takeRows(rows(1, 10, 0, 10));
    store.decide(row(3), 'is_active', true);
    assert.equal(isAccepted(), true);
    store.takeRows(rows(1, 10, 0, 10));
    assert.equal(isAccepted(), true);
    store.takeState(state(2, 10, 1));
    assert.equal(isAccepted(), true);
    store.takeRows(rows(2, 10, 0, 10));
    assert.equal(isAccepted(), false);
  });

  it('shows a decision that was made while the answer to the one before it was on its way', () => {
    const isAccepted = () => store.row(3)?.warnings[0]?.isAccepted;
    store.takeState(state(1, 10));
    store.takeRows(rows(1, 10, 0, 10));
    store.decideAll('current_tag', true, 1);
    store.decideAll('is_active', true, 1);
    store.takeState(state(2, 10, 1));
    store.takeRows(rows(2, 10, 0, 10));
    assert.equal(store.decisionOnAll('current_tag'), undefined);
    assert.equal(store.decisionOnAll('is_active'), true);
    assert.equal(isAccepted(), true);
    store.takeState(state(3, 10, 2));
    assert.equal(store.decisionOnAll('is_active'), undefined);
    assert.equal(isAccepted(), true);
    store.takeRows(rows(3, 10, 0, 10));
    assert.equal(isAccepted(), false);
  });

  it('shows a decision about all until a state that knows of it', () => {
    store.takeState(state(1, 10));
    store.takeRows(rows(1, 10, 0, 10));
    store.decideAll('is_active', true, 1);
    assert.equal(store.decisionOnAll('is_active'), true);
    assert.equal(store.row(9)?.warnings[0]?.isAccepted, true);
    store.takeState(state(2, 10, 1));
    assert.equal(store.decisionOnAll('is_active'), undefined);
  });

  it('does not show an acceptance on a row whose findings have changed since, nor on all', () => {
    const isAccepted = () => store.row(3)?.warnings[0]?.isAccepted;
    store.takeState(state(1, 10));
    store.takeRows(rows(1, 10, 0, 10));
    store.decide(row(3), 'is_active', true);
    store.decideAll('current_tag', true, 1);
    assert.equal(isAccepted(), true);
    store.takeState(state(2, 10, 0, 2));
    store.takeRows(rows(2, 10, 0, 10, 2));
    assert.equal(isAccepted(), false);
    assert.equal(store.decisionOnAll('current_tag'), undefined);
  });

  it('shows a withdrawal whatever has changed since', () => {
    const accepted = (revision: number): RowsMessage => {
      const message = rows(revision, 10, 0, 10, revision);
      const warnings = [isActive({ isAccepted: true })];
      return { ...message, rows: message.rows.map((each) => ({ ...each, warnings })) };
    };
    store.takeState(state(1, 10));
    store.takeRows(accepted(1));
    store.decide(row(3), 'is_active', false);
    store.decideAll('current_tag', false, 1);
    store.takeState(state(2, 10, 0, 2));
    store.takeRows(accepted(2));
    assert.equal(store.row(3)?.warnings[0]?.isAccepted, false);
    assert.equal(store.decisionOnAll('current_tag'), false);
  });

  it('gives the same row until something about it changes, so that it need not be drawn again', () => {
    store.takeState(state(1, 10));
    store.takeRows(rows(1, 10, 0, 10));
    const before = [store.row(0), store.row(1)];
    store.decide(before[0] ?? assert.fail(), 'is_active', true);
    const decided = store.row(0);
    assert.notEqual(decided, before[0]);
    assert.equal(store.row(1), before[1]);
    store.takeState(state(2, 10, 1));
    assert.equal(store.row(0), decided);
    store.takeRows(rows(2, 10, 0, 10));
    assert.notEqual(store.row(0), decided);
  });

  it('lets go of rows far from the view, but not of the pinned one', () => {
    store.takeState(state(1, 100_000));
    for (let first = 0; first < 5000; first += 500) {
      store.takeRows(rows(1, 100_000, first, 500));
    }
    store.request(4900, 4930, 7);
    assert.equal(store.row(100), undefined);
    assert.notEqual(store.row(7), undefined);
    assert.notEqual(store.row(4900), undefined);
  });
});
