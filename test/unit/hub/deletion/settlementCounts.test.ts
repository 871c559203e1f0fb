import assert from 'node:assert/strict';
import { confirmationOf } from '../../../../src/hub/deletion/confirmation';
import { lateCompletionMs } from '../../../../src/hub/deletion/lateCompletion';
import { Settlement } from '../../../../src/hub/deletion/settlement';
import { noOutcomes } from '../../../../src/hub/deletion/summary';
import { addMetrics, noMetrics } from '../../../../src/hub/deletionAnswer';
import { imageKey } from '../../../../src/hub/deletionRequest';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { approvedPlan, checkedReview, warningOf } from '../../../support/approvedPlan';
import { digestOf, imageOf, plannedImage } from '../../../support/images';

const repository = parseRepositoryRef('acme/api');
const one = plannedImage('acme/api', 'one', { sizeBytes: 10 });
const two = plannedImage('acme/api', 'two', { sizeBytes: 5 });
const keyOf = (seed: string) => imageKey(repository, digestOf(seed));

describe('settlement of several deletions', () => {
  it('counts outcomes, what was deleted along and the bytes of both', () => {
    const review = checkedReview([one, two]);
    const [first, second] = review.entries;
    assert.ok(first && second);
    const settlement = new Settlement();
    const collateral = () => settlement.summary(review).collateral;
    const none = { deleted: 0, alreadyGone: 0, refused: 0, failed: 0, unconfirmed: 0, notSent: 0 };
    assert.deepEqual({ ...settlement.counts }, none);
    assert.deepEqual(
      [settlement.entries, collateral(), settlement.removedBytes],
      [[], { gone: 0, stayed: 0, unconfirmed: 0 }, undefined],
    );
    settlement.add(
      [{ entry: first, outcome: 'deleted' }],
      new Map([
        [keyOf('x'), 'gone'],
        [keyOf('y'), 'stayed'],
        [keyOf('z'), 'unconfirmed'],
      ]),
    );
    assert.deepEqual({ ...settlement.counts }, { ...none, deleted: 1 });
    assert.deepEqual(collateral(), { gone: 1, stayed: 1, unconfirmed: 1 });
    assert.equal(settlement.removedBytes, 10);
    settlement.add([{ entry: second, outcome: 'deleted' }], new Map([[keyOf('y'), 'gone']]));
    assert.deepEqual({ ...settlement.counts }, { ...none, deleted: 2 });
    assert.deepEqual(collateral(), { gone: 2, stayed: 0, unconfirmed: 1 });
    assert.equal(settlement.removedBytes, 15);
    assert.deepEqual(
      settlement.entries.map(({ entry }) => entry),
      [first, second],
    );
    assert.equal(settlement.get(first.key)?.outcome, 'deleted');
    assert.equal(settlement.collateral.get(keyOf('z')), 'unconfirmed');
  });
});

describe('summary of several deletions', () => {
  const reported = { manifestDeletes: 1, manifestErrors: 2, tagDeletes: 3, tagErrors: 4 };
  const planned = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((seed) => plannedImage('acme/api', seed));

  it('adds the images that have left the plan to those that are still in it', () => {
    const review = checkedReview(planned);
    const settlement = new Settlement();
    const entryOf = (seed: string) => review.get(keyOf(seed)) ?? assert.fail(seed);
    assert.deepEqual(settlement.summary(review).images, { ...noOutcomes(), notSent: 7 });
    settlement.add(
      [
        { entry: entryOf('a'), outcome: 'refused' },
        { entry: entryOf('b'), outcome: 'failed' },
        { entry: entryOf('c'), outcome: 'unconfirmed' },
      ],
      new Map(),
    );
    review.remove(['a', 'b', 'c'].map(keyOf));
    const endedAt = new Date('2026-06-01T00:00:00Z');
    settlement.attempts.note(
      { id: 'run', endedAt },
      new Map([
        [keyOf('d'), 'refused'],
        [keyOf('e'), 'failed'],
      ]),
      new Map([[keyOf('d'), { cause: 'stopped', removedTags: [] }]]),
      review,
    );
    const { images, heldBack, checkedUntil } = settlement.summary(review);
    assert.deepEqual(images, { ...noOutcomes(), refused: 2, failed: 2, unconfirmed: 1, notSent: 2 });
    assert.deepEqual(heldBack, { changed: 0, stopped: 1 });
    assert.equal(checkedUntil, undefined);
    settlement.attempts.note(
      { id: 'next', endedAt },
      new Map([[keyOf('f'), 'unconfirmed']]),
      new Map(),
      review,
    );
    const next = settlement.summary(review);
    assert.deepEqual(next.images, { ...images, unconfirmed: 2, notSent: 1 });
    assert.deepEqual(next.checkedUntil, new Date(endedAt.getTime() + lateCompletionMs));
  });

  it('adds up what each deletion reported, and what nobody approved', () => {
    const review = checkedReview(planned);
    const settlement = new Settlement();
    const of = () => {
      const summary = settlement.summary(review);
      return [summary.reported, summary.unexpected];
    };
    assert.deepEqual(of(), [noMetrics, 0]);
    settlement.noteRun(reported, 2);
    assert.deepEqual(of(), [reported, 2]);
    settlement.noteRun(reported, 1);
    assert.deepEqual(of(), [addMetrics(reported, reported), 3]);
    settlement.noteRun(undefined, 0);
    settlement.noteRun(reported, 0);
    assert.deepEqual(of(), [undefined, 3], 'an answer is missing');
  });
});

describe('final confirmation', () => {
  const former = imageOf('former', { tags: [{ name: 'latest', isCurrent: false }] });
  const warnings = [warningOf(one, 'is_active'), warningOf(one, 'current_tag', 'latest')];

  it('counts what is active and what is deleted along', () => {
    const lists = { 'acme/api': [one.image, two.image, former] };
    assert.deepEqual(confirmationOf(approvedPlan([one, two], { warnings, lists })), {
      repositories: [repository],
      imageCount: 2,
      tags: ['acme/api:latest'],
      activeCount: 1,
      collateral: { platforms: 0, attachments: 0, untagged: 1 },
      isCollateralKnown: true,
      uses: [],
      search: 'off',
    });
  });

  it('says where it is not known what is deleted along, even with one of several images', () => {
    const lists = { 'acme/api': undefined };
    const { isCollateralKnown, collateral } = confirmationOf(approvedPlan([two, one], { warnings, lists }));
    assert.deepEqual([isCollateralKnown, collateral], [false, { platforms: 0, attachments: 0, untagged: 0 }]);
  });
});
