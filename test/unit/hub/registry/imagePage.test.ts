import assert from 'node:assert/strict';
import type { ImagesQuery } from '../../../../src/hub/imageApi';
import type { Image } from '../../../../src/hub/model';
import { pageOf, summaryOf } from '../../../../src/hub/registry/imagePage';
import { digestOf, imageOf } from '../../../support/images';

const day = (number: number) => new Date(Date.UTC(2026, 0, number));
const pushedOn = (seed: string, number: number, facts: Partial<Image> = {}) =>
  imageOf(seed, { lastPushed: day(number), ...facts });

/** Names in the order of their digests. */
const sorted = ['a', 'b', 'c', 'd'].sort((a, b) => (digestOf(a) < digestOf(b) ? -1 : 1));
const [first, second, third, fourth] = sorted as [string, string, string, string]; // as many as there are names
const nameOf = ({ digest }: Image) => sorted.find((seed) => digestOf(seed) === digest);

function page(images: readonly Image[], query: Partial<ImagesQuery> = {}) {
  const { images: shown, ...facts } = pageOf(images, { page: 1, pageSize: 10, ...query });
  return { ...facts, names: shown.map(nameOf) };
}

describe('a page of images', () => {
  const images = [pushedOn(third, 3), pushedOn(first, 4), pushedOn(fourth, 1), pushedOn(second, 2)];

  it('is sorted as the query says, newest activity first without an order', () => {
    const named = (ordering?: ImagesQuery['ordering']) => page(images, ordering && { ordering }).names;
    assert.deepEqual(named(), [first, third, second, fourth]);
    assert.deepEqual(named('-last_activity'), [first, third, second, fourth]);
    assert.deepEqual(named('last_activity'), [fourth, second, third, first]);
    assert.deepEqual(named('digest'), [first, second, third, fourth]);
    assert.deepEqual(named('-digest'), [fourth, third, second, first]);
  });

  it('is sorted by the later of push and pull, and has unknown activity at the old end', () => {
    const unknown = imageOf(first, { lastPushed: undefined });
    const pulled = pushedOn(second, 1, { lastPulled: day(9) });
    const shown = page([unknown, pushedOn(third, 5), pulled]).names;
    assert.deepEqual(shown, [second, third, first]);
    assert.deepEqual(page([unknown, pulled], { ordering: 'last_activity' }).names, [first, second]);
    assert.deepEqual(page([pulled, unknown], { ordering: 'last_activity' }).names, [first, second]);
  });

  it('has images of the same time in the order of their digests', () => {
    const same = [pushedOn(third, 1), pushedOn(first, 1), pushedOn(second, 1)];
    assert.deepEqual(page(same, { ordering: 'last_activity' }).names, [first, second, third]);
    assert.deepEqual(page(same).names, [third, second, first]);
    const unknown = same.map((image) => ({ ...image, lastPushed: undefined }));
    assert.deepEqual(page(unknown, { ordering: 'last_activity' }).names, [first, second, third]);
  });

  it('is one of several', () => {
    const at = (number: number) => page(images, { ordering: 'digest', page: number, pageSize: 2 });
    assert.deepEqual(at(1), { count: 4, hasNext: true, names: [first, second] });
    assert.deepEqual(at(2), { count: 4, hasNext: false, names: [third, fourth] });
    assert.deepEqual(at(3), { count: 4, hasNext: false, names: [] });
    const uneven = page(images.slice(1), { ordering: 'digest', page: 2, pageSize: 2 });
    assert.deepEqual(uneven, { count: 3, hasNext: false, names: [fourth] });
  });

  it('has only images with the wanted status', () => {
    const mixed = [
      pushedOn(first, 1, { status: 'active' }),
      pushedOn(second, 2),
      pushedOn(third, 3, { status: 'unknown' }),
    ];
    assert.deepEqual(page(mixed, { status: 'active' }), { count: 1, hasNext: false, names: [first] });
    assert.deepEqual(page(mixed, { status: 'inactive' }), { count: 1, hasNext: false, names: [second] });
    assert.equal(page(mixed).count, 3);
  });

  it('leaves the given images in their order', () => {
    const given = [...images];
    page(given, { ordering: 'digest' });
    assert.deepEqual(given, images);
  });
});

describe('the summary of images', () => {
  it('counts each status, and those that may be parts of others', () => {
    const images = [
      imageOf('a', { status: 'active' }),
      imageOf('b', { doubt: 'undetermined' }),
      imageOf('c', { doubt: 'disputed' }),
      imageOf('d'),
      imageOf('e', { status: 'unknown' }),
      imageOf('f', { status: 'unknown' }),
    ];
    assert.deepEqual(summaryOf(images, day(1)), {
      activeFrom: day(1),
      total: 6,
      active: 1,
      inactive: 3,
      unknown: 2,
      undetermined: 1,
    });
  });

  it('has no number of undetermined images where there are none', () => {
    const summary = { activeFrom: day(1), total: 1, active: 0, inactive: 1, unknown: 0 };
    assert.deepEqual(summaryOf([imageOf('a', { doubt: 'disputed' })], day(1)), summary);
  });
});
