import assert from 'node:assert/strict';
import { batchesOf, planDeletion, repositoriesOf } from '../../../../src/hub/deletion/plan';
import { plannedImage } from '../../../support/images';

const activeFrom = new Date('2026-01-01T00:00:00Z');

describe('plan', () => {
  it('holds each image once', () => {
    const image = plannedImage('acme/api', 'one');
    const plan = planDeletion('https://hub.example', activeFrom, [image, plannedImage('acme/api', 'one')]);
    assert.equal(plan.images.length, 1);
  });

  it('keeps the same digest of two repositories apart', () => {
    const images = [plannedImage('acme/api', 'one'), plannedImage('acme/web', 'one')];
    assert.equal(planDeletion('https://hub.example', activeFrom, images).images.length, 2);
  });

  it('refuses to be empty', () => {
    assert.throws(() => planDeletion('https://hub.example', activeFrom, []), RangeError);
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
