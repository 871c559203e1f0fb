import assert from 'node:assert/strict';
import type { ImagesPage } from '../../../src/hub/imageApi';
import {
  IncompleteInventoryError,
  listAllImages,
  readInventory,
  type InventoryCheck,
} from '../../../src/hub/inventory';
import { parseRepositoryRef } from '../../../src/hub/names';
import { FakeImageApi } from '../../support/fakeImageApi';
import { imageOf } from '../../support/images';

const repository = parseRepositoryRef('acme/api');
const options = { activeFrom: new Date('2026-01-01T00:00:00Z'), pageSize: 10 };
const images = Array.from({ length: 25 }, (_, index) => imageOf(`${index}`));

describe('inventory', () => {
  it('holds every image of all pages', async () => {
    const inventory = await readInventory(new FakeImageApi(images), repository, options);
    assert.deepEqual(inventory, { repository, activeFrom: options.activeFrom, images });
  });

  it('is empty for an empty repository', async () => {
    const inventory = await readInventory(new FakeImageApi(), repository, options);
    assert.deepEqual(inventory.images, []);
  });

  it('asks for the pages in the order of the digests, which no pull changes', async () => {
    const api = new FakeImageApi(images);
    const orderings = new Set<string | undefined>();
    const list = api.listImages.bind(api);
    api.listImages = (ref, query) => {
      orderings.add(query.ordering);
      return list(ref, query);
    };
    await listAllImages(api, repository, options);
    assert.deepEqual([...orderings], ['digest']);
  });

  it('tells its progress', async () => {
    const seen: string[] = [];
    await listAllImages(new FakeImageApi(images), repository, {
      ...options,
      onProgress: (done, total) => seen.push(`${done}/${total}`),
    });
    assert.deepEqual(seen, ['10/25', '20/25', '25/25']);
  });

  it('gives up the other pages when one fails', async () => {
    const api = new FakeImageApi(images);
    const list = api.listImages.bind(api);
    const signals: (AbortSignal | undefined)[] = [];
    api.listImages = (ref, query, signal) => {
      signals.push(signal);
      return query.page === 2 ? Promise.reject(new Error('lost')) : list(ref, query);
    };
    await assert.rejects(listAllImages(api, repository, options), /lost/);
    assert.deepEqual(
      signals.map((signal) => signal?.aborted),
      [true, true, true],
    );
  });

  const faults: readonly (readonly [
    name: string,
    InventoryCheck,
    (page: number, answer: ImagesPage) => ImagesPage,
  ])[] = [
    [
      'the count changes between pages',
      'steadyCount',
      (page, answer) => (page === 2 ? { ...answer, count: 24 } : answer),
    ],
    [
      'the last page says that more follow',
      'lastPage',
      (page, answer) => (page === 3 ? { ...answer, hasNext: true } : answer),
    ],
    [
      'a page in the middle says that it is the last',
      'lastPage',
      (page, answer) => (page === 2 ? { ...answer, hasNext: false } : answer),
    ],
    [
      'an image is listed twice',
      'allListed',
      (page, answer) => (page === 3 ? { ...answer, images: images.slice(0, 5) } : answer),
    ],
    [
      'a page is short',
      'allListed',
      (page, answer) => (page === 2 ? { ...answer, images: answer.images.slice(1) } : answer),
    ],
  ];
  for (const [name, check, change] of faults) {
    it(`does not exist when ${name}`, async () => {
      const api = new FakeImageApi(images);
      const list = api.listImages.bind(api);
      api.listImages = async (ref, query) => change(query.page, await list(ref, query));
      await assert.rejects(
        listAllImages(api, repository, options),
        (error) => error instanceof IncompleteInventoryError && error.check === check,
      );
    });
  }

  it('finds out a count that cannot be before it asks for as many pages', async () => {
    const api = new FakeImageApi(images);
    const list = api.listImages.bind(api);
    let requests = 0;
    api.listImages = async (...args) => {
      requests += 1;
      return { ...(await list(...args)), count: 1e15 };
    };
    await assert.rejects(listAllImages(api, repository, options), IncompleteInventoryError);
    assert.ok(requests < 100, `${requests} requests`);
  });

  it('does not exist when the summary counts differently', async () => {
    const api = new FakeImageApi(images);
    const summarise = api.getSummary.bind(api);
    api.getSummary = async (...args) => ({ ...(await summarise(...args)), inactive: 24, active: 1 });
    await assert.rejects(
      readInventory(api, repository, options),
      (error) => error instanceof IncompleteInventoryError && error.check === 'agreesWithSummary',
    );
  });
});
