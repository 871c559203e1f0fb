import assert from 'node:assert/strict';
import { hasSameDetails, isSameCollateral, type Collateral } from '../../../../src/hub/deletion/collateral';
import type { Image } from '../../../../src/hub/model';
import { imageOf } from '../../../support/images';

const former = (...names: string[]) => names.map((name) => ({ name, isCurrent: false }));

const wasLatest = imageOf('wasLatest', { tags: former('latest'), status: 'active' });
const wasBoth = imageOf('wasBoth', { tags: former('latest', '2.0') });

describe('collateral', () => {
  const known = (...images: readonly Image[]): Collateral => ({
    kind: 'known',
    images: images.map((image) => ({ image, formerTags: ['latest'] })),
  });
  const comparisons: readonly (readonly [string, Collateral, Collateral, boolean])[] = [
    ['the same images in another order', known(wasLatest, wasBoth), known(wasBoth, wasLatest), true],
    ['one image more', known(wasLatest), known(wasLatest, wasBoth), false],
    ['another image', known(wasLatest), known(wasBoth), false],
    ['known and unknown', known(), { kind: 'unknown' }, false],
    ['unknown twice', { kind: 'unknown' }, { kind: 'unknown' }, true],
  ];
  for (const [name, a, b, isSame] of comparisons) {
    it(`is ${isSame ? 'the same' : 'another'} for ${name}`, () => {
      assert.equal(isSameCollateral(a, b), isSame);
      assert.equal(hasSameDetails(a, b), isSame);
    });
  }

  const inactive = { ...wasLatest, status: 'inactive' as const };
  const details: readonly (readonly [string, Collateral, Collateral])[] = [
    ['an image that has become active', known(inactive), known(wasLatest)],
    [
      'an image that turns out to be a platform',
      known(inactive),
      known({ ...inactive, platform: 'linux/s390x' }),
    ],
    ['an image that turns out to be a signature', known(inactive), known({ ...inactive, role: 'signature' })],
    [
      'an image that is deleted because of one more tag',
      { kind: 'known', images: [{ image: wasBoth, formerTags: ['latest'] }] },
      { kind: 'known', images: [{ image: wasBoth, formerTags: ['latest', '2.0'] }] },
    ],
  ];
  for (const [name, a, b] of details) {
    it(`has other details for ${name}`, () => {
      assert.equal(isSameCollateral(a, b), true);
      assert.equal(hasSameDetails(a, b), false);
    });
  }
});
