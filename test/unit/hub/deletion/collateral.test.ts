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
    ['one image less', known(wasLatest, wasBoth), known(wasLatest), false],
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

  it('has the same details for an image that is deleted because of the same tags in another order', () => {
    const because = (...formerTags: readonly string[]): Collateral => ({
      kind: 'known',
      images: [{ image: wasBoth, formerTags }],
    });
    assert.equal(hasSameDetails(because('latest', '2.0'), because('2.0', 'latest')), true);
  });

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
    [
      'an image that is deleted because of another tag, whose name is that of two tags together',
      { kind: 'known', images: [{ image: wasBoth, formerTags: ['1', '2'] }] },
      { kind: 'known', images: [{ image: wasBoth, formerTags: ['12'] }] },
    ],
  ];
  for (const [name, a, b] of details) {
    it(`has other details for ${name}`, () => {
      assert.equal(isSameCollateral(a, b), true);
      assert.equal(hasSameDetails(a, b), false);
    });
  }
});
