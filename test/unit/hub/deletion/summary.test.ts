import assert from 'node:assert/strict';
import {
  countCollateral,
  hasUnknown,
  imageCount,
  noOutcomes,
  notDeletedCount,
} from '../../../../src/hub/deletion/summary';

const images = { deleted: 1, alreadyGone: 2, refused: 4, failed: 8, unconfirmed: 16, notSent: 32 };
const noCollateral = countCollateral([]);

describe('the summary of a deletion', () => {
  it('counts all images, and those that certainly still exist', () => {
    assert.equal(imageCount({ images }), 63);
    assert.equal(notDeletedCount({ images }), 44);
    assert.equal(imageCount({ images: noOutcomes() }), 0);
    assert.equal(notDeletedCount({ images: noOutcomes() }), 0);
  });

  it('counts what was deleted along, by its outcome', () => {
    assert.deepEqual(noCollateral, { gone: 0, stayed: 0, unconfirmed: 0 });
    assert.deepEqual(countCollateral(['gone', 'stayed', 'gone', 'unconfirmed', 'gone', 'stayed']), {
      gone: 3,
      stayed: 2,
      unconfirmed: 1,
    });
  });

  it('leaves something unknown where any image, planned or not, is unconfirmed', () => {
    const known = { ...images, unconfirmed: 0 };
    const open = { ...noOutcomes(), unconfirmed: 1 };
    assert.equal(hasUnknown({ images: known, collateral: countCollateral(['gone', 'stayed']) }), false);
    assert.equal(hasUnknown({ images: open, collateral: noCollateral }), true);
    assert.equal(hasUnknown({ images: known, collateral: countCollateral(['unconfirmed']) }), true);
    assert.equal(hasUnknown({ images: open, collateral: countCollateral(['unconfirmed']) }), true);
  });
});
