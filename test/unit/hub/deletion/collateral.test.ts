import assert from 'node:assert/strict';
import { isSameCollateral, type Collateral } from '../../../../src/hub/deletion/collateral';
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
    });
  }
});
