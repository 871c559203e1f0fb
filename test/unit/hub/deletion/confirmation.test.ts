import assert from 'node:assert/strict';
import {
  mustType,
  type DeletionConfirmation,
  type TypingThreshold,
} from '../../../../src/hub/deletion/confirmation';
import { parseRepositoryRef } from '../../../../src/hub/names';

const plain: DeletionConfirmation = {
  repositories: [parseRepositoryRef('acme/api')],
  imageCount: 25,
  tags: [],
  activeCount: 0,
  collateralCount: 0,
  isCollateralKnown: true,
};
const threshold: TypingThreshold = { images: 25, isForActiveOrTagged: true };

describe('typing a name before a deletion', () => {
  const rules: readonly (readonly [
    string,
    Partial<DeletionConfirmation>,
    Partial<TypingThreshold>,
    boolean,
  ])[] = [
    ['as many untagged, inactive images as allowed', {}, {}, false],
    ['one image more', { imageCount: 26 }, {}, true],
    ['images that fall with them count too', { collateralCount: 1 }, {}, true],
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
