import assert from 'node:assert/strict';
import { activityStatus } from '../../../src/hub/activity';
import { HubError } from '../../../src/hub/errors';
import type { ImagesPage, ImagesQuery } from '../../../src/hub/imageApi';
import { IncompleteInventoryError } from '../../../src/hub/listing/inventory';
import type { Image, ImagesSummary } from '../../../src/hub/model';
import { parseRepositoryRef, type RepositoryRef } from '../../../src/hub/names';
import { figuresMessage, stateMessage } from '../../../src/overview/overviewMessages';
import { isToWebview } from '../../../src/overview/protocol';
import { RepositoryOverview } from '../../../src/overview/repositoryOverview';
import { FakeImageApi } from '../../support/fakeImageApi';
import { imageOf } from '../../support/images';

const repository = parseRepositoryRef('acme/api');
const activeFrom = new Date('2026-05-01T10:15:00Z');
const line = new Date('2026-04-01T00:00:00Z');
const minuteMs = 60_000;

/** A Hub that judges by the instant it is asked about, and counts what it is asked. */
class JudgingApi extends FakeImageApi {
  summaries = 0;
  pages = 0;
  onList: (signal?: AbortSignal) => Promise<void> = () => Promise.resolve();

  override getSummary(of: RepositoryRef, query: Pick<ImagesQuery, 'activeFrom'>): Promise<ImagesSummary> {
    this.summaries += 1;
    this.#judge(query.activeFrom);
    return super.getSummary(of, query);
  }

  override async listImages(
    of: RepositoryRef,
    query: ImagesQuery,
    signal?: AbortSignal,
  ): Promise<ImagesPage> {
    this.pages += 1;
    await this.onList(signal);
    this.#judge(query.activeFrom);
    return super.listImages(of, query);
  }

  #judge(from = activeFrom): void {
    this.images = this.images.map((image) => ({ ...image, status: activityStatus(image, from) }));
  }
}

const images: readonly Image[] = [
  imageOf('old', { lastPushed: new Date('2026-03-01T12:00:00Z') }),
  imageOf('middle', { lastPushed: new Date('2026-04-15T12:00:00Z') }),
  imageOf('new', { lastPushed: new Date('2026-05-20T12:00:00Z') }),
];

describe('the overview of a repository', () => {
  let api: JudgingApi;
  let now: Date;
  let windowDays: number | undefined;
  let changes: number;
  let figures: number;
  let begun: boolean[];
  let overview: RepositoryOverview;

  beforeEach(() => {
    api = new JudgingApi(images);
    now = new Date('2026-06-01T12:00:00Z');
    windowDays = undefined;
    changes = figures = 0;
    begun = [];
    overview = new RepositoryOverview({
      repository,
      api,
      pageSize: () => 2,
      now: () => now,
      clock: () => now.getTime(),
      windowDays: () => windowDays,
      begin: (isAgain) => {
        begun.push(isAgain);
        const summary = { activeFrom, total: 3, active: 1, inactive: 2 };
        return Promise.resolve({ activeFrom, summary: isAgain ? undefined : summary });
      },
      onDidChange: () => (changes += 1),
      onDidRead: () => (figures += 1),
    });
  });

  const state = () => stateMessage(overview, { isSandbox: false, describe: String });
  const statuses = (of: readonly Image[] | undefined) => of?.map(({ status }) => status).sort();
  const past = async (kind: string) => {
    while (overview.event.kind !== kind) await Promise.resolve();
  };

  it('reads the pages and one summary, and reports it', async () => {
    await overview.read();
    assert.deepEqual([api.pages, api.summaries, figures], [2, 1, 1]);
    assert.equal(state().phase, 'ready');
    assert.ok(isToWebview(state()));
    assert.ok(overview.contents);
    assert.ok(isToWebview(figuresMessage(overview.contents, now)));
    assert.ok(changes > 0);
  });

  it('shows the counts before the images, and how many were read', async () => {
    let atFirst: unknown;
    api.onList = () => {
      atFirst ??= state().counts;
      return Promise.resolve();
    };
    const reading = overview.read();
    while (overview.progress === undefined) await Promise.resolve();
    assert.deepEqual(state().progress, { done: 2, total: 3, pace: null });
    await reading;
    assert.deepEqual(atFirst, { total: 3, active: 1, inactive: 2, unknown: null, undetermined: 0 });
    assert.equal(state().progress, null);
  });

  it('judges by the line at the cost of one summary', async () => {
    await overview.read();
    const inventory = await overview.inventoryAt(line);
    assert.deepEqual([api.pages, api.summaries], [2, 2]);
    assert.equal(inventory?.activeFrom, line);
    assert.deepEqual(statuses(inventory.images), ['active', 'active', 'inactive']);
    assert.equal(state().phase, 'ready');
  });

  it('reads again where the server counts differently against the line', async () => {
    await overview.read();
    api.images.push(imageOf('another', { lastPushed: new Date('2026-02-01T00:00:00Z') }));
    const inventory = await overview.inventoryAt(line);
    assert.equal(api.pages, 4);
    assert.deepEqual(statuses(inventory?.images), ['active', 'active', 'inactive', 'inactive']);
    assert.equal(figures, 2);
    assert.deepEqual(overview.contents?.histogram.activeFrom, activeFrom);
  });

  for (const [age, pages] of [
    [5 * minuteMs, 2],
    [5 * minuteMs + 1, 4],
  ] as const) {
    it(`plans on what is ${String(age)} ms old with ${String(pages)} pages read in all`, async () => {
      await overview.read();
      now = new Date(now.getTime() + age);
      assert.ok(await overview.inventoryAt(line));
      assert.equal(api.pages, pages);
    });
  }

  it('reads again for a plan what is out of date, and is up to date then', async () => {
    await overview.read();
    overview.outdate();
    assert.match(state().notices[0]?.text ?? '', /Read it again/);
    assert.ok(await overview.inventoryAt(line));
    assert.equal(api.pages, 4);
    assert.deepEqual(state().notices, []);
  });

  it('stays out of date where something happened while it was read', async () => {
    api.onList = () => {
      overview.outdate();
      return Promise.resolve();
    };
    await overview.read();
    assert.equal(overview.isOutdated, true);
  });

  it('says what failed, and reads again against an instant fixed anew', async () => {
    const error = new HubError('network', { method: 'GET', path: '/' });
    api.onList = () => Promise.reject(error);
    await overview.read();
    assert.equal(state().phase, 'failed');
    assert.deepEqual(state().notices, [{ severity: 'error', text: String(error) }]);
    assert.equal(await overview.inventoryAt(line), undefined);
    api.onList = () => Promise.resolve();
    await overview.read();
    assert.equal(state().phase, 'ready');
    assert.deepEqual(begun, [false, true]);
  });

  it('keeps what was read before when reading again fails', async () => {
    await overview.read();
    const before = overview.contents;
    api.onList = () => Promise.reject(new HubError('timeout', { method: 'GET', path: '/' }));
    await overview.read();
    assert.equal(overview.contents, before);
    assert.equal(state().phase, 'failed');
  });

  it('plans nothing on a list that contradicts itself', async () => {
    await overview.read();
    overview.outdate();
    api.getSummary = () => Promise.resolve({ activeFrom: line, total: 9, active: 0, inactive: 9 });
    assert.equal(await overview.inventoryAt(line), undefined);
    const { event } = overview;
    assert.ok('error' in event && event.error instanceof IncompleteInventoryError);
    assert.equal(state().phase, 'ready');
    assert.match(state().notices[0]?.text ?? '', /Nothing was planned/);
  });

  it('can be cancelled while it reads, and read again', async () => {
    api.onList = untilAborted;
    const reading = overview.read();
    await past('reading');
    overview.cancel();
    await reading;
    assert.equal(state().phase, 'cancelled');
    assert.deepEqual(state().notices, []);
    api.onList = () => Promise.resolve();
    await overview.read();
    assert.equal(state().phase, 'ready');
  });

  describe('whose reading was given up half-way', () => {
    beforeEach(async () => {
      api.onList = (signal) => (api.pages === 1 ? Promise.resolve() : untilAborted(signal));
      const reading = overview.read();
      while (overview.progress === undefined) await Promise.resolve();
      overview.cancel();
      await reading;
      api.onList = () => Promise.resolve();
      api.pages = 0;
    });

    it('goes on from there, against the same instant', async () => {
      assert.equal(state().status, 'Canceled. Not all images were read. Read again to continue.');
      await overview.read();
      assert.equal(state().phase, 'ready');
      assert.equal(api.pages, 1);
      assert.deepEqual(begun, [false]);
      await overview.read();
      assert.equal(api.pages, 3, 'what was read to the end is read anew');
      assert.deepEqual(begun, [false, true]);
    });

    it('goes on after a fault of the network, too', async () => {
      api.onList = () => Promise.reject(new HubError('network', { method: 'GET', path: '/' }));
      await overview.read();
      assert.equal(state().phase, 'failed');
      api.onList = () => Promise.resolve();
      await overview.read();
      assert.equal(state().phase, 'ready');
      assert.deepEqual(begun, [false]);
    });

    it('begins anew when the repository has changed', async () => {
      overview.outdate();
      await overview.read();
      assert.equal(api.pages, 2);
      assert.deepEqual(begun, [false, true]);
    });

    it('begins anew when the activity window is another', async () => {
      windowDays = 90;
      await overview.read();
      assert.equal(api.pages, 2);
      assert.deepEqual(begun, [false, true]);
    });

    it('begins anew when that was a while ago', async () => {
      now = new Date(now.getTime() + 5 * minuteMs);
      await overview.read();
      assert.equal(api.pages, 2);
      assert.deepEqual(begun, [false, true]);
    });
  });

  it('can be cancelled while it plans, and is ready then', async () => {
    await overview.read();
    overview.outdate();
    api.onList = untilAborted;
    const planning = overview.inventoryAt(line);
    await past('planning');
    overview.cancel();
    assert.equal(await planning, undefined);
    assert.equal(state().phase, 'ready');
    assert.equal(state().status, 'Canceled. Nothing was planned.');
  });

  it('gives up an older reading for a newer one', async () => {
    api.onList = untilAborted;
    const older = overview.read();
    await past('reading');
    api.onList = () => Promise.resolve();
    await overview.read();
    await older;
    assert.equal(state().phase, 'ready');
    assert.equal(figures, 1);
  });

  it('does nothing once another server is in use, and goes on when it is again', async () => {
    await overview.read();
    overview.leave(true);
    await overview.read();
    assert.equal(await overview.inventoryAt(line), undefined);
    assert.deepEqual([api.pages, api.summaries], [2, 1]);
    assert.equal(state().phase, 'left');
    overview.leave(false);
    assert.ok(await overview.inventoryAt(line));
  });

  it('makes one plan at a time', async () => {
    await overview.read();
    const [one, other] = await Promise.all([overview.inventoryAt(line), overview.inventoryAt(line)]);
    assert.ok(one);
    assert.equal(other, undefined);
  });

  it('gives up what is under way when it is closed', async () => {
    api.onList = untilAborted;
    const reading = overview.read();
    await past('reading');
    overview.dispose();
    await reading;
    assert.equal(overview.contents, undefined);
  });
});

function untilAborted(signal?: AbortSignal): Promise<void> {
  return new Promise((_, reject) => {
    const giveUp = () => reject(new HubError('cancelled', { method: 'GET', path: '/' }));
    if (signal?.aborted === true) giveUp();
    signal?.addEventListener('abort', giveUp);
  });
}
