import assert from 'node:assert/strict';
import { DeletionReview } from '../../../../src/hub/deletion/review';
import { ReviewedPlan } from '../../../../src/hub/deletion/reviewedPlan';
import { applyOutcomes } from '../../../../src/hub/deletion/settleDeletion';
import { Settlement } from '../../../../src/hub/deletion/settlement';
import { imageKey, type PlannedImage } from '../../../../src/hub/deletionRequest';
import { checkedReview, warningOf } from '../../../support/approvedPlan';
import { nothingRemoved } from '../../../support/fakeImageApi';
import { plannedImage, planOf } from '../../../support/images';

const one = plannedImage('acme/api', 'one');
const two = plannedImage('acme/api', 'two');
const keyOf = ({ repository, image }: PlannedImage) => imageKey(repository, image.digest);
const completed = { kind: 'completed', metrics: nothingRemoved } as const;

describe('outcomes of a deletion', () => {
  it('take away the tags that were deleted or have moved from an image that was refused', () => {
    const tags = ['deleted', 'moved', 'stays'].map((name) => ({ name, isCurrent: true }));
    const tagged = plannedImage('acme/api', 'tagged', { tags });
    const names = tags.map(({ name }) => name);
    const review = checkedReview([tagged], { warnings: [warningOf(tagged, 'current_tag', ...names)] });
    review.acceptAll('current_tag', true);
    const [request] = ReviewedPlan.of(review, { kind: 'off' }).requests(1);
    assert.ok(request);
    const refusals = new Map([
      [tagged.image.digest, { cause: 'tagMoved', tag: 'moved', removedTags: ['deleted'] } as const],
    ]);
    const answer = { ...completed, refusals };
    applyOutcomes(
      {
        images: [
          { key: keyOf(tagged), request: { kind: 'answered', answer }, exists: true, outcome: 'refused' },
        ],
        collateral: new Map(),
      },
      [{ kind: 'answered', request, answer }],
      review,
      new Settlement(),
    );
    assert.deepEqual(review.get(keyOf(tagged))?.latestTags, ['stays']);
  });

  it('leave what was found and accepted for an image that the server has not deleted', () => {
    const review = new DeletionReview(planOf([one, two]));
    review.record([one, two], { ...completed, withParts: new Set([two.image.digest]) }, false);
    review.recordSurvey(one.repository, undefined, false);
    review.acceptAll('collateral', true);
    const before = review.get(keyOf(two));
    assert.equal(before?.collateral?.isAccepted, true);
    const [request] = ReviewedPlan.of(review, { kind: 'off' }).requests(2);
    assert.ok(request);
    const of = { request: { kind: 'answered', answer: completed } } as const;
    const settlement = new Settlement();
    applyOutcomes(
      {
        images: [
          { key: keyOf(one), ...of, exists: false, outcome: 'deleted' },
          { key: keyOf(two), ...of, exists: true, outcome: 'failed' },
        ],
        collateral: new Map(),
      },
      [{ kind: 'answered', request, answer: completed }],
      review,
      settlement,
    );
    assert.deepEqual(
      settlement.entries.map(({ entry }) => entry.key),
      [keyOf(one)],
    );
    assert.deepEqual(review.entries, [{ ...before, isChecked: false }]);
  });
});
