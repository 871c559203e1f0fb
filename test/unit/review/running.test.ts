import assert from 'node:assert/strict';
import {
  type RunningDeletion,
  runningDeletionsText,
  runningDeletionsTooltip,
} from '../../../src/review/texts/running';

const api: RunningDeletion = { phase: 'deleting', done: 24, total: 60, repositories: ['acme/api'] };
const others: RunningDeletion = {
  phase: 'verifying',
  done: 1300,
  total: 1300,
  repositories: ['acme/billing', 'acme/gateway'],
};

describe('running deletions in the status bar', () => {
  it('count the images of one', () => {
    assert.equal(runningDeletionsText([api]), 'Deleting 24 of 60');
    assert.equal(runningDeletionsTooltip([api]), 'acme/api: Deleting 24 of 60\nSelect to show the review.');
  });

  it('say that one is stopping, and that its outcome is looked for', () => {
    assert.equal(runningDeletionsText([{ ...api, phase: 'stopping' }]), 'Stopping the deletion');
    assert.equal(runningDeletionsText([others]), 'Checking the deletion');
  });

  it('are added up, and listed one by one in the tooltip', () => {
    assert.equal(runningDeletionsText([api, others]), '2 deletions: 1,324 of 1,360');
    assert.equal(
      runningDeletionsTooltip([api, others]),
      'acme/api: Deleting 24 of 60\n2 repositories: Checking the deletion\nSelect to show the first review.',
    );
  });
});
