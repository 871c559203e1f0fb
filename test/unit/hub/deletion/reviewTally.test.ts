import assert from 'node:assert/strict';
import fc from 'fast-check';
import { acceptanceKinds } from '../../../../src/hub/deletion/findings';
import { imageKey } from '../../../../src/hub/deletion/plan';
import { DeletionReview, isApproved } from '../../../../src/hub/deletion/review';
import { ReviewTally } from '../../../../src/hub/deletion/reviewTally';
import { refusal } from '../../../support/fakeImageApi';
import { imageOf, plannedImage, planOf } from '../../../support/images';

const planned = Array.from({ length: 6 }, (_, index) =>
  plannedImage('acme/api', String(index), { tags: [{ name: `v${index % 3}`, isCurrent: index < 3 }] }),
);
const outsiders = [0, 1].map((index) =>
  imageOf(`outsider ${index}`, { tags: [{ name: `v${index}`, isCurrent: false }] }),
);
const inventory = {
  repository: planned[0]?.repository ?? assert.fail(),
  activeFrom: new Date(0),
  images: [...planned.map(({ image }) => image), ...outsiders],
};
const some = fc.subarray(planned);
const kind = fc.constantFrom(...acceptanceKinds);

const steps = fc.array(
  fc.oneof(
    fc.tuple(some, some, some).map(([images, active, blocked]) => (review: DeletionReview) => {
      const concerns = ({ repository, image }: (typeof planned)[number]) => ({
        repository: repository.name,
        digest: image.digest,
      });
      const warnings = active.map((one) => ({ ...concerns(one), warning: 'is_active' as const }));
      const tags = images.map((one) => ({ ...concerns(one), warning: 'current_tag' as const, tags: ['v0'] }));
      const blockers = blocked.map((one) => ({ ...concerns(one), error: 'unauthorized' as const }));
      review.record(images, refusal({ warnings: [...warnings, ...tags], blockers }), true);
    }),
    some.map((images) => (review: DeletionReview) => {
      review.recordRefusal(images, refusal({}));
    }),
    fc.boolean().map((isKnown) => (review: DeletionReview) => {
      review.recordSurvey(inventory.repository, isKnown ? inventory : undefined, true);
    }),
    fc.tuple(kind, fc.boolean()).map(([each, isAccepted]) => (review: DeletionReview) => {
      review.acceptAll(each, isAccepted);
    }),
    fc.tuple(some, kind, fc.boolean()).map(([images, each, isAccepted]) => (review: DeletionReview) => {
      review.acceptEach(
        images.map(({ repository, image }) => imageKey(repository, image.digest)),
        each,
        isAccepted,
      );
    }),
    fc.subarray(planned, { maxLength: 2 }).map((images) => (review: DeletionReview) => {
      review.remove(images.map(({ repository, image }) => imageKey(repository, image.digest)));
    }),
    fc.constantFrom('uncheck', 'dropSurveys', 'removeBlocked').map((act) => (review: DeletionReview) => {
      review[act]();
    }),
  ),
  { maxLength: 12 },
);

describe('counts of a review', () => {
  it('are those of its images, whatever happened to these', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const review = new DeletionReview(planOf(planned));
        for (const step of taken) {
          step(review);
          assert.deepEqual(review.counts, ReviewTally.of(review.entries).counts);
          const isComplete = review.entries.length > 0 && review.entries.every(isApproved);
          assert.equal(review.isComplete, isComplete);
        }
      }),
      { numRuns: 500 },
    );
  });
});
