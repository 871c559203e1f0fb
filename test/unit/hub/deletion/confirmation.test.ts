import assert from 'node:assert/strict';
import {
  collateralCount,
  confirmationOf,
  mustType,
  type DeletionConfirmation,
  type TypingThreshold,
} from '../../../../src/hub/deletion/confirmation';
import { DeletionReview } from '../../../../src/hub/deletion/review';
import { ReviewedPlan } from '../../../../src/hub/deletion/reviewedPlan';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { approvedPlan, warningOf } from '../../../support/approvedPlan';
import { refusal } from '../../../support/fakeImageApi';
import { imageOf, plannedImage, planOf } from '../../../support/images';

const none = { platforms: 0, attachments: 0, untagged: 0 };
const plain: DeletionConfirmation = {
  repositories: [parseRepositoryRef('acme/api')],
  imageCount: 25,
  tags: [],
  activeCount: 0,
  collateral: none,
  isCollateralKnown: true,
  uses: [],
  search: 'off',
};
const threshold: TypingThreshold = { images: 25, isForActiveOrTagged: true };

describe('the last question', () => {
  it('names a tag once that moved from one image of the plan to another', () => {
    const images = ['one', 'two'].map((seed) => plannedImage('acme/api', seed));
    const review = new DeletionReview(planOf(images));
    const warnings = images.map(({ repository, image }) => ({
      repository: repository.name,
      digest: image.digest,
      warning: 'current_tag' as const,
      tags: ['latest'],
    }));
    review.record(images, refusal({ warnings }), false);
    review.acceptAll('current_tag', true);
    assert.deepEqual(confirmationOf(ReviewedPlan.of(review, { kind: 'off' })).tags, ['acme/api:latest']);
  });

  it('counts as active only the images that the server calls active', () => {
    const images = ['one', 'two', 'three'].map((seed) => plannedImage('acme/api', seed));
    const [one, two, three] = images;
    assert.ok(one && two && three);
    const warnings = [
      warningOf(one, 'is_active'),
      warningOf(one, 'current_tag', 'latest'),
      warningOf(two, 'current_tag', '1.0'),
      warningOf(three, 'current_tag', '2.0'),
    ];
    assert.equal(confirmationOf(approvedPlan(images, { warnings })).activeCount, 1);
  });

  it('counts what is deleted along by what it is, each image once, and whether it is active', () => {
    const [platform, active, attestation, signature] = [
      imageOf('platform'),
      imageOf('active platform', { status: 'active' }),
      imageOf('attestation', { role: 'attestation', status: 'active' }),
      imageOf('signature', { role: 'signature' }),
    ];
    const tags = [{ name: 'latest', isCurrent: true }];
    const images = [
      plannedImage('acme/api', 'index', { role: 'index', tags, parts: [platform, active, attestation] }),
      plannedImage('acme/api', 'other', { role: 'index', parts: [platform, active, signature] }),
    ];
    const [index] = images;
    assert.ok(index);
    const former = imageOf('former', { tags: [{ name: 'latest', isCurrent: false }] });
    const list = [...images.map(({ image }) => image), former];
    const warnings = [warningOf(index, 'current_tag', 'latest'), warningOf(index, 'is_active')];
    const confirmation = confirmationOf(approvedPlan(images, { warnings, lists: { 'acme/api': list } }));
    assert.deepEqual(confirmation.collateral, { platforms: 2, attachments: 2, untagged: 1 });
    assert.equal(confirmation.activeCount, 3);
    assert.equal(collateralCount(confirmation), 5);
  });
});

describe('typing a name before a deletion', () => {
  const rules: readonly (readonly [
    string,
    Partial<DeletionConfirmation>,
    Partial<TypingThreshold>,
    boolean,
  ])[] = [
    ['as many untagged, inactive images as allowed', {}, {}, false],
    ['one image more', { imageCount: 26 }, {}, true],
    ['images that are deleted along count, too', { collateral: { ...none, untagged: 1 } }, {}, true],
    ['platforms count, too', { collateral: { ...none, platforms: 1 } }, {}, true],
    ['attachments count, too', { collateral: { ...none, attachments: 1 } }, {}, true],
    ['a tag that goes', { tags: ['acme/api:1'] }, {}, true],
    ['an active image', { activeCount: 1 }, {}, true],
    [
      'an active image where that is not asked for',
      { activeCount: 1 },
      { isForActiveOrTagged: false },
      false,
    ],
    ['it is not known what falls', { isCollateralKnown: false }, { isForActiveOrTagged: false }, true],
    ['any deletion under a threshold of 0', { imageCount: 1 }, { images: 0 }, true],
  ];
  for (const [name, facts, limits, isNeeded] of rules) {
    it(`is ${isNeeded ? '' : 'not '}needed for ${name}`, () => {
      assert.equal(mustType({ ...plain, ...facts }, { ...threshold, ...limits }), isNeeded);
    });
  }
});
