import assert from 'node:assert/strict';
import type { ImagesPage, ImagesQuery } from '../../../../src/hub/imageApi';
import { isSameInstant, readNewestImages } from '../../../../src/hub/management/newestImages';
import type { Image } from '../../../../src/hub/model';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { digestOf, imageOf } from '../../../support/images';
import { hubError } from '../../../support/removalRepository';

const repository = parseRepositoryRef('demo/app');
const activeFrom = new Date('2026-01-01T00:00:00Z');
const day = (number: number) => new Date(Date.UTC(2025, 0, number));
const at = (seed: string, pushed: Date | undefined, facts: Partial<Image> = {}) =>
  imageOf(seed, { lastPushed: pushed, ...facts });

/** A page of a repository with more images. */
const part = (...images: readonly Image[]): ImagesPage => ({ images, count: 500, hasNext: true });

/** Every image of the repository is only `all`, so that it shows whether they were read. */
const all = imageOf('all');

async function read(first: ImagesPage | Error, listed?: readonly Image[], signal?: AbortSignal) {
  const queries: ImagesQuery[] = [];
  const signals: (AbortSignal | undefined)[] = [];
  const api = {
    listImages: (of: unknown, query: ImagesQuery, given?: AbortSignal) => {
      assert.equal(of, repository);
      queries.push(query);
      signals.push(given);
      if (queries.length > 1) {
        return Promise.resolve({ images: [all], count: 1, hasNext: false });
      }
      return first instanceof Error ? Promise.reject(first) : Promise.resolve(first);
    },
    getSummary: () => Promise.resolve({ activeFrom, total: 1, active: 0, inactive: 1 }),
  };
  const images = await readNewestImages(
    api,
    {
      repository,
      activeFrom,
      ...(listed !== undefined && { listed: new Map(listed.map((image) => [image.digest, image])) }),
    },
    signal,
  );
  return { images, queries, signals };
}

describe('the newest images of a repository', () => {
  const known = [at('a', day(1)), at('b', day(2)), at('c', day(3))];
  const isEverythingRead = async (first: ImagesPage, listed: readonly Image[] = known) =>
    (await read(first, listed)).images[0]?.digest === digestOf('all');

  it('are one page, with the instant of the plan', async () => {
    const { signal } = new AbortController();
    const page = { images: [at('x', day(9))], count: 1, hasNext: false };
    const { images, queries, signals } = await read(page, known, signal);
    assert.equal(images, page.images);
    assert.deepEqual(queries, [{ ordering: '-last_activity', activeFrom, page: 1, pageSize: 100 }]);
    assert.deepEqual(signals, [signal]);
  });

  it('are a page that goes back to an image that has not changed', async () => {
    assert.equal(await isEverythingRead(part(at('x', day(9)), at('y', day(8)), at('b', day(2)))), false);
    assert.equal(await isEverythingRead(part(at('x', day(3)), at('c', day(3)))), false, 'at the same time');
    const pulled = at('b', day(2), { lastPulled: day(5) });
    assert.equal(await isEverythingRead(part(at('x', day(9)), pulled), [pulled]), false);
  });

  for (const [rule, page] of [
    ['has only new images', part(at('x', day(9)), at('y', day(8)))],
    ['ends with an image that was pushed', part(at('c', day(9)), at('b', day(4)))],
    ['ends with an image that was pulled', part(at('b', day(2), { lastPulled: day(4) }))],
    ['ends with an image whose activity is unknown', part(at('c', day(3)), at('u', undefined))],
    ['is sorted the other way round', part(at('b', day(2)), at('c', day(3)))],
    ['begins with an image whose activity is unknown', part(at('u', undefined), at('b', day(2)))],
    ['goes back and forth', part(at('c', day(3)), at('a', day(1)), at('b', day(2)))],
    ['is empty', part()],
    ['says that it is the last one, and is not', { images: [at('x', day(9))], count: 2, hasNext: false }],
    ['says that more follow than it counts', { images: [at('x', day(9))], count: 1, hasNext: true }],
  ] as const) {
    it(`are all images where the page ${rule}`, async () => {
      assert.ok(await isEverythingRead(page, [...known, at('u', undefined)]));
    });
  }

  it('are read with the same instant where all are needed', async () => {
    const { queries } = await read(part(), known);
    assert.deepEqual(
      queries.slice(1).map((query) => [query.activeFrom, query.pageSize]),
      [[activeFrom, 100]],
    );
  });

  it('are the first page where there is no list to compare with, if there is one', async () => {
    const page = part(at('x', undefined));
    const { images, queries } = await read(page);
    assert.equal(images, page.images);
    assert.equal(queries.length, 1);
    for (const kind of ['forbidden', 'gone', 'protocol'] as const) {
      assert.deepEqual((await read(hubError(kind))).images, []);
      await assert.rejects(read(hubError(kind), known), { kind });
    }
    await assert.rejects(read(hubError('network')), { kind: 'network' });
  });
});

describe('two times', () => {
  it('are the same if both are unknown, or both are the same instant', () => {
    assert.ok(isSameInstant(undefined, undefined));
    assert.ok(isSameInstant(day(1), new Date(day(1))));
    assert.ok(!isSameInstant(day(1), day(2)));
    assert.ok(!isSameInstant(day(1), undefined));
    assert.ok(!isSameInstant(undefined, day(1)));
  });
});
