import assert from 'node:assert/strict';
import { HubError } from '../../../../src/hub/errors';
import type { ImageApi, ImagesPage } from '../../../../src/hub/imageApi';
import { readInventory } from '../../../../src/hub/listing/inventory';
import { PageCache } from '../../../../src/hub/listing/pageCache';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { FakeImageApi } from '../../../support/fakeImageApi';
import { imageOf } from '../../../support/images';
import { rejectsWith } from '../../../support/rejects';

const repository = parseRepositoryRef('acme/api');
const other = parseRepositoryRef('acme/web');
const activeFrom = new Date('2026-01-01T00:00:00Z');
const images = Array.from({ length: 25 }, (_, index) => imageOf(`${index}`));
const minuteMs = 60_000;

/** Gives up at a page, if it is told so, and notes the pages it gave. */
class BreakingApi extends FakeImageApi {
  pages: number[] = [];
  summaries = 0;
  breaksAt: number | undefined;

  override getSummary(
    ...query: Parameters<FakeImageApi['getSummary']>
  ): ReturnType<FakeImageApi['getSummary']> {
    this.summaries += 1;
    return super.getSummary(...query);
  }

  override listImages(...[of, query]: Parameters<ImageApi['listImages']>): Promise<ImagesPage> {
    if (query.page === this.breaksAt) {
      return Promise.reject(new HubError('network', { method: 'GET', path: '/' }));
    }
    this.pages.push(query.page);
    return super.listImages(of, query);
  }
}

describe('pages of a reading that was given up', () => {
  let now: Date;
  let api: BreakingApi;
  let cache: PageCache;

  beforeEach(async () => {
    now = new Date('2026-02-01T12:00:00Z');
    api = new BreakingApi(images);
    cache = new PageCache(() => now);
    assert.equal(cache.isEmpty, true);
    api.breaksAt = 3;
    await rejectsWith('network', read());
    assert.deepEqual(api.pages, [1, 2]);
    api.breaksAt = undefined;
    api.pages = [];
    api.summaries = 0;
  });

  const read = (of = repository, from = activeFrom) =>
    readInventory(cache.wrap(api), of, { activeFrom: from, pageSize: 10 });

  it('are not asked for again, but the counts they must agree with are', async () => {
    assert.equal(cache.isEmpty, false);
    const inventory = await read();
    assert.deepEqual(inventory.images, images);
    assert.deepEqual([api.pages, api.summaries], [[3], 1]);
  });

  it('are those of one repository, one instant and one size', async () => {
    await read(other);
    await read(repository, new Date('2026-01-02T00:00:00Z'));
    await readInventory(cache.wrap(api), repository, { activeFrom, pageSize: 20 });
    assert.deepEqual(api.pages, [1, 2, 3, 1, 2, 3, 1, 2]);
  });

  it('are read again once they are old', async () => {
    now = new Date(now.getTime() + 5 * minuteMs - 1);
    assert.equal(cache.isEmpty, false);
    now = new Date(now.getTime() + 1);
    assert.equal(cache.isEmpty, true);
    await read();
    assert.deepEqual(api.pages, [1, 2, 3]);
  });

  it('are read again where they contradict the others', async () => {
    const without = images.filter((_, index) => index !== 4);
    api.images = [...without];
    const inventory = await read();
    assert.deepEqual(inventory.images, without);
    assert.deepEqual(api.pages, [3, 1, 2, 3, 1, 2, 3], 'two readings had to agree');
  });

  it('are forgotten when nobody needs them', async () => {
    cache.clear();
    assert.equal(cache.isEmpty, true);
    await read();
    assert.deepEqual(api.pages, [1, 2, 3]);
  });

  it('leave an API alone that can vouch for a list as a whole', async () => {
    class VouchingApi extends FakeImageApi {
      readonly #all = images;
      readAtOnce() {
        return Promise.resolve(this.#all);
      }
    }
    const inventory = await readInventory(cache.wrap(new VouchingApi()), repository, {
      activeFrom,
      pageSize: 10,
    });
    assert.equal(inventory.images, images);
  });
});
