import assert from 'node:assert/strict';
import { compareNaturally, naturalKey, sortedNaturally } from '../../../src/texts/formats';
import { imageLabel, shownCurrentTags, shownHistoricalTags } from '../../../src/texts/imageLabel';
import { imageOf } from '../../support/images';

const names = ['1.10', 'v2', '1.2', 'latest', 'v10', '1.2-rc10', '1.2-rc9', 'V3'];
const natural = ['1.2', '1.2-rc9', '1.2-rc10', '1.10', 'latest', 'v2', 'V3', 'v10'];

describe('natural order', () => {
  it('compares numbers by their value and ignores case', () => {
    assert.deepEqual(sortedNaturally(names), natural);
    assert.deepEqual([...names].sort(compareNaturally), natural);
  });

  it('is the same by keys', () => {
    const byKey = (a: string, b: string) => (naturalKey(a) < naturalKey(b) ? -1 : 1);
    assert.deepEqual([...names].sort(byKey), natural);
  });

  it('is total: names that look alike have an order, too', () => {
    assert.notEqual(compareNaturally('1.0', '1.00'), 0);
    assert.equal(compareNaturally('1.0', '1.0'), 0);
  });

  it('leaves the list that it was given as it is', () => {
    const given = ['b', 'a'];
    sortedNaturally(given);
    assert.deepEqual(given, ['b', 'a']);
  });

  it('is that of the tags of an image', () => {
    const tags = ['1.10', '1.2'].flatMap((name) => [
      { name, isCurrent: true },
      { name: `was-${name}`, isCurrent: false },
    ]);
    const image = imageOf('a', { tags });
    assert.equal(imageLabel(image), '1.2, 1.10');
    assert.deepEqual(shownCurrentTags(image), ['1.2', '1.10']);
    assert.deepEqual(shownHistoricalTags(image), ['was-1.2', 'was-1.10']);
  });
});
