import assert from 'node:assert/strict';
import { lockFileName, lockNameOf, runFileName, runIdOf, runTime } from '../../../src/journal/runFileName';
import { runId } from '../../support/runs';

describe('the name of a file of the journal', () => {
  it('is that of a run', () => {
    assert.equal(runIdOf(runFileName(runId)), runId);
    assert.deepEqual(runTime(runId), new Date('2026-06-01T12:00:00.000Z'));
  });

  it('is that of a lock, of any generation', () => {
    for (const generation of [0, 1, 12, 345]) {
      assert.deepEqual(lockNameOf(lockFileName({ id: runId, generation })), { id: runId, generation });
    }
  });

  for (const ending of [
    '',
    '.settling',
    '.settling-',
    '.settling-1a',
    '.settling-a1',
    '.settling--1',
    '.jsonl',
  ]) {
    it(`is not that of a lock where it ends with ${JSON.stringify(ending)}`, () => {
      assert.equal(lockNameOf(`${runId}${ending}`), undefined);
    });
  }

  it('is not that of a lock of no run', () => {
    assert.equal(lockNameOf('notes.settling-1'), undefined);
  });

  for (const name of [`x${runId}`, `${runId}x`, `${runId}.`, `20${runId}`, '', 'notes']) {
    it(`is not that of a run if it is ${JSON.stringify(name)}`, () => {
      assert.equal(runIdOf(`${name}.jsonl`), undefined);
    });
  }
});
