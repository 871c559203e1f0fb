import assert from 'node:assert/strict';
import type { ContentsQuery } from '../../../src/catalog/listing';
import { RepositoryContents } from '../../../src/catalog/repositoryContents';
import { HubError } from '../../../src/hub/errors';
import type { ImagesPage, ImagesQuery } from '../../../src/hub/imageApi';
import type { Image, ImagesSummary } from '../../../src/hub/model';
import { parseRepositoryRef, type RepositoryRef } from '../../../src/hub/names';
import { FakeImageApi } from '../../support/fakeImageApi';
import { imageOf } from '../../support/images';

const repository = parseRepositoryRef('acme/api');
const applied = new Date('2026-05-01T00:00:00Z');
const now = new Date('2026-06-01T12:00:00Z');
const window = new Date('2026-03-03T00:00:00Z');

/** Records what is asked, applies an instant of its own, and can be held up or made to fail. */
class WatchedApi extends FakeImageApi {
  readonly summaries: (Date | undefined)[] = [];
  readonly pages: ImagesQuery[] = [];
  readonly signals: (AbortSignal | undefined)[] = [];
  failSummary: Error | undefined;
  failPage: ((page: number) => Error | undefined) | undefined;
  gate: Promise<void> | undefined;
  /** What a first page may be answered with before the rest is there. */
  partial: readonly Image[] | undefined;

  override async getSummary(
    of: RepositoryRef,
    query: Pick<ImagesQuery, 'activeFrom'>,
    signal?: AbortSignal,
  ): Promise<ImagesSummary> {
    this.summaries.push(query.activeFrom);
    this.signals.push(signal);
    if (this.failSummary !== undefined) {
      throw this.failSummary;
    }
    return { ...(await super.getSummary(of, query)), activeFrom: query.activeFrom ?? applied };
  }

  override async listImages(
    of: RepositoryRef,
    query: ImagesQuery,
    signal?: AbortSignal,
  ): Promise<ImagesPage> {
    this.pages.push(query);
    this.signals.push(signal);
    if (query.mayBePartial === true && this.partial !== undefined) {
      return { count: this.partial.length, images: this.partial, hasNext: false, isPartial: true };
    }
    const answer = await super.listImages(of, query); // what was there when the request arrived
    await this.gate;
    const failure = this.failPage?.(query.page);
    if (failure !== undefined) {
      throw failure;
    }
    return answer;
  }
}

function images(count: number, prefix = 'image'): readonly Image[] {
  return Array.from({ length: count }, (_, index) => imageOf(`${prefix} ${index}`));
}

function setUp(count: number, query: Partial<ContentsQuery> = {}) {
  const api = new WatchedApi(images(count));
  const state: { query: ContentsQuery; summariesTold: number; readAgainTold: number; restTold: number } = {
    query: { status: undefined, ordering: '-last_activity', activeFrom: undefined, pageSize: 10, ...query },
    summariesTold: 0,
    readAgainTold: 0,
    restTold: 0,
  };
  const contents = new RepositoryContents({
    api,
    repository,
    query: () => state.query,
    now: () => now,
    onDidReadSummary: () => (state.summariesTold += 1),
    onDidReadImagesAgain: () => (state.readAgainTold += 1),
    onDidReadRest: () => (state.restTold += 1),
  });
  return { api, contents, state };
}

describe('RepositoryContents of a server that reads in full', () => {
  function setUpPartial() {
    const found = setUp(30, { pageSize: 20 });
    let open: () => void = () => undefined;
    found.api.partial = images(3);
    found.api.gate = new Promise((resolve) => (open = resolve));
    return { ...found, open: () => open() };
  }

  it('shows what is there, and replaces it when the rest has come', async () => {
    const { contents, state, open } = setUpPartial();
    await contents.load();
    assert.equal(contents.listing?.isPartial, true);
    assert.equal(contents.listing.images.length, 3);
    await contents.load();
    assert.equal(state.restTold, 0);
    open();
    await contents.loadWhole();
    assert.equal(contents.listing.isPartial, false);
    assert.equal(contents.listing.images.length, 20);
    assert.equal(contents.listing.hasNext, true);
    assert.deepEqual([state.restTold, state.readAgainTold], [1, 1]);
  });

  it('keeps what is there when the rest fails, until it is read again', async () => {
    const { api, contents, state, open } = setUpPartial();
    api.failPage = () => failure('server');
    await contents.load();
    open();
    await contents.loadWhole();
    assert.equal(contents.listing?.images.length, 3);
    assert.ok(contents.restError);
    assert.equal(state.restTold, 1);
    api.failPage = undefined;
    await contents.refresh();
    assert.equal(contents.listing.images.length, 20);
    assert.equal(contents.restError, undefined);
  });

  it('shows no part where a whole is there already', async () => {
    const { api, contents, open } = setUpPartial();
    open();
    await contents.loadWhole();
    const asked = api.pages.length;
    await contents.refresh();
    assert.deepEqual(
      api.pages.slice(asked).map(({ mayBePartial }) => mayBePartial),
      [undefined],
    );
    assert.equal(contents.listing?.isPartial, false);
  });

  it('gives the rest up with everything else', async () => {
    const { api, contents } = setUpPartial();
    await contents.load();
    await new Promise(setImmediate);
    contents.dispose();
    assert.equal(api.signals.at(-1)?.aborted, true);
  });
});

const pagesOf = ({ pages }: WatchedApi) => pages.map(({ page }) => page);
const failure = (kind: 'forbidden' | 'notFound' | 'server') =>
  new HubError(kind, { method: 'GET', path: '/' });

describe('RepositoryContents', () => {
  it('asks nothing before it is asked', () => {
    const { api } = setUp(3);
    assert.deepEqual([api.summaries, api.pages], [[], []]);
  });

  it('reads the counts once, however often a row comes into view', async () => {
    const { api, contents, state } = setUp(3);
    await Promise.all([contents.loadSummary(), contents.loadSummary()]);
    await contents.loadSummary();
    assert.equal(api.summaries.length, 1);
    assert.equal(state.summariesTold, 1);
    assert.equal(contents.summary?.total, 3);
  });

  it('reads the first page and the counts side by side', async () => {
    const { api, contents } = setUp(25);
    const loading = contents.load();
    await new Promise(setImmediate);
    assert.deepEqual([api.summaries.length, pagesOf(api)], [1, [1]]);
    await loading;
    assert.equal(contents.listing?.images.length, 10);
    assert.equal(contents.listing.count, 25);
    assert.equal(contents.listing.hasNext, true);
  });

  it('appends one page at a time until the last', async () => {
    const { api, contents } = setUp(25);
    await contents.load();
    await Promise.all([contents.loadMore(), contents.loadMore()]);
    assert.equal(contents.listing?.images.length, 20);
    await contents.loadMore();
    await contents.loadMore();
    assert.equal(contents.listing.images.length, 25);
    assert.equal(contents.listing.hasNext, false);
    assert.deepEqual(pagesOf(api), [1, 2, 3]);
  });

  it('lists an image once that moved to the next page meanwhile', async () => {
    const { api, contents } = setUp(20);
    await contents.load();
    api.images.unshift(imageOf('pushed meanwhile'));
    await contents.loadMore();
    const digests = contents.listing?.images.map(({ digest }) => digest) ?? [];
    assert.equal(new Set(digests).size, digests.length);
    assert.equal(digests.length, 19);
  });

  it('sends the instant of the query with the counts and with every page', async () => {
    const { api, contents } = setUp(25, { activeFrom: window });
    await contents.load();
    await contents.loadMore();
    assert.deepEqual(api.summaries, [window]);
    assert.deepEqual(
      api.pages.map(({ activeFrom }) => activeFrom),
      [window, window],
    );
  });

  it('pins the instant of the first request, though the clock goes on', async () => {
    const { api, contents, state } = setUp(25, { activeFrom: window });
    await contents.loadSummary();
    state.query = { ...state.query, activeFrom: new Date(window.getTime() + 60_000) };
    await contents.load();
    await contents.loadMore();
    assert.deepEqual(
      api.pages.map(({ activeFrom }) => activeFrom),
      [window, window],
    );
  });

  it('takes the instant that the server applied for the pages after the first', async () => {
    const { api, contents } = setUp(25);
    await contents.load();
    await contents.loadMore();
    await contents.loadMore();
    assert.deepEqual(
      api.pages.map(({ activeFrom }) => activeFrom),
      [undefined, applied, applied],
    );
    assert.equal(contents.activeFrom, applied);
  });

  it('takes it for the first page too where the counts came before', async () => {
    const { api, contents } = setUp(25);
    await contents.loadSummary();
    await contents.load();
    assert.deepEqual(
      api.pages.map(({ activeFrom }) => activeFrom),
      [applied],
    );
  });

  it('reads as many pages again as there were, side by side and against one instant', async () => {
    const { api, contents } = setUp(25);
    await contents.load();
    await contents.loadMore();
    api.pages.length = 0;
    api.images = [...images(30, 'new')];
    await contents.refresh();
    assert.deepEqual(pagesOf(api), [1, 2]);
    assert.equal(new Set(api.pages.map(({ activeFrom }) => activeFrom?.getTime())).size, 1);
    assert.equal(contents.listing?.images.length, 20);
    assert.equal(contents.listing.count, 30);
    assert.equal(api.summaries.length, 2);
  });

  it('refreshes only the counts where no images were asked for', async () => {
    const { api, contents } = setUp(3);
    await contents.loadSummary();
    await contents.refresh();
    assert.deepEqual([api.summaries.length, api.pages.length], [2, 0]);
  });

  it('ends where the repository became shorter than it was', async () => {
    const { api, contents } = setUp(25);
    await contents.load();
    await contents.loadMore();
    api.images = [...images(4)];
    api.failPage = (page) => (page > 1 ? failure('notFound') : undefined);
    await contents.refresh();
    assert.equal(contents.listingError, undefined);
    assert.equal(contents.listing?.images.length, 4);
    assert.equal(contents.listing.hasNext, false);
  });

  it('gives up an older reading for a newer refresh', async () => {
    const { api, contents } = setUp(3);
    let open = (): void => undefined;
    api.gate = new Promise((resolve) => (open = resolve));
    const older = contents.load();
    await new Promise(setImmediate);
    api.images = [...images(5, 'new')];
    api.gate = undefined;
    const newer = contents.refresh();
    open();
    await Promise.all([older, newer]);
    assert.equal(contents.listing?.images.length, 5);
    assert.equal(api.signals[1]?.aborted, true);
  });

  it('drops a next page that was asked for before a refresh', async () => {
    const { api, contents } = setUp(25);
    await contents.load();
    let open = (): void => undefined;
    api.gate = new Promise((resolve) => (open = resolve));
    const more = contents.loadMore();
    await new Promise(setImmediate);
    api.gate = undefined;
    api.images = [...images(12, 'new')];
    await contents.refresh();
    open();
    await more;
    assert.equal(contents.listing?.images.length, 10);
    assert.equal(contents.nextPageError, undefined);
  });

  it('keeps the pages that are there when the next one fails, and can try it again', async () => {
    const { api, contents } = setUp(25);
    await contents.load();
    api.failPage = () => failure('server');
    await contents.loadMore();
    assert.ok(contents.nextPageError instanceof HubError);
    assert.equal(contents.listing?.images.length, 10);
    api.failPage = undefined;
    await contents.loadMore();
    assert.equal(contents.nextPageError, undefined);
    assert.equal(contents.listing.images.length, 20);
  });

  it('keeps the counts where the images are forbidden', async () => {
    const { api, contents } = setUp(3);
    api.failPage = () => failure('forbidden');
    await contents.load();
    await contents.loadSummary();
    assert.equal(contents.summary?.total, 3);
    assert.equal((contents.listingError as HubError).kind, 'forbidden');
    assert.equal(contents.listing, undefined);
  });

  it('shows the images where the counts fail', async () => {
    const { api, contents } = setUp(25);
    api.failSummary = failure('server');
    await contents.load();
    await contents.loadMore();
    assert.equal(contents.summaryError, api.failSummary);
    assert.equal(contents.listing?.images.length, 20);
  });

  it('keeps the images when a refresh fails, and says that it did', async () => {
    const { api, contents } = setUp(3);
    await contents.load();
    api.failPage = () => failure('server');
    await contents.refresh();
    assert.equal(contents.listing?.images.length, 3);
    assert.ok(contents.listingError);
  });

  it('forgets the images of another filter at once, and keeps the counts', async () => {
    const { api, contents, state } = setUp(25);
    await contents.load();
    await contents.loadMore();
    state.query = { ...state.query, status: 'inactive', ordering: 'digest' };
    contents.restart({ isWindowNew: false });
    assert.equal(contents.listing, undefined);
    await contents.load();
    assert.deepEqual(api.pages.at(-1), {
      status: 'inactive',
      ordering: 'digest',
      activeFrom: applied,
      page: 1,
      pageSize: 10,
      mayBePartial: true,
    });
    assert.equal(api.pages.length, 3);
    assert.equal(api.summaries.length, 1);
  });

  it('counts anew for another window', async () => {
    const { api, contents, state } = setUp(25);
    await contents.load();
    state.query = { ...state.query, activeFrom: window };
    contents.restart({ isWindowNew: true });
    await contents.load();
    await contents.loadSummary();
    assert.deepEqual(api.summaries, [undefined, window]);
    assert.deepEqual(api.pages.at(-1)?.activeFrom, window);
    assert.equal(contents.activeFrom, window);
  });

  it('reads nothing when it is declared out of date, until somebody looks', async () => {
    const { api, contents } = setUp(3);
    await contents.load();
    contents.invalidate();
    assert.deepEqual([api.summaries.length, api.pages.length], [1, 1]);
    assert.equal(contents.listing?.images.length, 3);
    await contents.load();
    assert.deepEqual([api.summaries.length, api.pages.length], [2, 2]);
  });

  it('tells when images were read again, whose status may be another', async () => {
    const { contents, state } = setUp(25);
    await contents.load();
    await contents.loadMore();
    assert.equal(state.readAgainTold, 0);
    await contents.refresh();
    contents.restart({ isWindowNew: true });
    await contents.load();
    assert.equal(state.readAgainTold, 2);
  });

  it('finds a loaded image by its digest', async () => {
    const { contents } = setUp(3);
    const { digest } = imageOf('image 1');
    assert.equal(contents.image(digest), undefined);
    await contents.load();
    assert.equal(contents.image(digest)?.digest, digest);
    assert.equal(contents.image(imageOf('another').digest), undefined);
  });

  it('has every image where one page lists them all and the counts agree, as of when it was asked for', async () => {
    const { api, contents } = setUp(3);
    await contents.loadSummary();
    assert.equal(contents.inventory, undefined);
    await contents.load();
    assert.deepEqual(contents.inventory, {
      repository,
      activeFrom: applied,
      images: api.images,
      readAt: now,
    });
    contents.invalidate();
    assert.equal(contents.inventory, undefined);
  });

  const incomplete: Readonly<Record<string, () => ReturnType<typeof setUp>>> = {
    'where there are more pages': () => setUp(11),
    'where some are filtered out': () => setUp(3, { status: 'inactive' }),
    'where the rest is still being read': () => {
      const set = setUp(3);
      set.api.partial = images(3);
      return set;
    },
    'where the page and its count differ': () => {
      const set = setUp(3);
      const list = set.api.listImages.bind(set.api);
      set.api.listImages = async (...args) => ({ ...(await list(...args)), count: 4 });
      return set;
    },
    'where the counts differ': () => {
      const set = setUp(3);
      const summary = { activeFrom: applied, total: 3, active: 1, inactive: 2 };
      set.api.getSummary = () => Promise.resolve(summary);
      return set;
    },
    'where something cannot be shown': () => {
      const set = setUp(3);
      const list = set.api.listImages.bind(set.api);
      set.api.listImages = async (...args) => ({ ...(await list(...args)), gaps: ['untaggedHidden'] });
      return set;
    },
  };
  for (const [rule, make] of Object.entries(incomplete)) {
    it(`cannot tell every image ${rule}`, async () => {
      const { api, contents } = make();
      api.gate = rule.includes('still') ? new Promise(() => undefined) : undefined;
      await contents.loadSummary();
      await contents.load();
      assert.ok(contents.listing);
      assert.equal(contents.inventory, undefined);
    });
  }

  it('cannot tell every image where the list was asked for before it was known what is active', async () => {
    const { contents } = setUp(3);
    await contents.load();
    assert.ok(contents.listing && contents.summary);
    assert.equal(contents.inventory, undefined);
  });

  it('aborts what is under way when it is disposed', async () => {
    const { api, contents } = setUp(3);
    api.gate = new Promise(() => undefined);
    void contents.load();
    await new Promise(setImmediate);
    contents.dispose();
    assert.deepEqual(
      api.signals.map((signal) => signal?.aborted),
      [false, true],
    );
    assert.equal(contents.listing, undefined);
  });
});
