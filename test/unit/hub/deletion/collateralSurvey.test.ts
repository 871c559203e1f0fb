import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CollateralSurvey, collateralOf } from '../../../../src/hub/deletion/collateralSurvey';
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

const reportedTags = fc
  .array(fc.tuple(fc.nat(count - 1), fc.subarray(['a', 'd', 'e'])))
  .map(
    (reported) =>
      new Map(reported.map(([index, tags]): [Digest, string[]] => [digestOf(nameOf(index)), tags])),
  );

describe('survey of what falls', () => {
  it('tells after removals, asked only for those it named, what a new one tells of all', () => {
    fc.assert(
      fc.property(
        inventories,
        reportedTags,
        fc.array(fc.subarray(Array.from({ length: count }, (_, index) => index)), { maxLength: 4 }),
        (inventory, reported, removals) => {
          const survey = new CollateralSurvey(
            inventory.map(({ digest }) => [digest, reported.get(digest) ?? []]),
            inventory,
          );
          const known = new Map(inventory.map(({ digest }) => [digest, survey.deletedAlongWith(digest)]));
          let planned: readonly Image[] = inventory;
          for (const removal of removals) {
            const removed = removal.map((index) => digestOf(nameOf(index)));
            planned = planned.filter(({ digest }) => !removed.includes(digest));
            removed.forEach((digest) => known.delete(digest));
            for (const digest of survey.remove(removed)) {
              known.set(digest, survey.deletedAlongWith(digest));
            }
            const expected = collateralOf(planned, inventory, reported);
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

  it('names no image that shares no part with one that leaves the plan', () => {
    const [a, b] = ['a', 'b'].map((seed) => imageOf(seed));
    assert.ok(a && b);
    const [indexOfA, indexOfB] = [a, b].map((part) =>
      imageOf(`index of ${part.digest}`, { role: 'index', parts: [part] }),
    );
    assert.ok(indexOfA && indexOfB);
    const images = [indexOfA, indexOfB, b];
    const survey = new CollateralSurvey(
      images.map(({ digest }) => [digest, []]),
      images,
    );
    assert.deepEqual([...survey.remove([indexOfA.digest])], []);
  });

  it('takes an image out of the plan that is no longer listed', () => {
    const gone = digestOf('gone');
    const survey = new CollateralSurvey([[gone, ['latest']]], [imageOf('other')]);
    assert.deepEqual([...survey.remove([gone])], []);
  });

  it('looks for collateral of images with parts, known or not, and with a tag of former images, and of no other', () => {
    const index = imageOf('index', { role: 'index', parts: [imageOf('part')] });
    const unread = imageOf('unread', { role: 'index', arePartsUnknown: true });
    const tagged = imageOf('tagged', { tags: [{ name: 'moved', isCurrent: true }] });
    const others = [imageOf('untagged'), imageOf('only', { tags: [{ name: 'own', isCurrent: true }] })];
    const planned = [index, unread, tagged, ...others];
    const was = imageOf('was', { tags: [{ name: 'moved', isCurrent: false }] });
    const survey = new CollateralSurvey(
      planned.map(({ digest }) => [digest, []]),
      [...planned, was],
    );
    assert.deepEqual(
      [...survey.imagesWithCollateral].sort(),
      [index, unread, tagged].map(({ digest }) => digest).sort(),
    );
  });
});

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
function deletedAlongWith(...planned: readonly Image[]): readonly unknown[] {
  return [...collateralOf(planned, inventory)].map(([digest, images]) => [
    digest,
    images.map(({ image, formerTags }) => [image.digest, formerTags]),
  ]);
}

describe('collateral', () => {
  it('is every untagged image that formerly held a tag that goes, active ones too', () => {
    assert.deepEqual(deletedAlongWith(latest), [
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
    assert.deepEqual(deletedAlongWith(latest, wasLatest, wasBoth), []);
  });

  it('is nothing for an image without a current tag', () => {
    assert.deepEqual(deletedAlongWith(wasEdge, untagged), []);
  });

  it('goes by the tags that the dry run told as well', () => {
    const reported = new Map([[untagged.digest, ['edge']]]);
    assert.deepEqual(
      [...collateralOf([untagged], inventory, reported)].map(([digest, [first]]) => [
        digest,
        first?.image.digest,
      ]),
      [[untagged.digest, wasEdge.digest]],
    );
  });

  it('goes by the tags of the inventory, not by those of an older listing', () => {
    const asListedBefore = { ...wasEdge, tags: current('latest') };
    assert.deepEqual(deletedAlongWith(asListedBefore), []);
  });

  const platform = imageOf('platform');

  it('is a part that only images of the plan and their other parts contain', () => {
    const inner = imageOf('inner', { role: 'index', parts: [platform] });
    const outer = imageOf('outer', { role: 'index', parts: [platform, inner] });
    assert.deepEqual(
      collateralOf([outer], [outer]).get(outer.digest),
      [platform, inner].map((image) => ({ image, formerTags: [] })),
    );
  });

  it('is no part with a current tag of its own, unless it is a signature', () => {
    const named = imageOf('named', { tags: current('arm') });
    const signature = imageOf('signature', { role: 'signature', tags: current('sha256-1.sig') });
    const index = imageOf('index', { role: 'index', parts: [named, platform, signature] });
    assert.deepEqual(
      collateralOf([index], [index])
        .get(index.digest)
        ?.map(({ image }) => image),
      [platform, signature],
    );
  });
});
