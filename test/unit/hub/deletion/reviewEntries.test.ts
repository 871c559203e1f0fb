import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DeletionReview } from '../../../../src/hub/deletion/review';
import { isApproved, type ReviewEntry } from '../../../../src/hub/deletion/reviewEntry';
import { ReviewTally } from '../../../../src/hub/deletion/reviewTally';
import { imageKey } from '../../../../src/hub/deletionRequest';
import { type AcceptanceKind, acceptanceKinds } from '../../../../src/hub/findings';
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

type AcceptAll = (...decision: [DeletionReview, AcceptanceKind, boolean]) => number;

const atOnce: AcceptAll = (review, each, isAccepted) => review.acceptAll(each, isAccepted);

const oneByOne: AcceptAll = (review, each, isAccepted) =>
  review.acceptEach(
    review.entries.map(({ key }) => key),
    each,
    isAccepted,
  );

const steps = fc.array(
  fc.oneof(
    fc.tuple(some, some, some).map(([images, active, blocked]) => (review: DeletionReview) => {
      const concerns = ({ repository, image }: (typeof planned)[number]) => ({
        repository: repository.name,
        digest: image.digest,
      });
      const warnings = active.map((one) => ({ ...concerns(one), warning: 'is_active' as const }));
      const tags = [...images, ...active].map((one, index) => ({
        ...concerns(one),
        warning: 'current_tag' as const,
        tags: [`v${index}`], // of some images a server may tell twice
      }));
      const blockers = blocked.map((one) => ({ ...concerns(one), error: 'unauthorized' as const }));
      review.record(images, refusal({ warnings: [...warnings, ...tags], blockers }), true);
    }),
    some.map((images) => (review: DeletionReview) => {
      review.recordRefusal(images, refusal({}));
    }),
    fc.boolean().map((isKnown) => (review: DeletionReview) => {
      review.recordSurvey(inventory.repository, isKnown ? inventory : undefined, true);
    }),
    fc.tuple(kind, fc.boolean()).map(([each, isAccepted]) => (review: DeletionReview, all: AcceptAll) => {
      all(review, each, isAccepted);
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

/** What anybody may see of an image. */
function factsOf(entry: ReviewEntry | undefined): ReviewEntry | undefined {
  if (entry === undefined) {
    return undefined;
  }
  const { key, planned: image, isChecked, warnings, blockers, collateral } = entry;
  return { key, planned: image, isChecked, warnings, blockers, collateral };
}

describe('the images of a review', () => {
  it('are counted, whatever happened to them', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const review = new DeletionReview(planOf(planned));
        for (const step of taken) {
          step(review, atOnce);
          assert.deepEqual(review.counts, ReviewTally.of(review.entries).counts);
          const isComplete = review.entries.length > 0 && review.entries.every(isApproved);
          assert.equal(review.isComplete, isComplete);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are decided about all at once as if each had been, whenever somebody looks at which', () => {
    fc.assert(
      fc.property(steps, fc.array(some), (taken, looks) => {
        const review = new DeletionReview(planOf(planned));
        const expected = new DeletionReview(planOf(planned));
        for (const [index, step] of taken.entries()) {
          const concerned: number[] = [];
          step(review, (...decision) => (concerned[0] = atOnce(...decision)));
          step(expected, (...decision) => (concerned[1] = oneByOne(...decision)));
          assert.equal(concerned[0], concerned[1]);
          for (const { repository, image } of looks[index] ?? []) {
            const key = imageKey(repository, image.digest);
            assert.deepEqual(factsOf(review.get(key)), factsOf(expected.get(key)));
          }
        }
        assert.deepEqual(review.entries.map(factsOf), expected.entries.map(factsOf));
      }),
      { numRuns: 500 },
    );
  });
});
