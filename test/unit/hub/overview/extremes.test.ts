import assert from 'node:assert/strict';
import { biggestImages, oldestImages } from '../../../../src/hub/overview/extremes';
import { imageOf } from '../../../support/images';

describe('the biggest and the oldest images', () => {
  it('are the biggest of those whose size is reported, an empty one among them', () => {
    const images = [
      imageOf('small', { sizeBytes: 0 }),
      imageOf('unknown'),
      imageOf('great', { sizeBytes: 3 }),
      imageOf('middle', { sizeBytes: 2 }),
    ];
    assert.deepEqual(
      biggestImages(images, 3).map(({ sizeBytes }) => sizeBytes),
      [3, 2, 0],
    );
    assert.equal(biggestImages(images, 1).length, 1);
    assert.deepEqual(biggestImages([imageOf('unknown')], 10), []);
  });

  it('are those pushed or pulled longest ago, of known activity', () => {
    const pulled = imageOf('pulled', { lastPulled: new Date('2026-01-01T00:00:00Z') });
    const pushed = imageOf('pushed', { lastPushed: new Date('2025-07-01T00:00:00Z') });
    const unknown = imageOf('unknown', { lastPushed: undefined });
    assert.deepEqual(oldestImages([pulled, unknown, pushed], 10), [pushed, pulled]);
    assert.deepEqual(oldestImages([pulled, unknown, pushed], 1), [pushed]);
    const untold = imageOf('untold', { arePullsUnknown: true });
    assert.deepEqual(oldestImages([untold, pushed], 10), [pushed]);
  });
});
