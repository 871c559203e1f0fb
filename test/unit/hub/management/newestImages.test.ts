import assert from 'node:assert/strict';
import { checkReview } from '../../../../src/hub/deletion/check';
import { DeletionFlow } from '../../../../src/hub/deletion/deletionFlow';
import { MemoryRepositoryLocks } from '../../../../src/hub/deletion/memoryRepositoryLocks';
import { planDeletion } from '../../../../src/hub/deletion/plan';
import { DeletionReview } from '../../../../src/hub/deletion/review';
import { ReviewedPlan } from '../../../../src/hub/deletion/reviewedPlan';
import { imageKey, type PlannedImage, type ReviewedRequest } from '../../../../src/hub/deletionRequest';
import type { ImageRefusal } from '../../../../src/hub/deletionAnswer';
import { parseDigest } from '../../../../src/hub/digest';
import { acceptanceKinds } from '../../../../src/hub/findings';
import { readInventory } from '../../../../src/hub/listing/inventory';
import { ManagementImageApi } from '../../../../src/hub/management/managementImageApi';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { digestOf, type Exchange, sandboxAccounts, SandboxWorld } from '../../../../src/sandbox/index';
import { createTestClient } from '../../../support/hubHttp';
import { MemoryJournal } from '../../../support/memoryJournal';
import { rejectsWith } from '../../../support/rejects';
import { withSandbox } from '../../../support/sandbox';

const now = new Date('2026-01-31T12:00:00Z');
const activeFrom = new Date('2025-12-01T00:00:00Z');
const repository = parseRepositoryRef('demo/app');
const long = new Date('2025-06-01T00:00:00Z');
/** After the last check, and after everything else. */
const meanwhile = new Date('2026-01-31T11:00:00Z');
const app = (name: string) => parseDigest(digestOf(name));

/** `first` and `second` have a tag each, and `former` is deleted along with `first`. `active` was pushed lately. */
function createWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  const images = world.addRepository('demo/app');
  images.push({ digest: app('former'), tags: ['1.0'], at: long });
  images.push({ digest: app('first'), tags: ['1.0'], at: long });
  images.push({ digest: app('second'), tags: ['2.0'], at: long });
  images.push({ digest: app('untagged'), at: long });
  images.push({ digest: app('active'), tags: ['3.0', 'stable'], at: new Date('2026-01-20T00:00:00Z') });
  images.push({ digest: app('kept'), tags: ['latest'], at: long });
  return world;
}

const isDeletion = ({ requestBody }: Exchange) =>
  (requestBody as { dry_run?: boolean } | undefined)?.dry_run === false; // our own client's

describe('the look for changes right before a deletion with the image-management API', () => {
  const hub = withSandbox(() => ({ world: createWorld(), now: () => now }));

  function createApi() {
    const token = hub.sandbox.tokens.issue('demo');
    return new ManagementImageApi(
      createTestClient(hub.url, { accessToken: () => Promise.resolve(token) }).http,
    );
  }

  async function planned(...names: readonly string[]): Promise<readonly PlannedImage[]> {
    const { images } = await readInventory(createApi(), repository, { activeFrom, pageSize: 100 });
    return names.map((name) => {
      const image = images.find(({ digest }) => digest === app(name));
      assert.ok(image);
      return { repository, image };
    });
  }

  /** The request that a person would approve who accepts everything of the last check. */
  async function approve(...names: readonly string[]): Promise<ReviewedRequest> {
    return approveImages(await planned(...names));
  }

  async function approveImages(images: readonly PlannedImage[]): Promise<ReviewedRequest> {
    const review = new DeletionReview(planDeletion({ origin: hub.url, scope: 'chosen', activeFrom, images }));
    await checkReview(review, {
      api: createApi(),
      batchSize: 25,
      pageSize: 100,
      wasSeen: false,
      reuse: [],
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    acceptanceKinds.forEach((kind) => review.acceptAll(kind, true));
    const [request] = ReviewedPlan.of(review, { kind: 'off' }).requests(25);
    assert.ok(request);
    return request;
  }

  /** Deletes, and returns what was sent for it. */
  async function remove(request: ReviewedRequest) {
    const before = hub.exchanges.length;
    const answer = await createApi().deleteImages(request);
    const sent = hub.exchanges.slice(before);
    assert.ok(answer.kind === 'completed');
    return { answer, sent };
  }

  async function assertStopped(
    request: ReviewedRequest,
    refusals: Readonly<Record<string, Omit<ImageRefusal, 'removedTags'>>>,
  ): Promise<void> {
    const { answer, sent } = await remove(request);
    assert.deepEqual(
      sent.map(({ method }) => method),
      ['GET'],
      'nothing that deletes was sent',
    );
    const kept = Object.entries(refusals).map(([name, why]) => [app(name), { ...why, removedTags: [] }]);
    assert.deepEqual([...(answer.refusals ?? [])], kept);
    assert.deepEqual(
      [...(answer.results ?? [])],
      request.digests.map((digest) => [digest, kept.some(([of]) => of === digest) ? 'refused' : 'notSent']),
    );
    assert.deepEqual(answer.metrics, {
      manifestDeletes: 0,
      manifestErrors: 0,
      tagDeletes: 0,
      tagErrors: 0,
    });
  }

  it('is one request for the newest images, with the instant of the plan', async () => {
    const { sent, answer } = await remove(await approve('first', 'second'));
    assert.deepEqual(
      sent.map(({ method, path }) => `${method} ${path}`),
      ['GET /v2/namespaces/demo/repositories/app/images', 'POST /v2/namespaces/demo/delete-images'],
    );
    assert.deepEqual(sent[0]?.query, {
      ordering: '-last_activity',
      active_from: '2025-12-01T00:00:00.000Z',
      page: '1',
      page_size: '100',
    });
    assert.equal(answer.metrics.manifestDeletes, 3);
    assert.equal(answer.refusals, undefined);
  });

  it('is left out where no tag would be deleted', async () => {
    const { sent } = await remove(await approve('untagged'));
    assert.deepEqual(
      sent.map(({ method }) => method),
      ['POST'],
    );
  });

  for (const [what, broken] of Object.entries({
    'a null entry': () => null,
    'a digest that is none': (entry: object) => ({ ...entry, digest: '' }),
    'a null tag': (entry: object) => ({ ...entry, tags: [null] }),
  }))
    it(`sends nothing if an entry among the newest cannot be read (row 12): ${what}`, async () => {
      const request = await approve('first');
      const transform = (body: unknown) => {
        const { results, ...page } = body as { results: object[] }; // the sandbox writes it
        return { ...page, results: results.map((entry, index) => (index === 0 ? broken(entry) : entry)) };
      };
      hub.faults.add({
        on: { operation: 'GetNamespacesRepositoriesImages' },
        times: 'always',
        fault: { kind: 'transformBody', transform },
      });
      const before = hub.exchanges.length;
      const error = await rejectsWith('cancelled', createApi().deleteImages(request));
      assert.equal(error.neverSent, true);
      assert.ok(hub.exchanges.slice(before).every(({ method }) => method === 'GET'));
    });

  const concerning: [
    rule: string,
    change: (images: ReturnType<SandboxWorld['repository']>) => void,
    refusals: Readonly<Record<string, Omit<ImageRefusal, 'removedTags'>>>,
  ][] = [
    [
      'a tag of the request points at a new image',
      (images) => {
        images.push({ digest: app('new'), tags: ['1.0'], at: meanwhile });
      },
      { first: { cause: 'tagMoved', tag: '1.0' } },
    ],
    [
      'a tag of the request points at another image that stays',
      (images) => {
        images.push({ digest: app('kept'), tags: ['2.0'], at: meanwhile });
      },
      { second: { cause: 'tagMoved', tag: '2.0' } },
    ],
    [
      'an image of the request has another tag',
      (images) => {
        images.retag('3.0', app('second'));
      },
      { second: { cause: 'changed', tag: '3.0' } },
    ],
    [
      'an image of the request has lost a tag',
      (images) => {
        images.removeTag('2.0');
      },
      { second: { cause: 'changed' } },
    ],
    [
      'an image of the request was pushed again',
      (images) => {
        images.push({ digest: app('second'), at: new Date('2025-11-01T00:00:00Z') });
      },
      { second: { cause: 'changed' } },
    ],
    [
      'an image of the request was pulled and is active now',
      (images) => {
        images.pull(app('second'), meanwhile);
      },
      { second: { cause: 'changed' } },
    ],
    [
      'an image that would be deleted along was pulled and is active now',
      (images) => {
        images.pull(app('former'), meanwhile);
      },
      { first: { cause: 'changed' } },
    ],
    [
      'an image that would be deleted along was pushed again',
      (images) => {
        images.push({ digest: app('former'), at: new Date('2025-11-01T00:00:00Z') });
      },
      { first: { cause: 'changed' } },
    ],
    [
      'an image that would be deleted along has a tag',
      (images) => {
        images.retag('saved', app('former'));
      },
      { first: { cause: 'changed', tag: 'saved' } },
    ],
    [
      'another image would be deleted along',
      (images) => {
        images.push({ digest: app('new'), tags: ['1.0'], at: meanwhile });
        images.retag('1.0', app('first'));
      },
      { first: { cause: 'changed' } },
    ],
  ];
  for (const [rule, change, refusals] of concerning) {
    it(`stops if ${rule}`, async () => {
      const request = await approve('first', 'second');
      change(hub.world.repository('demo/app'));
      await assertStopped(request, refusals);
      assert.ok(hub.world.repository('demo/app').get(app('first')));
    });
  }

  const harmless: [rule: string, change: (images: ReturnType<SandboxWorld['repository']>) => void][] = [
    [
      'an image was pushed that has nothing to do with it',
      (images) => {
        images.push({ digest: app('new'), tags: ['4.0'], at: meanwhile });
      },
    ],
    [
      'the tag of an image moved that has nothing to do with it',
      (images) => {
        images.push({ digest: app('new'), tags: ['latest'], at: meanwhile });
      },
    ],
    [
      'an image was pulled that has nothing to do with it',
      (images) => {
        images.pull(app('kept'), meanwhile);
      },
    ],
    [
      'an image was pulled again that was approved as active',
      (images) => {
        images.pull(app('active'), meanwhile);
      },
    ],
  ];
  for (const [rule, change] of harmless) {
    it(`goes on if ${rule}`, async () => {
      const request = await approve('first', 'active');
      change(hub.world.repository('demo/app'));
      const { answer } = await remove(request);
      assert.equal(answer.metrics.manifestDeletes, 3);
      assert.equal(hub.world.repository('demo/app').get(app('former')), undefined);
    });
  }

  it('goes on if what would be deleted along is in another request of the plan', async () => {
    const both = await approve('first', 'former');
    const request = { ...both, digests: [app('first')], planned: new Set(both.digests) };
    const { answer } = await remove(request);
    assert.equal(answer.refusals, undefined);
  });

  describe('in a repository with more images than one page has', () => {
    beforeEach(() => {
      for (let number = 0; number < 150; number += 1) {
        const at = new Date(long.getTime() - 86_400_000);
        hub.world.repository('demo/app').push({ digest: app(`other ${number}`), at });
      }
    });

    it('is one request where the first page goes back to before the last check', async () => {
      const { sent } = await remove(await approve('first'));
      assert.equal(sent.length, 2);
    });

    it('reads every image where more of them have changed than one page shows', async () => {
      const request = await approve('first');
      hub.world.repository('demo/app').push({ digest: app('new'), tags: ['1.0'], at: meanwhile });
      for (let number = 0; number < 120; number += 1) {
        hub.world.repository('demo/app').pull(app(`other ${number}`), new Date(meanwhile.getTime() + 60_000));
      }
      const { sent, answer } = await remove(request);
      assert.equal(sent.filter(isDeletion).length, 0);
      assert.deepEqual(
        [...(answer.refusals?.values() ?? [])],
        [{ cause: 'tagMoved', tag: '1.0', removedTags: [] }],
      );
      assert.equal(sent.filter(({ query }) => query['ordering'] === '-last_activity').length, 1);
    });

    for (const [rule, transform] of [
      ['in the wrong order', <T>(results: readonly T[]) => [...results].reverse()],
      ['in no order', <T>(results: readonly T[]) => [...results.slice(50), ...results.slice(0, 50)]],
    ] as const) {
      it(`reads every image where the server sorts them ${rule}`, async () => {
        const request = await approve('first');
        hub.faults.add({
          on: { when: ({ query }) => query['ordering'] === '-last_activity' },
          fault: {
            kind: 'transformBody',
            transform: (body) => {
              const page = body as { results: readonly unknown[] }; // of the sandbox
              return { ...page, results: transform(page.results) };
            },
          },
        });
        const { sent } = await remove(request);
        assert.equal(sent.length, 1 + 2 + 1 + 1, 'the look, two pages, the summary, the deletion');
      });
    }

    it('reads every image where the page says that it is the last one and is not', async () => {
      const request = await approve('first');
      hub.world.repository('demo/app').push({ digest: app('new'), tags: ['1.0'], at: meanwhile });
      hub.faults.add({
        on: { when: ({ query }) => query['ordering'] === '-last_activity' },
        fault: {
          kind: 'transformBody',
          transform: (body) => ({ ...(body as object), next: null, results: [] }), // of the sandbox
        },
      });
      const { sent } = await remove(request);
      assert.equal(sent.filter(isDeletion).length, 0);
    });
  });

  it('sends nothing if it fails', async () => {
    const request = await approve('first');
    hub.faults.add({ fault: { kind: 'status', status: 403 } });
    const error = await rejectsWith('forbidden', createApi().deleteImages(request));
    assert.equal(error.neverSent, true);
    assert.equal(hub.exchanges.filter(isDeletion).length, 0);
  });

  it('sends nothing if it is cancelled', async () => {
    const request = await approve('first');
    const abort = new AbortController();
    hub.faults.add({
      fault: {
        kind: 'before',
        change: () => {
          abort.abort();
        },
      },
    });
    const error = await rejectsWith('cancelled', createApi().deleteImages(request, abort.signal));
    assert.equal(error.neverSent, true);
    assert.equal(hub.exchanges.filter(isDeletion).length, 0);
  });

  describe('without a list of the last check', () => {
    const forbidLists = (times: number | 'always') =>
      hub.faults.add({
        on: { when: ({ path }) => path.endsWith('/images') },
        times,
        fault: { kind: 'status', status: 403 },
      });

    /** The images were listed for the plan, but not for its last check. */
    async function approveUnlisted(times: number | 'always') {
      const images = await planned('first');
      forbidLists(times);
      const request = await approveImages(images);
      assert.equal(request.listed, undefined);
      return request;
    }

    it('deletes what was approved although the list cannot be read now either', async () => {
      const { answer } = await remove(await approveUnlisted('always'));
      assert.equal(answer.metrics.manifestDeletes, 2);
    });

    it('still stops if a tag of the request points at another image', async () => {
      const request = await approveUnlisted(1);
      hub.world.repository('demo/app').push({ digest: app('new'), tags: ['1.0'], at: meanwhile });
      await assertStopped(request, { first: { cause: 'tagMoved', tag: '1.0' } });
    });

    it('sends nothing if the list cannot be read for another reason', async () => {
      const request = await approveUnlisted(1);
      hub.faults.add({ times: 'always', fault: { kind: 'status', status: 500 } });
      const error = await rejectsWith('server', createApi().deleteImages(request));
      assert.equal(error.neverSent, true);
      assert.equal(hub.exchanges.filter(isDeletion).length, 0);
    });
  });

  it('stops the whole run, keeps the rest as not sent and shows what has changed', async () => {
    const flow = new DeletionFlow({
      plan: planDeletion({
        origin: hub.url,
        scope: 'chosen',
        activeFrom,
        images: await planned('first', 'second', 'active'),
      }),
      api: createApi(),
      username: 'demo',
      journal: new MemoryJournal(),
      locks: new MemoryRepositoryLocks(),
      batchSize: 1,
      pageSize: 100,
      now: () => now,
      delay: () => new Promise(() => undefined),
      confirm: () => Promise.resolve(true),
      onDidChange: () => undefined,
      onDidDelete: () => undefined,
    });
    await flow.dryRun();
    acceptanceKinds.forEach((kind) => {
      flow.acceptAll(kind, true);
    });
    let deletions = 0;
    hub.faults.add({
      on: { when: ({ requestBody }) => (requestBody as { dry_run?: boolean } | null)?.dry_run === false },
      fault: {
        kind: 'before',
        change: (world) => {
          deletions += 1;
          world.repository('demo/app').push({ digest: app('new'), tags: ['2.0'], at: meanwhile });
        },
      },
    });
    await flow.delete();
    flow.close();
    assert.equal(deletions, 1);
    assert.equal(hub.exchanges.filter(isDeletion).length, 1);
    assert.deepEqual(
      ['first', 'second', 'active'].map((name) => flow.lastOutcomes.get(imageKey(repository, app(name)))),
      ['deleted', 'refused', 'notSent'],
    );
    assert.deepEqual(flow.lastEvent, {
      kind: 'stopped',
      refusals: [
        {
          key: imageKey(repository, app('second')),
          refusal: { cause: 'tagMoved', tag: '2.0', removedTags: [] },
        },
      ],
    });
    assert.ok(hub.world.repository('demo/app').get(app('second')));
    assert.equal(flow.canDelete, false, 'what is left has to be checked again');
  });
});
