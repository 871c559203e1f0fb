import assert from 'node:assert/strict';
import { batchesOf, repositoriesOf, requestSize } from '../../../../src/hub/deletion/batches';
import { plannedImage, planOf } from '../../../support/images';

describe('plan', () => {
  it('holds each image once', () => {
    const image = plannedImage('acme/api', 'one');
    const plan = planOf([image, plannedImage('acme/api', 'one')]);
    assert.equal(plan.images.length, 1);
  });

  it('keeps the same digest of two repositories apart', () => {
    const images = [plannedImage('acme/api', 'one'), plannedImage('acme/web', 'one')];
    assert.equal(planOf(images).images.length, 2);
  });

  it('refuses to be empty', () => {
    assert.throws(() => planOf([]), /^RangeError: .*at least one image/);
  });

  it('over a whole repository needs its complete inventory', () => {
    const image = plannedImage('acme/api', 'one');
    const inventory = { repository: image.repository, activeFrom: new Date(0), images: [image.image] };
    const matching = { scope: 'matching', criteria: { status: 'inactive' } } as const;
    assert.throws(() => planOf([image], matching), /complete inventory/);
    assert.equal(planOf([image], { ...matching, inventories: [inventory] }).images.length, 1);
    const other = plannedImage('acme/web', 'two');
    assert.throws(() => planOf([image, other], { ...matching, inventories: [inventory] }), RangeError);
  });

  it('has criteria exactly if its images were selected by them', () => {
    const image = plannedImage('acme/api', 'one');
    const inventory = { repository: image.repository, activeFrom: new Date(0), images: [image.image] };
    assert.throws(() => planOf([image], { scope: 'matching', inventories: [inventory] }), /criteria/);
    assert.throws(() => planOf([image], { scope: 'chosen', criteria: {} }), /criteria/);
  });

  it('names its repositories once, in order', () => {
    const images = ['acme/web', 'acme/api', 'acme/web'].map((name, index) => plannedImage(name, `${index}`));
    assert.deepEqual(
      repositoriesOf(images).map(({ name }) => name),
      ['web', 'api'],
    );
  });

  it('never mixes repositories in a batch, nor fills one over its size', () => {
    const images = Array.from({ length: 60 }, (_, index) =>
      plannedImage(index % 2 === 0 ? 'acme/api' : 'acme/web', `${index}`),
    );
    const batches = batchesOf(images, 25);
    assert.deepEqual(
      batches.map((batch) => batch.length),
      [25, 5, 25, 5],
    );
    for (const batch of batches) {
      assert.equal(repositoriesOf(batch).length, 1);
    }
  });

  it('puts untagged images before tagged ones, which may take them along', () => {
    const images = [
      plannedImage('acme/api', 'tagged', { tags: [{ name: 'latest', isCurrent: true }] }),
      plannedImage('acme/api', 'former', { tags: [{ name: 'latest', isCurrent: false }] }),
      plannedImage('acme/api', 'untagged'),
    ];
    assert.deepEqual(batchesOf(images, 2), [[images[1], images[2]], [images[0]]]);
  });
});

describe('the number of images in a request that deletes', () => {
  for (const [batchSize, imagesAtOnce, size] of [
    [25, undefined, 25],
    [25, 4, 24],
    [24, 4, 24],
    [100, 4, 100],
    [7, 4, 4],
    [4, 4, 4],
    [3, 4, 3],
    [1, 4, 1],
  ] as const) {
    it(`is ${size} where at most ${batchSize} are allowed and ${imagesAtOnce ?? 'all'} are deleted at a time`, () => {
      assert.equal(requestSize(batchSize, imagesAtOnce), size);
    });
  }
});
