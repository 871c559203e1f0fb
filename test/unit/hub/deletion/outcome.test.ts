import assert from 'node:assert/strict';
import {
  mayChange,
  requestOutcomeOf,
  settleOutcome,
  type ImageOutcome,
  type RequestResult,
} from '../../../../src/hub/deletion/outcome';
import { HubError } from '../../../../src/hub/errors';
import { DeletionReview } from '../../../../src/hub/deletion/review';
import { ReviewedPlan } from '../../../../src/hub/deletion/reviewedPlan';
import { nothingRemoved, refusal } from '../../../support/fakeImageApi';
import { plannedImage, planOf } from '../../../support/images';

const image = plannedImage('acme/api', 'one');
type Result = 'completed' | 'refused' | 'failed' | 'rejected' | 'notSent';

function resultOf(kind: Result): RequestResult {
  const review = new DeletionReview(planOf([image]));
  review.record([image], { kind: 'completed', metrics: nothingRemoved }, false);
  const [request] = ReviewedPlan.of(review, { kind: 'off' }).requests(1);
  assert.ok(request);
  switch (kind) {
    case 'completed':
      return { kind: 'answered', request, answer: { kind: 'completed', metrics: nothingRemoved } };
    case 'refused':
      return { kind: 'answered', request, answer: refusal({}) };
    case 'failed':
      return { kind: 'failed', request, error: new Error('reply lost') };
    case 'rejected':
      return {
        kind: 'rejected',
        request,
        error: new HubError('forbidden', { method: 'POST', path: '/', status: 403 }),
      };
    case 'notSent':
      return { kind: 'notSent', request };
  }
}

describe('outcome', () => {
  const rules: readonly (readonly [Result, isListed: boolean | undefined, ImageOutcome])[] = [
    ['completed', false, 'deleted'],
    ['completed', true, 'failed'],
    ['completed', undefined, 'unconfirmed'],
    ['failed', false, 'deleted'],
    ['failed', true, 'unconfirmed'],
    ['failed', undefined, 'unconfirmed'],
    ['refused', false, 'alreadyGone'],
    ['refused', true, 'refused'],
    ['refused', undefined, 'refused'],
    ['rejected', false, 'alreadyGone'],
    ['rejected', true, 'refused'],
    ['rejected', undefined, 'refused'],
    ['notSent', false, 'alreadyGone'],
    ['notSent', true, 'notSent'],
    ['notSent', undefined, 'notSent'],
  ];
  for (const [result, isListed, outcome] of rules) {
    const listing = isListed === undefined ? 'cannot be listed' : isListed ? 'is listed' : 'is not listed';
    it(`of an image that ${listing} after a request that was ${result} is ${outcome}`, () => {
      assert.equal(settleOutcome(requestOutcomeOf(resultOf(result), image.image.digest), isListed), outcome);
    });
  }

  for (const [result, isListed, outcome] of rules) {
    const isOpen = outcome === 'unconfirmed' || (result === 'failed' && isListed === true);
    const listing = isListed === undefined ? 'not listed' : String(isListed);
    it(`${outcome} ${isOpen ? 'may change' : 'stays'} after a request that was ${result}, listed: ${listing}`, () => {
      assert.equal(mayChange(outcome, requestOutcomeOf(resultOf(result), image.image.digest)), isOpen);
    });
  }
});
