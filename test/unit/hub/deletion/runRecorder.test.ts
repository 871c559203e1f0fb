import assert from 'node:assert/strict';
import { JournalError, type RunJournal } from '../../../../src/hub/deletion/journal';
import { RunRecorder } from '../../../../src/hub/deletion/runRecorder';
import type { SettledDeletion } from '../../../../src/hub/deletion/settleDeletion';
import { approvedPlan } from '../../../support/approvedPlan';
import { plannedImage } from '../../../support/images';

const settled: SettledDeletion = { images: [], collateral: new Map() };

/** A recorder whose run appends in this way. */
function recorderOf(append: RunJournal['append']): Promise<RunRecorder> {
  const run: RunJournal = { id: 'run 1', append, release: () => undefined };
  const journal = { begin: () => Promise.resolve(run) };
  return RunRecorder.begin(approvedPlan([plannedImage('acme/api', 'one')]), {
    journal,
    username: 'demo',
    now: () => new Date('2026-06-01T00:00:00Z'),
  });
}

describe('recording the outcomes of a deletion', () => {
  it('returns why the journal could not be written', async () => {
    const cause = new Error('disk full');
    const recorder = await recorderOf(() => Promise.reject(cause));
    const error = await recorder.recordOutcomes(settled);
    assert.ok(error instanceof JournalError);
    assert.equal(error.cause, cause);
  });

  it('does not hide a defect', async () => {
    const recorder = await recorderOf(() => {
      throw new TypeError('defect');
    });
    await assert.rejects(recorder.recordOutcomes(settled), TypeError);
  });
});
