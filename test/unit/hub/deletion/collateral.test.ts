import assert from 'node:assert/strict';
import { collateralOf, isSameCollateral, type Collateral } from '../../../../src/hub/deletion/collateral';
import type { Image } from '../../../../src/hub/model';
import { imageOf } from '../../../support/images';

const current = (...names: string[]) => names.map((name) => ({ name, isCurrent: true }));
const former = (...names: string[]) => names.map((name) => ({ name, isCurrent: false }));

const latest = imageOf('latest', { tags: [...current('latest', '2.0'), ...former('edge')] });
const wasLatest = imageOf('wasLatest', { tags: former('latest'), status: 'active' });
const wasBoth = imageOf('wasBoth', { tags: former('latest', '2.0') });
const heldByAnother = imageOf('heldByAnother', { tags: [...former('latest'), ...current('1.0')] });
const wasEdge = imageOf('wasEdge', { tags: former('edge') });
const untagged = imageOf('untagged');
const inventory = [latest, wasLatest, wasBoth, heldByAnother, wasEdge, untagged];

/** Digest of a planned image to the digests and former tags of what falls with it. */
function fallenWith(...planned: readonly Image[]): readonly unknown[] {
  return [...collateralOf(planned, inventory)].map(([digest, images]) => [
    digest,
    images.map(({ image, formerTags }) => [image.digest, formerTags]),
  ]);
}

describe('collateral', () => {
  it('is every untagged image that formerly held a tag that goes, active ones too', () => {
    assert.deepEqual(fallenWith(latest), [
      [
        latest.digest,
        [
          [wasLatest.digest, ['latest']],
          [wasBoth.digest, ['latest', '2.0']],
        ],
      ],
    ]);
  });

  it('leaves out what is in the plan itself', () => {
    assert.deepEqual(fallenWith(latest, wasLatest, wasBoth), []);
  });

  it('is nothing for an image without a current tag', () => {
    assert.deepEqual(fallenWith(wasEdge, untagged), []);
  });

  it('goes by the tags that the dry run told as well', () => {
    const told = new Map([[untagged.digest, ['edge']]]);
    assert.deepEqual(
      [...collateralOf([untagged], inventory, told)].map(([digest, [first]]) => [
        digest,
        first?.image.digest,
      ]),
      [[untagged.digest, wasEdge.digest]],
    );
  });

  it('goes by the tags of the inventory, not by those of an older listing', () => {
    const asListedBefore = { ...wasEdge, tags: current('latest') };
    assert.deepEqual(fallenWith(asListedBefore), []);
  });

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
