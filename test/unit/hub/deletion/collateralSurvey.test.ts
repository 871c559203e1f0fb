import assert from 'node:assert/strict';
import fc from 'fast-check';
import { collateralOf } from '../../../../src/hub/deletion/collateral';
import { CollateralSurvey } from '../../../../src/hub/deletion/collateralSurvey';
import type { Digest } from '../../../../src/hub/digest';
import type { Image } from '../../../../src/hub/model';
import { digestOf, imageOf } from '../../../support/images';

const count = 8;
const nameOf = (index: number) => `image ${index}`;

/** Images with tags that moved between them; each may be made of some that come after it. */
const inventories = fc
  .array(
    fc.record({
      current: fc.subarray(['a', 'b', 'c']),
      former: fc.subarray(['a', 'b', 'c', 'd']),
      parts: fc.subarray(Array.from({ length: count }, (_, index) => index)),
      isIndex: fc.boolean(),
    }),
    { minLength: count, maxLength: count },
  )
  .map((specs) => {
    const images: Image[] = [];
    for (const [index, { current, former, parts, isIndex }] of [...specs.entries()].reverse()) {
      const below = images.filter(({ digest }) => parts.some((part) => digest === digestOf(nameOf(part))));
      images.push(
        imageOf(nameOf(index), {
          tags: [
            ...current.map((name) => ({ name, isCurrent: true })),
            ...former.map((name) => ({ name, isCurrent: false })),
          ],
          ...(isIndex && below.length > 0 && { role: 'index' as const, parts: below }),
        }),
      );
    }
    return images;
  });

const toldTags = fc
  .array(fc.tuple(fc.nat(count - 1), fc.subarray(['a', 'd', 'e'])))
  .map((told) => new Map(told.map(([index, tags]): [Digest, string[]] => [digestOf(nameOf(index)), tags])));

describe('survey of what falls', () => {
  it('tells after removals, asked only for those it named, what a new one tells of all', () => {
    fc.assert(
      fc.property(
        inventories,
        toldTags,
        fc.array(fc.subarray(Array.from({ length: count }, (_, index) => index)), { maxLength: 4 }),
        (inventory, told, removals) => {
          const survey = new CollateralSurvey(
            inventory.map(({ digest }) => [digest, told.get(digest) ?? []]),
            inventory,
          );
          const known = new Map(inventory.map(({ digest }) => [digest, survey.fallenWith(digest)]));
          let planned: readonly Image[] = inventory;
          for (const removal of removals) {
            const removed = removal.map((index) => digestOf(nameOf(index)));
            planned = planned.filter(({ digest }) => !removed.includes(digest));
            removed.forEach((digest) => known.delete(digest));
            for (const digest of survey.remove(removed)) {
              known.set(digest, survey.fallenWith(digest));
            }
            const expected = collateralOf(planned, inventory, told);
            assert.deepEqual(
              planned.map(({ digest }) => known.get(digest)),
              planned.map(({ digest }) => expected.get(digest) ?? []),
            );
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('names no image with which the same falls as before', () => {
    const images = Array.from({ length: 1000 }, (_, index) =>
      imageOf(nameOf(index), {
        tags: [{ name: `v${index - (index % 2)}`, isCurrent: index % 2 === 0 }],
      }),
    );
    const survey = new CollateralSurvey(
      images.map(({ digest }) => [digest, []]),
      images,
    );
    assert.deepEqual([...survey.remove([digestOf(nameOf(501))])], [digestOf(nameOf(500))]);
    assert.deepEqual([...survey.remove([digestOf(nameOf(600))])], []);
  });
});
