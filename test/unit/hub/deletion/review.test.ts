import assert from 'node:assert/strict';
import { confirmationOf } from '../../../../src/hub/deletion/confirmation';
import { Protection } from '../../../../src/hub/deletion/protection';
import { DeletionReview } from '../../../../src/hub/deletion/review';
import { ReviewedPlan } from '../../../../src/hub/deletion/reviewedPlan';
import { imageKey } from '../../../../src/hub/deletionRequest';
import type { DeletionWarning } from '../../../../src/hub/findings';
import { nothingRemoved, refusal } from '../../../support/fakeImageApi';
import { imageOf, plannedImage, planOf } from '../../../support/images';

const one = plannedImage('acme/api', 'one');
const two = plannedImage('acme/api', 'two');
const keyOf = ({ repository, image }: typeof one) => imageKey(repository, image.digest);
const clean = { kind: 'completed', metrics: nothingRemoved } as const;

function warn(
  planned: typeof one,
  warning: DeletionWarning['warning'],
  tags?: readonly string[],
): DeletionWarning {
  const { repository, image } = planned;
  return { repository: repository.name, digest: image.digest, warning, ...(tags && { tags }) };
}

function reviewOf(...images: (typeof one)[]): DeletionReview {
  return new DeletionReview(planOf(images));
}

describe('review', () => {
  it('is not complete before every image was checked', () => {
    const review = reviewOf(one, two);
    review.record([one], clean, false);
    assert.equal(review.isComplete, false);
    assert.throws(() => ReviewedPlan.of(review, { kind: 'off' }), /not complete/);
    review.record([two], clean, false);
    assert.equal(review.isComplete, true);
  });

  it('accepts nothing in advance', () => {
    const review = reviewOf(one);
    review.record([one], refusal({ warnings: [warn(one, 'is_active')] }), false);
    assert.deepEqual(review.counts.acceptances.is_active, { total: 1, accepted: 0 });
    assert.equal(review.isComplete, false);
  });

  it('is complete when every warning is accepted', () => {
    const review = reviewOf(one);
    review.record(
      [one],
      refusal({ warnings: [warn(one, 'is_active'), warn(one, 'current_tag', ['a'])] }),
      false,
    );
    review.accept(keyOf(one), 'is_active', true);
    assert.equal(review.isComplete, false);
    review.accept(keyOf(one), 'current_tag', true);
    assert.equal(review.isComplete, true);
    review.accept(keyOf(one), 'is_active', false);
    assert.equal(review.isComplete, false);
  });

  it('accepts all warnings of one kind and none of the other', () => {
    const review = reviewOf(one, two);
    const warnings = [warn(one, 'is_active'), warn(two, 'is_active'), warn(two, 'current_tag', ['a'])];
    review.record([one, two], refusal({ warnings }), false);
    review.acceptAll('is_active', true);
    assert.deepEqual(review.counts.acceptances, {
      is_active: { total: 2, accepted: 2 },
      current_tag: { total: 1, accepted: 0 },
      collateral: { total: 0, accepted: 0 },
      referenced: { total: 0, accepted: 0 },
    });
  });

  it('is never complete with a blocked image, until that leaves the plan', () => {
    const review = reviewOf(one, two);
    const blockers = [
      { repository: one.repository.name, digest: one.image.digest, error: 'child_manifest' },
    ] as const;
    review.record([one, two], refusal({ blockers }), false);
    assert.equal(review.isComplete, false);
    assert.equal(review.removeBlocked(), 1);
    assert.equal(review.isComplete, true);
    assert.deepEqual(review.images, [two]);
  });

  it('keeps an acceptance while Docker Hub says the same, in any order of the tags', () => {
    const review = reviewOf(one);
    review.record([one], refusal({ warnings: [warn(one, 'current_tag', ['a', 'b'])] }), false);
    review.acceptAll('current_tag', true);
    review.uncheck();
    review.record([one], refusal({ warnings: [warn(one, 'current_tag', ['b', 'a'])] }), true);
    assert.equal(review.isComplete, true);
  });

  it('drops an acceptance when a tag has come, and marks the warning as new', () => {
    const review = reviewOf(one);
    review.record([one], refusal({ warnings: [warn(one, 'current_tag', ['a'])] }), false);
    review.acceptAll('current_tag', true);
    review.record([one], refusal({ warnings: [warn(one, 'current_tag', ['a', 'b'])] }), true);
    const [reviewed] = review.get(keyOf(one))?.warnings ?? [];
    assert.equal(reviewed?.isAccepted, false);
    assert.equal(reviewed.isNew, true);
  });

  it('keeps what was accepted when a deletion is refused for something else', () => {
    const review = reviewOf(one);
    review.record([one], refusal({ warnings: [warn(one, 'current_tag', ['a'])] }), false);
    review.acceptAll('current_tag', true);
    review.recordRefusal([one], refusal({ warnings: [warn(one, 'is_active')] }));
    assert.deepEqual(
      review.entries[0]?.warnings.map(({ warning, isAccepted, isNew }) => [
        warning.warning,
        isAccepted,
        isNew,
      ]),
      [
        ['current_tag', true, false],
        ['is_active', false, true],
      ],
    );
  });

  it('sees nothing new the first time it looks', () => {
    const review = reviewOf(one);
    review.record([one], refusal({ warnings: [warn(one, 'is_active')] }), false);
    assert.equal(review.get(keyOf(one))?.warnings[0]?.isNew, false);
  });

  it('is not complete when nothing is left of it', () => {
    const review = reviewOf(one);
    review.record([one], clean, false);
    review.remove([keyOf(one)]);
    assert.equal(review.isComplete, false);
  });
});

describe('review of what falls with images', () => {
  const tagged = plannedImage('acme/api', 'tagged', { tags: [{ name: 'latest', isCurrent: true }] });
  const former = imageOf('former', { tags: [{ name: 'latest', isCurrent: false }] });
  const inventory = (...images: (typeof former)[]) => ({
    repository: tagged.repository,
    activeFrom: new Date(0),
    images: [tagged.image, ...images],
  });
  const surveyed = (...images: (typeof former)[]) => {
    const review = reviewOf(tagged, two);
    review.record([tagged], refusal({ warnings: [warn(tagged, 'current_tag', ['latest'])] }), false);
    review.record([two], clean, false);
    review.acceptAll('current_tag', true);
    review.recordSurvey(tagged.repository, inventory(...images), false);
    return review;
  };

  it('asks for an acceptance of its own', () => {
    const review = surveyed(former);
    assert.deepEqual(review.counts.acceptances.collateral, { total: 1, accepted: 0 });
    assert.equal(review.counts.collateralImages, 1);
    assert.equal(review.isComplete, false);
    review.accept(keyOf(tagged), 'collateral', true);
    assert.equal(review.isComplete, true);
  });

  it('asks for nothing where nothing falls', () => {
    assert.equal(surveyed().isComplete, true);
  });

  it('asks as well where it is not known what falls', () => {
    const review = surveyed();
    review.recordSurvey(tagged.repository, undefined, true);
    assert.deepEqual(review.get(keyOf(tagged))?.collateral?.collateral, { kind: 'unknown' });
    assert.equal(review.isComplete, false);
  });

  it('drops the acceptance when something else falls', () => {
    const review = surveyed(former);
    review.acceptAll('collateral', true);
    review.recordSurvey(tagged.repository, inventory(former), true);
    assert.equal(review.isComplete, true, 'the same falls');
    const another = imageOf('another', { tags: [{ name: 'latest', isCurrent: false }] });
    review.recordSurvey(tagged.repository, inventory(former, another), true);
    assert.equal(review.isComplete, false);
    assert.equal(review.get(keyOf(tagged))?.collateral?.isNew, true);
  });

  it('drops the acceptance when what falls is described in another way', () => {
    const review = surveyed({ ...former, status: 'inactive' });
    review.acceptAll('collateral', true);
    review.recordSurvey(tagged.repository, inventory({ ...former, status: 'active' }), true);
    assert.equal(review.isComplete, false);
    assert.equal(review.get(keyOf(tagged))?.collateral?.isNew, true);
  });

  it('counts an image that left the plan among those that fall', () => {
    const planned = plannedImage('acme/api', 'former', former);
    const review = reviewOf(tagged, planned);
    review.record([tagged, planned], refusal({ warnings: [warn(tagged, 'current_tag', ['latest'])] }), false);
    review.acceptAll('current_tag', true);
    review.recordSurvey(tagged.repository, inventory(former), false);
    assert.equal(review.isComplete, true, 'it is deleted in its own right');
    review.remove([keyOf(planned)]);
    assert.equal(review.counts.collateralImages, 1);
    assert.equal(review.isComplete, false);
  });
});

describe('review of protected images', () => {
  it('blocks an image to which a protected tag came after it was chosen', () => {
    const review = new DeletionReview(
      planOf([one], { protectionInForce: () => new Protection(['acme/api:prod-*']) }),
    );
    review.record([one], refusal({ warnings: [warn(one, 'current_tag', ['prod-7'])] }), false);
    assert.deepEqual(
      review.get(keyOf(one))?.blockers.map(({ error }) => error),
      ['protected'],
    );
    review.acceptAll('current_tag', true);
    assert.equal(review.isComplete, false);
  });
});

describe('reviewed plan', () => {
  it('asks to ignore exactly what was accepted, as it came', () => {
    const review = reviewOf(one, two);
    const warnings = [warn(one, 'is_active'), warn(two, 'current_tag', ['b', 'a'])];
    review.record([one, two], refusal({ warnings }), false);
    review.acceptAll('is_active', true);
    review.acceptAll('current_tag', true);
    const [request, ...others] = ReviewedPlan.of(review, { kind: 'off' }).requests(25);
    assert.deepEqual(others, []);
    assert.deepEqual(request?.ignoredWarnings, warnings);
    assert.deepEqual(request.digests, [one.image.digest, two.image.digest]);
    assert.deepEqual(request.activeFrom, review.plan.activeFrom);
  });

  it('is not reached by later changes of the review', () => {
    const review = reviewOf(one, two);
    review.record([one, two], clean, false);
    const plan = ReviewedPlan.of(review, { kind: 'off' });
    review.remove([keyOf(one)]);
    assert.equal(plan.images.length, 2);
  });

  it('sends what lost its tag since it was chosen before what got one', () => {
    const tags = [{ name: 'latest', isCurrent: true }];
    const wasTagged = plannedImage('acme/api', 'was tagged', { tags });
    const review = reviewOf(one, wasTagged);
    review.record([one, wasTagged], refusal({ warnings: [warn(one, 'current_tag', ['latest'])] }), false);
    review.acceptAll('current_tag', true);
    assert.deepEqual(
      ReviewedPlan.of(review, { kind: 'off' })
        .requests(1)
        .map(({ digests }) => digests),
      [[wasTagged.image.digest], [one.image.digest]],
    );
  });

  it('names a tag once that was told of two images', () => {
    const review = reviewOf(one, two);
    const warnings = [one, two].map((planned) => warn(planned, 'current_tag', ['latest']));
    review.record([one, two], refusal({ warnings }), false);
    review.acceptAll('current_tag', true);
    assert.deepEqual(confirmationOf(ReviewedPlan.of(review, { kind: 'off' })).tags, ['acme/api:latest']);
  });

  it('gives each request only the warnings of its own images', () => {
    const review = reviewOf(one, two);
    review.record([one, two], refusal({ warnings: [warn(one, 'is_active'), warn(two, 'is_active')] }), false);
    review.acceptAll('is_active', true);
    for (const request of ReviewedPlan.of(review, { kind: 'off' }).requests(1)) {
      assert.deepEqual(
        request.ignoredWarnings.map(({ digest }) => digest),
        request.digests,
      );
    }
  });
});
