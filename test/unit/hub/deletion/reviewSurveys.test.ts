import assert from 'node:assert/strict';
import { Protection } from '../../../../src/hub/deletion/protection';
import { DeletionReview } from '../../../../src/hub/deletion/review';
import { imageKey, type PlannedImage } from '../../../../src/hub/deletionRequest';
import type { Blocker, DeletionWarning } from '../../../../src/hub/findings';
import type { Image } from '../../../../src/hub/model';
import { formatRepository } from '../../../../src/hub/names';
import { checkedReview, warningOf } from '../../../support/approvedPlan';
import { nothingRemoved, refusal } from '../../../support/fakeImageApi';
import { digestOf, imageOf, plannedImage, planOf } from '../../../support/images';

const former = (seed: string, tag: string) => imageOf(seed, { tags: [{ name: tag, isCurrent: false }] });
const one = plannedImage('acme/api', 'one');
const two = plannedImage('acme/api', 'two');
const wasLatest = former('was latest', 'latest');
const wasStable = former('was stable', 'stable');
const latest = warningOf(one, 'current_tag', 'latest');
const stable = warningOf(one, 'current_tag', 'stable');
const clean = { kind: 'completed', metrics: nothingRemoved } as const;
const keyOf = ({ repository, image }: PlannedImage) => imageKey(repository, image.digest);

function alongWith(review: DeletionReview, planned: PlannedImage): readonly string[] | 'unknown' | undefined {
  const found = review.get(keyOf(planned))?.collateral?.collateral;
  return found?.kind === 'known' ? found.images.map(({ image }) => image.digest) : found?.kind;
}

function survey(review: DeletionReview, of: PlannedImage, ...images: readonly Image[]): void {
  const { activeFrom } = review.plan;
  review.recordSurvey(of.repository, { repository: of.repository, activeFrom, images }, true);
}

describe('answers that a review records', () => {
  it('are those about an image in its own repository', () => {
    const elsewhere = plannedImage('acme/web', 'one');
    const review = checkedReview([one, elsewhere]);
    const other: DeletionWarning = { ...latest, repository: elsewhere.repository.name };
    const blockers = [{ repository: other.repository, digest: other.digest, error: 'not_found' }] as const;
    review.record([one], refusal({ warnings: [other], blockers }), true);
    assert.deepEqual(review.get(keyOf(one))?.warnings, []);
    assert.deepEqual(review.get(keyOf(one))?.blockers, []);
  });

  it('are new only where the person has seen something else', () => {
    const review = checkedReview([one], { warnings: [latest] });
    const isNew = () => review.get(keyOf(one))?.warnings.map((warning) => warning.isNew);
    review.record([one], refusal({ warnings: [latest] }), true);
    assert.deepEqual(isNew(), [false]);
    review.record([one], refusal({ warnings: [latest, warningOf(one, 'is_active')] }), true);
    assert.deepEqual(isNew(), [false, true]);
  });

  it('are not those about an image that has left the plan', () => {
    const review = checkedReview([one, two]);
    review.remove([keyOf(one)]);
    review.record([one, two], refusal({ warnings: [latest] }), true);
    assert.equal(review.get(keyOf(one)), undefined);
    assert.equal(review.isComplete, true);
  });

  it('say of which images parts may be deleted along', () => {
    const review = checkedReview([one, two]);
    assert.deepEqual(review.repositoriesToSurvey, []);
    review.record([one, two], { ...clean, withParts: new Set([two.image.digest]) }, true);
    assert.deepEqual(
      review.entries.map(({ hasParts }) => hasParts),
      [false, true],
    );
    assert.deepEqual(review.repositoriesToSurvey, [two.repository]);
  });

  it('leave what the server objected to when a rule does not any more', () => {
    let protection = new Protection(['acme/api']);
    const review = new DeletionReview(planOf([one], { protectionInForce: () => protection }));
    const { repository, image } = one;
    const blockers: readonly Blocker[] = [
      { repository: repository.name, digest: image.digest, error: 'unauthorized' },
    ];
    review.record([one], refusal({ blockers }), true);
    const errors = () => review.get(keyOf(one))?.blockers.map(({ error }) => error);
    assert.deepEqual(errors(), ['unauthorized', 'protected']);
    protection = Protection.none;
    review.beginCheck();
    assert.deepEqual(errors(), ['unauthorized']);
  });
});

describe('repositories that are listed because images may be deleted along', () => {
  it('are those with an index, with parts or with a tag that is deleted', () => {
    const index = plannedImage('acme/index', 'x', { role: 'index' });
    const signed = plannedImage('acme/signed', 'x', { parts: [imageOf('signature')] });
    const tagged = plannedImage('acme/tagged', 'x');
    const active = plannedImage('acme/active', 'x');
    const review = checkedReview([index, signed, tagged, active], {
      warnings: [warningOf(tagged, 'current_tag', 'a'), warningOf(active, 'is_active')],
    });
    assert.deepEqual(review.repositoriesToSurvey.map(formatRepository), [
      'acme/index',
      'acme/signed',
      'acme/tagged',
    ]);
  });
});

describe('what a review knows to be deleted along', () => {
  it('is unknown where the parts of a listed image are', () => {
    const review = checkedReview([one, two], { warnings: [latest] });
    survey(review, one, { ...one.image, arePartsUnknown: true }, two.image, wasLatest);
    assert.equal(alongWith(review, one), 'unknown');
    assert.equal(alongWith(review, two), undefined);
    survey(review, one, one.image, { ...two.image, arePartsUnknown: true }, wasLatest);
    assert.deepEqual(alongWith(review, one), [wasLatest.digest]);
    assert.equal(alongWith(review, two), 'unknown');
  });

  it('is nothing any more where a newer list has nothing', () => {
    const review = checkedReview([one, two], { warnings: [latest] });
    survey(review, one, one.image, two.image, wasLatest);
    assert.deepEqual(alongWith(review, one), [wasLatest.digest]);
    survey(review, one, one.image, two.image);
    assert.equal(alongWith(review, one), undefined);
    assert.equal(review.counts.collateralImages, 0);
  });

  it('is of one repository only, whatever has the same digest in another', () => {
    const elsewhere = plannedImage('acme/web', 'one');
    const review = checkedReview([one, elsewhere], {
      warnings: [latest, warningOf(elsewhere, 'current_tag', 'latest')],
    });
    survey(review, one, one.image, wasLatest);
    assert.deepEqual(alongWith(review, one), [wasLatest.digest]);
    assert.equal(alongWith(review, elsewhere), undefined);
    assert.equal(review.isSurveyed(elsewhere.repository), false);
  });

  it('takes in an image that leaves the plan, as something new', () => {
    const planned = { repository: one.repository, image: wasLatest };
    const review = checkedReview([one, planned], { warnings: [latest] });
    survey(review, one, one.image, wasLatest);
    assert.equal(alongWith(review, one), undefined);
    review.remove([keyOf(planned)]);
    assert.deepEqual(alongWith(review, one), [wasLatest.digest]);
    assert.equal(review.get(keyOf(one))?.collateral?.isNew, true);
  });

  it('does not take in an image that leaves the plan in another repository', () => {
    const planned = { repository: one.repository, image: wasLatest };
    const elsewhere = plannedImage('acme/web', 'was latest');
    const review = checkedReview([one, two, planned, elsewhere], { warnings: [latest] });
    survey(review, one, one.image, two.image, wasLatest);
    survey(review, elsewhere, elsewhere.image);
    assert.equal(review.remove([keyOf(elsewhere), keyOf(two)]), 2);
    assert.equal(alongWith(review, one), undefined);
  });

  it('is determined with the newest tags when an image leaves the plan', () => {
    const review = checkedReview([one, two], { warnings: [latest] });
    survey(review, one, one.image, two.image, wasLatest, wasStable);
    review.record([one], refusal({ warnings: [stable] }), true);
    assert.deepEqual(alongWith(review, one), [wasLatest.digest], 'until then it is as it was');
    review.remove([keyOf(two)]);
    assert.deepEqual(alongWith(review, one), [wasStable.digest]);
    assert.equal(review.get(keyOf(one))?.collateral?.isNew, true);
  });

  it('is dropped, with the list, where no tag is deleted any more', () => {
    const kept = plannedImage('acme/web', 'kept');
    const other = plannedImage('acme/web', 'other', former('other', 'latest'));
    const review = checkedReview([one, two, kept, other], {
      warnings: [latest, warningOf(kept, 'current_tag', 'latest')],
    });
    survey(review, one, one.image, two.image, wasLatest);
    survey(review, kept, kept.image, other.image, wasLatest);
    review.record([one], clean, true);
    review.dropSurveys();
    assert.equal(alongWith(review, one), undefined);
    assert.deepEqual(alongWith(review, kept), [wasLatest.digest]);
    review.record([one], refusal({ warnings: [latest] }), true);
    review.remove([keyOf(two), keyOf(other)]);
    assert.equal(alongWith(review, one), undefined, 'the old list is not used again');
    assert.deepEqual(new Set(alongWith(review, kept)), new Set([wasLatest.digest, other.image.digest]));
  });

  it('does not include a list that was dropped', () => {
    const review = checkedReview([one], { warnings: [latest] });
    survey(review, one, one.image, wasLatest);
    assert.deepEqual(review.listedImages(one.repository), [one.image, wasLatest]);
    review.record([one], clean, true);
    review.dropSurveys();
    assert.equal(review.listedImages(one.repository), undefined);
  });

  it('changes nothing where nothing is deleted along, as before', () => {
    const review = checkedReview([one]);
    const before = review.changes;
    review.recordSurvey(one.repository, undefined, true);
    assert.equal(review.changes, before);
  });

  it('changes nothing where there is nothing to drop', () => {
    const review = checkedReview([one, two], { warnings: [latest] });
    survey(review, one, one.image, two.image, wasLatest);
    review.record([one], clean, true);
    const before = review.changes;
    review.dropSurveys();
    assert.equal(review.changes, before + 1, 'only the image that had something');
    review.dropSurveys();
    assert.equal(review.changes, before + 1);
  });
});

describe('marking images as not checked', () => {
  it('changes only those that were checked, and ignores what is not in the plan', () => {
    const review = checkedReview([one, two]);
    const before = review.changes;
    review.uncheck([keyOf(one), imageKey(one.repository, digestOf('missing'))]);
    review.uncheck([keyOf(one)]);
    assert.equal(review.changes, before + 1);
    assert.equal(review.counts.unchecked, 1);
  });
});
