import assert from 'node:assert/strict';
import { HubError } from '../../../../src/hub/errors';
import type { ImageApi, ImagesPage } from '../../../../src/hub/imageApi';
import {
  freshInventories,
  IncompleteInventoryError,
  type InventoryCheck,
  readInventory,
} from '../../../../src/hub/listing/inventory';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { FakeImageApi } from '../../../support/fakeImageApi';
import { imageOf } from '../../../support/images';
import { rejectsWith } from '../../../support/rejects';

const repository = parseRepositoryRef('acme/api');
const options = { activeFrom: new Date('2026-01-01T00:00:00Z'), pageSize: 10 };
const byPages = { ...options, completenessCheck: 'pagesOnly' } as const;
const byCount = { ...options, completenessCheck: 'imageCount' } as const;
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
    await readInventory(api, repository, byPages);
    assert.deepEqual([...orderings], ['digest']);
  });

  it('tells its progress', async () => {
    const seen: string[] = [];
    await readInventory(new FakeImageApi(images), repository, {
      ...byPages,
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
    await assert.rejects(readInventory(api, repository, byPages), /lost/);
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
        readInventory(api, repository, byPages),
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
    await assert.rejects(readInventory(api, repository, byPages), IncompleteInventoryError);
    assert.ok(requests < 5 * 100, `${requests} requests`);
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

  it('says when it was read, where somebody knows', async () => {
    const readAt = new Date('2026-02-01T00:00:00Z');
    const inventory = await readInventory(new FakeImageApi(images), repository, {
      ...options,
      now: () => readAt,
    });
    assert.equal(inventory.readAt, readAt);
  });

  const ages: readonly (readonly [name: string, readAt: string | undefined, isFresh: boolean])[] = [
    ['of the same instant', '2026-02-01T00:00:00.000Z', true],
    ['of less than a minute ago', '2026-01-31T23:59:00.001Z', true],
    ['of a minute ago', '2026-01-31T23:59:00.000Z', false],
    ['of the future', '2026-02-01T00:00:00.001Z', false],
    ['of unknown age', undefined, false],
  ];
  for (const [name, readAt, isFresh] of ages) {
    it(`${isFresh ? 'is' : 'is not'} fresh when it is one ${name}`, () => {
      const inventory = { repository, activeFrom: options.activeFrom, images };
      const known = [readAt === undefined ? inventory : { ...inventory, readAt: new Date(readAt) }];
      assert.deepEqual(freshInventories(known, new Date('2026-02-01T00:00:00Z')), isFresh ? known : []);
    });
  }
});

/** A Hub whose list is another in each reading, and the requests it got. */
class ChangingHub extends FakeImageApi {
  readonly pages: number[] = [];
  readonly rereadings: string[] = [];
  summaries = 0;
  readonly #change: (reading: number, page: number, answer: ImagesPage) => ImagesPage;

  constructor(change: (reading: number, page: number, answer: ImagesPage) => ImagesPage) {
    super(images);
    this.#change = change;
  }

  get readings(): number {
    return this.pages.filter((page) => page === 1).length;
  }

  override getSummary(...args: Parameters<FakeImageApi['getSummary']>) {
    this.summaries += 1;
    return super.getSummary(...args);
  }

  override async listImages(...args: Parameters<FakeImageApi['listImages']>) {
    const { page } = args[1];
    this.pages.push(page);
    return this.#change(this.readings, page, await super.listImages(...args));
  }

  reportRereading: NonNullable<ImageApi['reportRereading']> = (number, { message }) => {
    this.rereadings.push(`${number}: ${message}`);
  };
}

describe('inventory of a list that changes', () => {
  const oneMore = (answer: ImagesPage) => ({ ...answer, count: answer.count + 1 });
  const shorter = (page: number, answer: ImagesPage) =>
    page === 2 ? { ...answer, images: answer.images.slice(1) } : answer;
  /** The first image is active in this reading. */
  const withActive = (page: number, answer: ImagesPage): ImagesPage =>
    page === 1
      ? {
          ...answer,
          images: answer.images.map((image, index) => (index === 0 ? { ...image, status: 'active' } : image)),
        }
      : answer;

  it('costs one reading where nothing changes: a request for each page, and the summary', async () => {
    const hub = new ChangingHub((_reading, _page, answer) => answer);
    await readInventory(hub, repository, options);
    assert.deepEqual(hub.pages, [1, 2, 3]);
    assert.equal(hub.summaries, 1);
    assert.deepEqual(hub.rereadings, []);
  });

  it('is read again after a contradiction, until two readings agree', async () => {
    const hub = new ChangingHub((reading, page, answer) =>
      reading === 1 && page === 2 ? oneMore(answer) : answer,
    );
    const inventory = await readInventory(hub, repository, options);
    assert.deepEqual(inventory.images, images);
    assert.equal(hub.readings, 3);
    assert.deepEqual(hub.rereadings, [
      '2: acme/api: steadyCount: expected 25, found 26',
      '3: acme/api: steadyCount: expected 25, found 26',
    ]);
  });

  it('does not believe two readings with a contradiction between them', async () => {
    const hub = new ChangingHub((reading, page, answer) =>
      reading % 2 === 1 ? shorter(page, answer) : answer,
    );
    await assert.rejects(
      readInventory(hub, repository, byPages),
      (error) => error instanceof IncompleteInventoryError && error.check === 'allListed',
    );
    assert.equal(hub.readings, 5);
  });

  it('does not believe readings that tell differently of an image, though each agrees with itself', async () => {
    const hub = new ChangingHub((reading, page, answer) => {
      if (reading === 1) {
        return shorter(page, answer);
      }
      return reading % 2 === 0 ? withActive(page, answer) : answer;
    });
    await assert.rejects(readInventory(hub, repository, byCount), IncompleteInventoryError);
    assert.equal(hub.readings, 5);
  });

  it('believes the last two that agree', async () => {
    const hub = new ChangingHub((reading, page, answer) => {
      if (reading === 1) {
        return shorter(page, answer);
      }
      return reading === 2 ? withActive(page, answer) : answer;
    });
    assert.deepEqual((await readInventory(hub, repository, byCount)).images, images);
    assert.equal(hub.readings, 4);
  });

  it('is read again where a page is gone that the count includes', async () => {
    const hub = new ChangingHub((reading, page, answer) => {
      if (reading === 1 && page === 3) {
        throw new HubError('notFound', { method: 'GET', path: '/v2/list' });
      }
      return answer;
    });
    assert.deepEqual((await readInventory(hub, repository, byPages)).images, images);
    assert.equal(hub.rereadings[0], '2: acme/api: lastPage: expected 3, found 2');
  });

  it('does not exist where the repository is gone', async () => {
    const hub = new ChangingHub(() => {
      throw new HubError('notFound', { method: 'GET', path: '/v2/list' });
    });
    await rejectsWith('notFound', readInventory(hub, repository, byPages));
    assert.equal(hub.readings, 1);
  });

  it('tells the progress of each reading from its beginning', async () => {
    const hub = new ChangingHub((reading, page, answer) => (reading === 1 ? shorter(page, answer) : answer));
    const seen: number[] = [];
    await readInventory(hub, repository, { ...byPages, onProgress: (done) => seen.push(done) });
    assert.deepEqual(seen.slice(-6), [10, 20, 25, 10, 20, 25]);
  });

  it('gives up the summary with the pages that contradict each other', async () => {
    const hub = new ChangingHub((reading, page, answer) => (reading === 1 ? shorter(page, answer) : answer));
    const signals: AbortSignal[] = [];
    const summarise = hub.getSummary.bind(hub);
    hub.getSummary = async (ref, query, ...rest: AbortSignal[]) => {
      signals.push(...rest);
      return signals.length === 1 ? new Promise(() => undefined) : summarise(ref, query);
    };
    await readInventory(hub, repository, options);
    assert.equal(signals[0]?.aborted, true);
    assert.equal(hub.readings, 3);
  });

  it('is not read again once it was cancelled', async () => {
    const abort = new AbortController();
    const hub = new ChangingHub((_reading, page, answer) => {
      if (page === 2) {
        abort.abort();
      }
      return shorter(page, answer);
    });
    const list = hub.listImages.bind(hub);
    hub.listImages = async (ref, query, signal?: AbortSignal) => {
      if (signal?.aborted === true) {
        throw new HubError('cancelled', { method: 'GET', path: '/v2/list' });
      }
      return list(ref, query);
    };
    await rejectsWith('cancelled', readInventory(hub, repository, { ...byPages, signal: abort.signal }));
    assert.equal(hub.readings, 1);
  });
});

describe('an inventory of a list with entries that cannot be read (row 12)', () => {
  const gap = { position: 3, count: 1, reason: 'digest: expected a digest' };
  /** The second page lacks an image whose entry cannot be read. */
  const unreadable = () => {
    const api = new FakeImageApi(images);
    const list = api.listImages.bind(api);
    let requests = 0;
    api.listImages = async (ref, query) => {
      requests += 1;
      const page = await list(ref, query);
      return query.page === 2 ? { ...page, images: page.images.slice(1), unread: [gap] } : page;
    };
    return { api, requests: () => requests };
  };

  for (const [title, how] of [
    ['for a plan', options],
    ['to find out which images exist', byCount],
    [
      'even if its caller accepts them, because pages cannot say which images they may be about',
      { ...options, acceptsUnread: true },
    ],
  ] as const)
    it(`is refused ${title}, and not read again in vain`, async () => {
      const { api, requests } = unreadable();
      await assert.rejects(
        readInventory(api, repository, how),
        (error) => error instanceof IncompleteInventoryError && error.check === 'allReadable',
      );
      assert.equal(requests(), 3);
    });

  it('has the others where nothing is planned from it', async () => {
    assert.equal((await readInventory(unreadable().api, repository, byPages)).images.length, 24);
  });
});
