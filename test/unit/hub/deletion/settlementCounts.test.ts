import assert from 'node:assert/strict';
import { confirmationOf } from '../../../../src/hub/deletion/confirmation';
import { Settlement } from '../../../../src/hub/deletion/settlement';
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
    });
  });

  it('says where it is not known what is deleted along, even with one of several images', () => {
    const lists = { 'acme/api': undefined };
    const { isCollateralKnown, collateral } = confirmationOf(approvedPlan([two, one], { warnings, lists }));
    assert.deepEqual([isCollateralKnown, collateral], [false, { platforms: 0, attachments: 0, untagged: 0 }]);
  });
});
