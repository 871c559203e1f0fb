import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type DeletionSummary,
  imageCount,
  noOutcomes,
  notDeletedCount,
} from '../../../src/hub/deletion/summary';
import { imagesText, summaryText } from '../../../src/texts/summary';

type Parts = Partial<DeletionSummary['images']> & {
  readonly changed?: number;
  readonly stopped?: number;
  readonly gone?: number;
  readonly collateralUnknown?: number;
  readonly unexpected?: number;
  readonly checkedUntil?: Date;
};

function summaryOf({
  changed = 0,
  stopped = 0,
  gone = 0,
  collateralUnknown = 0,
  unexpected = 0,
  checkedUntil,
  ...images
}: Parts): DeletionSummary {
  return {
    images: { ...noOutcomes(), ...images },
    collateral: { gone, stayed: 0, unconfirmed: collateralUnknown },
    heldBack: { changed, stopped },
    unexpected,
    checkedUntil,
    reported: undefined,
  };
}

const textOf = (parts: Parts) => summaryText(summaryOf(parts));
const noon = new Date(2026, 5, 1, 12, 34);

describe('the summary of a deletion', () => {
  const cases: readonly (readonly [Parts, string])[] = [
    [{ deleted: 1 }, '1 image was deleted.'],
    [{ deleted: 1200 }, 'All 1,200 images were deleted.'],
    [{ notSent: 2 }, 'No image was deleted. 2 images were not deleted: no request was sent for them.'],
    [{ alreadyGone: 1 }, '1 image was already gone.'],
    [{ alreadyGone: 3 }, '3 images were already gone.'],
    [
      { deleted: 1, alreadyGone: 1, refused: 1 },
      '1 of 3 images was deleted. 1 image was already gone. 1 image was not deleted: the server refused.',
    ],
    [
      { refused: 2, failed: 1 },
      'No image was deleted. 2 images were not deleted: the server refused. 1 image was not deleted: the server still lists it.',
    ],
    [
      { failed: 2, notSent: 1 },
      'No image was deleted. 2 images were not deleted: the server still lists them. 1 image was not deleted: no request was sent for it.',
    ],
    [
      { refused: 4, changed: 1, stopped: 1 },
      'No image was deleted. 1 image was not deleted: it had changed. 1 image was not deleted: the deletion was stopped. 2 images were not deleted: the server refused.',
    ],
    [
      { refused: 4, changed: 2, stopped: 2 },
      'No image was deleted. 2 images were not deleted: they had changed. 2 images were not deleted: the deletion was stopped.',
    ],
    [{ unconfirmed: 1 }, 'It is not known whether 1 image was deleted.'],
    [
      { unconfirmed: 4, checkedUntil: noon },
      'It is not known whether 4 images were deleted. Hub Images keeps checking until 12:34 PM.',
    ],
    [{ deleted: 2, gone: 1 }, 'All 2 images were deleted. 1 other image was also deleted.'],
    [{ deleted: 2, gone: 3 }, 'All 2 images were deleted. 3 other images were also deleted.'],
    [
      { deleted: 2, collateralUnknown: 1 },
      'All 2 images were deleted. It is not known whether 1 other image was also deleted.',
    ],
    [
      { deleted: 2, unexpected: 3 },
      'All 2 images were deleted. 3 more images are no longer listed: parts of deleted images, or deleted by somebody else.',
    ],
    [
      { deleted: 2, unexpected: 1 },
      'All 2 images were deleted. 1 more image is no longer listed: a part of a deleted image, or deleted by somebody else.',
    ],
    [{ deleted: 1, checkedUntil: noon }, '1 image was deleted.'],
  ];
  for (const [parts, expected] of cases) {
    it(`says of ${JSON.stringify(parts)}: ${expected}`, () => {
      assert.equal(textOf(parts), expected);
    });
  }

  const counts = fc.record({
    deleted: fc.nat(3),
    alreadyGone: fc.nat(3),
    refused: fc.nat(3),
    failed: fc.nat(3),
    unconfirmed: fc.nat(3),
    notSent: fc.nat(3),
  });

  it('is uncertain if, and only if, something is not known', () => {
    fc.assert(
      fc.property(counts, (images) => {
        assert.equal(textOf(images).includes('not known'), images.unconfirmed > 0);
      }),
    );
  });

  it('never says that no image was deleted where one may have been', () => {
    fc.assert(
      fc.property(counts, (images) => {
        const saysNone = textOf(images).includes('No image was deleted');
        assert.ok(!saysNone || images.deleted + images.unconfirmed === 0);
      }),
    );
  });

  it('counts every image in one state', () => {
    fc.assert(
      fc.property(counts, (images) => {
        const summary = summaryOf(images);
        const { deleted, alreadyGone, unconfirmed } = summary.images;
        assert.equal(deleted + alreadyGone + unconfirmed + notDeletedCount(summary), imageCount(summary));
      }),
    );
  });
});

describe('a number of images', () => {
  it('is written in words', () => {
    assert.deepEqual(
      [0, 1, 2, 1234].map((count) => imagesText(count)),
      ['0 images', '1 image', '2 images', '1,234 images'],
    );
  });
});
