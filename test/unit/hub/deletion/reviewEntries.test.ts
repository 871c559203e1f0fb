import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DeletionReview } from '../../../../src/hub/deletion/review';
import { ReviewEntries } from '../../../../src/hub/deletion/reviewEntries';
import { isApproved, type ReviewEntry } from '../../../../src/hub/deletion/reviewEntry';
import { ReviewTally } from '../../../../src/hub/deletion/reviewTally';
import { imageKey } from '../../../../src/hub/deletionRequest';
import { type AcceptanceKind, acceptanceKinds } from '../../../../src/hub/findings';
import { refusal } from '../../../support/fakeImageApi';
import { foundReferences, referenceIn } from '../../../support/foundReferences';
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
/** Lines that use a tag of a planned image, a planned image, and one that may be deleted along with one. */
const lines = [
  referenceIn('tag.yaml', { tag: 'v1' }),
  referenceIn('digest.yaml', { digest: planned[3]?.image.digest }),
  referenceIn('images.lock', { repository: undefined, digest: outsiders[0]?.digest }),
];
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
    fc
      .option(fc.array(fc.constantFrom(...lines)), { nil: undefined })
      .map((found) => (review: DeletionReview) => {
        review.references.note(found && foundReferences(found), true);
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
function factsOf(entry: ReviewEntry | undefined): Omit<ReviewEntry, 'findingsRevision'> | undefined {
  if (entry === undefined) {
    return undefined;
  }
  const {
    key,
    planned: image,
    isChecked,
    hasParts,
    warnings,
    blockers,
    latestTags,
    collateral,
    referenced,
  } = entry;
  return { key, planned: image, isChecked, hasParts, warnings, blockers, latestTags, collateral, referenced };
}

/** What a person reads about an image, apart from the decisions. */
function readable({ warnings, blockers, collateral }: ReviewEntry): string {
  const sorted = (texts: readonly string[]) => [...new Set(texts)].sort();
  const found = collateral?.collateral;
  return JSON.stringify([
    warnings.length,
    sorted(warnings.map(({ warning }) => [warning.warning, ...sorted(warning.tags ?? [])].join(' '))),
    blockers.length,
    sorted(blockers.map(({ error }) => error)),
    found?.kind === 'known'
      ? found.images.map(({ image, formerTags }) => [image.digest, ...sorted(formerTags)])
      : found?.kind,
  ]);
}

describe('the images of a review', () => {
  it('have a new revision of their findings whenever these have changed, one by one and together', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const review = new DeletionReview(planOf(planned));
        for (const step of taken) {
          const before = new Map(review.entries.map((entry) => [entry.key, entry]));
          const revisionBefore = review.findingsRevision;
          step(review, atOnce);
          for (const entry of review.entries) {
            const known = before.get(entry.key) ?? assert.fail();
            if (readable(known) !== readable(entry)) {
              assert.ok(entry.findingsRevision > revisionBefore);
            }
            assert.ok(entry.findingsRevision <= review.findingsRevision);
          }
          if (revisionBefore !== review.findingsRevision) {
            assert.ok(review.entries.some(({ findingsRevision }) => findingsRevision > revisionBefore));
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('keep the revision of their findings while Docker Hub says the same, and while it is decided', () => {
    const [one] = planned;
    assert.ok(one);
    const review = new DeletionReview(planOf([one]));
    const warning = (...tags: readonly string[]) =>
      refusal({
        warnings: [
          { repository: one.repository.name, digest: one.image.digest, warning: 'current_tag', tags },
        ],
      });
    review.record([one], warning('v0', 'v1'), false);
    const seen = review.entries[0]?.findingsRevision;
    review.acceptAll('current_tag', true);
    review.accept(imageKey(one.repository, one.image.digest), 'current_tag', false);
    review.uncheck();
    review.record([one], warning('v1', 'v0'), true);
    assert.equal(review.entries[0]?.findingsRevision, seen);
    assert.equal(review.findingsRevision, seen);
    review.record([one], warning('v0'), true);
    assert.notEqual(review.entries[0]?.findingsRevision, seen);
  });

  it('are not blocked before a check', () => {
    const review = new DeletionReview(planOf(planned));
    assert.equal(review.removeBlocked(), 0);
    assert.equal(review.entries.length, planned.length);
  });

  it('do not call for a list of a repository before a check', () => {
    assert.deepEqual(new DeletionReview(planOf(planned)).repositoriesToSurvey, []);
  });

  it('do not come back by a change once they have left the plan', () => {
    const entries = new ReviewEntries(planned);
    const [key] = entries.keys();
    assert.ok(key);
    entries.remove(key);
    entries.change(key, { isChecked: true });
    assert.equal(entries.get(key), undefined);
    assert.equal(entries.counts.images, planned.length - 1);
  });

  it('are counted once each where they are blocked, however much is objected to them', () => {
    const review = new DeletionReview(planOf(planned));
    const blockers = planned.slice(0, 2).flatMap(({ repository, image: { digest } }) => [
      { repository: repository.name, digest, error: 'unauthorized' as const },
      { repository: repository.name, digest, error: 'child_manifest' as const },
    ]);
    review.record(planned, refusal({ blockers }), true);
    assert.equal(review.counts.blocked, 2);
  });

  describe('of which one is active, another is tagged and used, and with it one more is deleted', () => {
    const reviewed = () => {
      const review = new DeletionReview(planOf(planned));
      const [active, tagged] = planned.map(({ repository, image: { digest } }) => ({
        repository: repository.name,
        digest,
      }));
      assert.ok(active && tagged);
      const warnings = [
        { ...active, warning: 'is_active' as const },
        { ...tagged, warning: 'current_tag' as const, tags: ['v1'] },
      ];
      review.record(planned, refusal({ warnings }), true);
      const own = inventory.images.map((image) => ({ ...image, tags: [] }));
      const former = imageOf('former', { tags: [{ name: 'v1', isCurrent: false }] });
      review.recordSurvey(inventory.repository, { ...inventory, images: [...own, former] }, true);
      review.references.note(foundReferences([referenceIn('prod.yaml', { tag: 'v1' })]), true);
      return review;
    };

    it('concern each decision once', () => {
      for (const decide of [atOnce, oneByOne]) {
        assert.deepEqual(
          acceptanceKinds.map((each) => decide(reviewed(), each, true)),
          [1, 1, 1, 1],
        );
      }
    });

    it('have nothing new any more once all is decided', () => {
      for (const decide of [atOnce, oneByOne]) {
        const review = reviewed();
        const isNew = () =>
          review.entries.flatMap(({ warnings, collateral, referenced }) =>
            [...warnings, ...(collateral ? [collateral] : []), ...(referenced ? [referenced] : [])].map(
              (each) => each.isNew,
            ),
          );
        assert.deepEqual(isNew(), [true, true, true, true]);
        acceptanceKinds.forEach((each) => decide(review, each, false));
        assert.deepEqual(isNew(), [false, false, false, false]);
      }
    });
  });

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
