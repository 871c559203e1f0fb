import assert from 'node:assert/strict';
import fc from 'fast-check';
import { collateralOf } from '../../../../src/hub/deletion/collateralSurvey';
import { planDeletion } from '../../../../src/hub/deletion/plan';
import { DeletionReview } from '../../../../src/hub/deletion/review';
import { ReviewedPlan } from '../../../../src/hub/deletion/reviewedPlan';
import type { DeletionAnswer } from '../../../../src/hub/deletionAnswer';
import type { ReviewedRequest } from '../../../../src/hub/deletionRequest';
import { type Digest, parseDigest } from '../../../../src/hub/digest';
import type { ImageApi } from '../../../../src/hub/imageApi';
import { readInventory } from '../../../../src/hub/listing/inventory';
import { type Image, partsOf } from '../../../../src/hub/model';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { RegistryClient, RegistryImageApi } from '../../../../src/hub/registry';
import { MemoryManifestStore } from '../../../../src/hub/registry/manifestStore';
import { digestOf, sandboxAccounts, SandboxWorld } from '../../../../src/sandbox/index';
import { createTestClient } from '../../../support/hubHttp';
import { withSandbox } from '../../../support/sandbox';
import { listed as listedAfterReading, readNeeded } from '../../../support/todayHub';

const start = new Date('2026-01-31T12:00:00Z');
const activeFrom = new Date('2025-12-01T00:00:00Z');
const repository = parseRepositoryRef('demo/app');
const at = (text: string) => new Date(`${text}T00:00:00Z`);
const digest = (seed: string) => parseDigest(digestOf(seed));
const hex = (seed: string) => digestOf(seed).slice('sha256:'.length);

function createWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  world.addUser(sandboxAccounts.outsider);
  const app = world.addRepository('demo/app');
  app.push({ digest: digest('old'), tags: ['1.0'], at: at('2025-10-01') });
  app.push({ digest: digest('new'), tags: ['2.0', 'latest'], at: at('2026-01-20') });
  app.push({ digest: digest('untagged'), at: at('2025-09-01') });
  app.push({ digest: digest('silent') });
  const platform = { os: 'linux', architecture: 'arm64' };
  app.push({ digest: digest('arm'), at: at('2025-08-01'), platform });
  app.push({ digest: digest('shared'), at: at('2025-08-01') });
  const [arm, shared] = [digest('arm'), digest('shared')];
  app.push({ digest: digest('index'), tags: ['multi'], at: at('2025-08-01'), children: [arm, shared] });
  app.push({ digest: digest('other'), tags: ['multi-2'], at: at('2025-08-02'), children: [shared] });
  app.push({ digest: digest('signature'), tags: [`sha256-${hex('index')}.sig`], at: at('2025-08-01') });
  return world;
}

describe('RegistryImageApi', () => {
  let now = start;
  let mayReadManifests = true;
  let manifestStore = new MemoryManifestStore();
  const hub = withSandbox(() => ({ world: createWorld(), now: () => now, routes: 'today' }));
  const clients: RegistryClient[] = [];

  beforeEach(() => {
    now = start;
    mayReadManifests = true;
    manifestStore = new MemoryManifestStore();
  });

  afterEach(() => {
    clients.splice(0).forEach((client) => {
      client.dispose();
    });
  });

  function createApi(username: 'demo' | 'outsider' = 'demo'): ImageApi {
    const token = () => Promise.resolve(hub.sandbox.tokens.issue(username));
    const { http } = createTestClient(hub.url, { accessToken: token, now: () => now });
    const log = { debug: () => undefined, info: () => undefined, warn: () => undefined };
    const registry = new RegistryClient({
      baseUrl: new URL(hub.url),
      realm: new URL('/token', hub.url),
      service: 'registry.docker.io',
      credentials: () => Promise.resolve({ username, password: `sandbox-${username}` }),
      timeoutMs: () => 5_000,
      maxConcurrentRequests: () => 8,
      log,
      now: () => now,
    });
    clients.push(registry);
    return new RegistryImageApi({
      http,
      registry,
      mayReadManifests: () => mayReadManifests,
      manifestStore,
      now: () => now,
      log,
    });
  }

  const labelOf = (image: Image) => image.tags.map(({ name }) => name).join(' ') || image.digest;
  const listed = (api: ImageApi) => listedAfterReading(api, repository, activeFrom);
  const looked = async (api: ImageApi) =>
    (await readInventory(api, repository, { activeFrom, pageSize: 100 })).images;
  const has = (seed: string) => hub.world.repository('demo/app').get(digest(seed)) !== undefined;
  const reads = () => hub.exchanges.filter(({ operation }) => operation === 'GetRegistryManifest').length;
  const firstPage = (api: ImageApi) => api.listImages(repository, { page: 1, pageSize: 100, activeFrom });
  const deletes = () =>
    hub.exchanges.filter(({ method }) => method === 'DELETE').map(({ path }) => path.split('/').at(-1));

  /** The requests of a plan of these images after a review in which everything was accepted. */
  async function approved(api: ImageApi, ...seeds: readonly string[]): Promise<readonly ReviewedRequest[]> {
    const images = (await listed(api)).filter((image) => seeds.map(digest).includes(image.digest));
    assert.equal(images.length, seeds.length);
    const plan = planDeletion({
      origin: hub.url,
      scope: 'chosen',
      activeFrom,
      images: images.map((image) => ({ repository, image })),
    });
    const review = new DeletionReview(plan);
    const answer = await api.dryRun({ repository, activeFrom, digests: images.map((image) => image.digest) });
    review.record(plan.images, answer, false);
    const inventory = await readInventory(api, repository, { activeFrom, pageSize: 100 });
    review.recordSurvey(repository, inventory, false);
    review.acceptAll('collateral', true);
    review.acceptAll('current_tag', true);
    review.acceptAll('is_active', true);
    return ReviewedPlan.of(review, { kind: 'off' }).requests(25);
  }

  async function remove(api: ImageApi, ...seeds: readonly string[]): Promise<DeletionAnswer> {
    const [request] = await approved(api, ...seeds);
    assert.ok(request);
    return api.deleteImages(request);
  }

  describe('reading', () => {
    it('lists what stands for itself, with parts and signatures below it', async () => {
      const images = await listed(createApi());
      assert.deepEqual(
        new Set(images.map(({ digest: each }) => each)),
        new Set(['old', 'new', 'untagged', 'silent', 'index', 'other'].map(digest)),
      );
      const index = images.find((image) => image.digest === digest('index'));
      assert.equal(index?.role, 'index');
      assert.deepEqual(
        index.parts?.map((part) => [part.digest, part.platform, part.role]),
        [
          [digest('arm'), 'linux/arm64', undefined],
          [digest('shared'), 'linux/amd64', undefined],
          [digest('signature'), undefined, 'signature'],
        ],
      );
    });

    it('judges by the newest known push or pull, and says where neither is known', async () => {
      const statuses = new Map((await listed(createApi())).map((image) => [image.digest, image.status]));
      assert.equal(statuses.get(digest('new')), 'active');
      assert.equal(statuses.get(digest('old')), 'inactive');
      assert.equal(statuses.get(digest('silent')), 'unknown');
    });

    it('takes a pull of a platform for one of its index', async () => {
      hub.world.repository('demo/app').pull(digest('arm'), at('2026-01-30'));
      const index = (await listed(createApi())).find((image) => image.digest === digest('index'));
      assert.equal(index?.status, 'active');
    });

    it('filters, orders, counts and pages by itself', async () => {
      const api = createApi();
      const page = await api.listImages(repository, {
        activeFrom,
        status: 'inactive',
        ordering: 'last_activity',
        page: 1,
        pageSize: 2,
      });
      assert.equal(page.count, 4);
      assert.equal(page.hasNext, true);
      assert.deepEqual(page.images.map(labelOf), ['multi', 'multi-2']);
      const summary = await api.getSummary(repository, { activeFrom });
      assert.deepEqual(summary, {
        activeFrom,
        total: 6,
        active: 1,
        inactive: 4,
        unknown: 1,
        undetermined: 2, // they have no tag, and indexes are unread
      });
    });

    it('reads each list once for counts and first page together', async () => {
      const api = createApi();
      await Promise.all([
        api.getSummary(repository, { activeFrom }),
        api.listImages(repository, { activeFrom, page: 1, pageSize: 10 }),
      ]);
      assert.deepEqual(hub.exchanges.map(({ operation }) => operation).sort(), ['GetManifests', 'GetTags']);
    });

    it('reads again when counts or the first page are asked for again', async () => {
      const api = createApi();
      const total = async () => (await api.getSummary(repository, { activeFrom })).total;
      const firstPage = async () =>
        (await api.listImages(repository, { page: 1, pageSize: 100, activeFrom })).count;
      assert.deepEqual([await total(), await firstPage()], [6, 6]);
      hub.world.repository('demo/app').push({ digest: digest('brand-new'), at: start });
      assert.deepEqual([await total(), await firstPage()], [7, 7]);
      hub.world.repository('demo/app').push({ digest: digest('newer yet'), at: start });
      assert.equal(await firstPage(), 8);
    });

    it('never reads a manifest by itself, and shows what the lists tell', async () => {
      const api = createApi();
      const images = await looked(api);
      await api.getSummary(repository, { activeFrom });
      const index = images.find((image) => image.digest === digest('index'));
      assert.equal(index?.parts?.length, 3);
      assert.equal(index.arePartsUnknown, true);
      assert.equal(reads(), 0);
    });

    it('says of which images it is not known whether they belong to others', async () => {
      hub.world.repository('demo/app').removeTag('multi');
      const api = createApi();
      const doubts = new Map((await looked(api)).map((image) => [image.digest, image.doubt]));
      assert.equal(doubts.get(digest('arm')), 'undetermined');
      assert.equal(doubts.get(digest('untagged')), 'undetermined');
      assert.equal(doubts.get(digest('old')), undefined);
      assert.equal(doubts.get(digest('other')), undefined);
      assert.deepEqual((await firstPage(api)).gaps, ['indexesUnread']);
    });

    it('says nothing of the kind once the contents have been read', async () => {
      hub.world.repository('demo/app').removeTag('multi');
      const api = createApi();
      const images = await listed(api);
      assert.deepEqual(new Set(images.map(({ doubt }) => doubt)), new Set([undefined]));
      assert.equal((await firstPage(api)).gaps, undefined);
    });

    it('has tagged images to show while the rest is read', async () => {
      let goOn: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => (goOn = resolve));
      hub.faults.add({ on: { operation: 'GetManifests' }, fault: { kind: 'before', change: () => gate } });
      const api = createApi();
      const query = { page: 1, pageSize: 100, activeFrom };
      const first = await api.listImages(repository, { ...query, mayBePartial: true });
      assert.equal(first.isPartial, true);
      assert.deepEqual(first.images.map(labelOf).sort(), ['1.0', '2.0 latest', 'multi', 'multi-2']);
      const rest = api.listImages(repository, query);
      goOn();
      const whole = await rest;
      assert.equal(whole.isPartial, undefined);
      assert.ok(whole.images.length > first.images.length);
      assert.deepEqual(hub.exchanges.map(({ operation }) => operation).sort(), ['GetManifests', 'GetTags']);
      const again = await api.listImages(repository, { ...query, mayBePartial: true });
      assert.equal(again.isPartial, undefined, 'the whole is there');
    });

    it('shows tagged images where the list of manifests is missing, and says so', async () => {
      hub.faults.add({
        on: { operation: 'GetManifests' },
        times: 'always',
        fault: { kind: 'status', status: 404, body: { message: '404: Page Not Found' } },
      });
      const { images, gaps } = await createApi().listImages(repository, {
        page: 1,
        pageSize: 100,
        activeFrom,
      });
      assert.deepEqual(gaps, ['untaggedHidden']);
      assert.deepEqual(images.map(labelOf).sort(), ['1.0', '2.0 latest', 'multi', 'multi-2']);
    });

    const partsOfIndex = async () =>
      (await listed(createApi())).find((image) => image.digest === digest('index'))?.parts?.length;

    it('reads an index once, for as long as it is there', async () => {
      hub.world.repository('demo/app').removeTag('multi');
      assert.equal(await partsOfIndex(), 3);
      const before = reads();
      assert.equal(await partsOfIndex(), 3);
      assert.equal(reads(), before);
    });

    it('stores only what the registry said, never what a list shows', async () => {
      await looked(createApi());
      assert.equal((await manifestStore.read(repository)).size, 0);
      await listed(createApi());
      assert.ok((await manifestStore.read(repository)).has(digest('index')));
    });

    it('forgets indexes that are gone', async () => {
      await listed(createApi());
      hub.world.repository('demo/app').removeTag('multi');
      hub.world.repository('demo/app').remove([digest('index')]);
      await looked(createApi());
      assert.ok(!(await manifestStore.read(repository)).has(digest('index')));
      assert.ok((await manifestStore.read(repository)).has(digest('other')));
    });

    it('goes on where nothing can be remembered', async () => {
      manifestStore.write = () => Promise.reject(new Error('the disk is full'));
      hub.world.repository('demo/app').removeTag('multi');
      assert.equal(await partsOfIndex(), 3);
    });

    it('asks for nothing where reading is switched off, and refuses what may belong to another image', async () => {
      mayReadManifests = false;
      hub.world.repository('demo/app').removeTag('multi');
      const api = createApi();
      assert.equal(await readNeeded(api, repository, await looked(api)), false);
      const digests = ['arm', 'untagged', 'old', 'other'].map(digest);
      const answer = await api.dryRun({ repository, activeFrom, digests });
      assert.deepEqual(
        answer.kind === 'refused' && answer.blockers.map(({ digest: each, error }) => [each, error]),
        [
          [digest('arm'), 'undetermined'],
          [digest('untagged'), 'undetermined'],
        ],
      );
      assert.equal(reads(), 0);
    });
  });

  describe('dry run', () => {
    it('objects in the words of Docker Hub', async () => {
      const digests = ['new', 'old', 'arm', 'signature', 'nowhere', 'untagged'].map(digest);
      const api = createApi();
      await listed(api);
      const answer = await api.dryRun({ repository, activeFrom, digests });
      const found = answer.kind === 'refused' ? answer : undefined;
      assert.deepEqual(
        found?.blockers.map(({ digest: each, error }) => [each, error]),
        [
          [digest('arm'), 'child_manifest'],
          [digest('signature'), 'child_manifest'],
          [digest('nowhere'), 'not_found'],
        ],
      );
      assert.deepEqual(
        found.warnings.map(({ digest: each, warning, tags }) => [each, warning, tags]),
        [
          [digest('new'), 'is_active', undefined],
          [digest('new'), 'current_tag', ['2.0', 'latest']],
          [digest('old'), 'current_tag', ['1.0']],
        ],
      );
    });

    it('finds a grant without deletion, though its status is 200', async () => {
      const answer = await createApi('outsider').dryRun({ repository, activeFrom, digests: [digest('old')] });
      assert.deepEqual(answer.kind === 'refused' && answer.blockers.map(({ error }) => error), [
        'unauthorized',
      ]);
    });

    it('changes nothing', async () => {
      await createApi().dryRun({ repository, activeFrom, digests: [digest('untagged')] });
      assert.deepEqual(deletes(), []);
      assert.ok(has('untagged'));
    });
  });

  describe('dry run of what was read a moment ago', () => {
    const check = (api: ImageApi, ...seeds: readonly string[]) =>
      api.dryRun({ repository, activeFrom, digests: seeds.map(digest) });
    const warningsOf = (answer: DeletionAnswer) => {
      assert.ok(answer.kind === 'refused');
      return answer.warnings.map(({ warning }) => warning);
    };

    it('finds a pull since then', async () => {
      const api = createApi();
      await listed(api);
      assert.deepEqual(warningsOf(await check(api, 'old')), ['current_tag']);
      hub.world.repository('demo/app').pull(digest('old'), start);
      assert.deepEqual(warningsOf(await check(api, 'old')), ['is_active', 'current_tag']);
    });

    it('does not list a tag that a deletion has just removed', async () => {
      const api = createApi();
      hub.faults.add({
        on: { operation: 'DeleteRegistryManifest' },
        fault: { kind: 'status', status: 500 },
      });
      await remove(api, 'old');
      assert.ok(has('old'));
      await listed(api); // it has no tag any more, so whether it is attached to another image has to be read
      assert.equal((await check(api, 'old')).kind, 'completed');
    });

    it('reads once for all that begin together', async () => {
      const api = createApi();
      await Promise.all(['old', 'new', 'untagged'].map((seed) => check(api, seed)));
      assert.equal(hub.exchanges.filter(({ operation }) => operation === 'GetManifests').length, 1);
    });
  });

  describe('deletion', () => {
    it('removes tags, then the index, then its signature, and leaves what another index needs', async () => {
      const answer = await remove(createApi(), 'index');
      assert.deepEqual(answer.kind === 'completed' && [...(answer.results ?? [])], [
        [digest('index'), 'removed'],
      ]);
      assert.deepEqual(deletes(), [
        'multi',
        digest('index'),
        `sha256-${hex('index')}.sig`,
        digest('signature'),
      ]);
      assert.deepEqual(['index', 'arm', 'signature', 'shared', 'other'].map(has), [
        false,
        false,
        false,
        true,
        true,
      ]);
    });

    it('lists beforehand exactly what is deleted along with it', async () => {
      const api = createApi();
      const images = await listed(api);
      const index = images.filter((image) => image.digest === digest('index'));
      const deletedAlong = collateralOf(index, images).get(digest('index')) ?? [];
      assert.deepEqual(
        deletedAlong.map(({ image }) => image.digest),
        [digest('arm'), digest('signature')],
      );
    });

    it('does not touch an image whose tag points elsewhere by now', async () => {
      const api = createApi();
      const [request] = await approved(api, 'old');
      assert.ok(request);
      hub.world.repository('demo/app').retag('1.0', digest('new'));
      const answer = await api.deleteImages(request);
      assert.deepEqual(answer.kind === 'completed' && [...(answer.results ?? [])], [
        [digest('old'), 'refused'],
      ]);
      assert.deepEqual(deletes(), []);
    });

    it('refuses the whole request where a check finds something new a minute later', async () => {
      const api = createApi();
      const [request] = await approved(api, 'old');
      assert.ok(request);
      hub.world.repository('demo/app').retag('stable', digest('old'));
      now = new Date(start.getTime() + 61_000);
      const answer = await api.deleteImages(request);
      assert.equal(answer.kind, 'refused');
      assert.deepEqual(deletes(), []);
    });

    it('never sends a deletion twice, and calls it lost when its answer is a fault', async () => {
      const api = createApi();
      const [request] = await approved(api, 'untagged');
      assert.ok(request);
      hub.faults.add({ on: { operation: 'DeleteRegistryManifest' }, fault: { kind: 'status', status: 500 } });
      const answer = await api.deleteImages(request);
      assert.deepEqual(answer.kind === 'completed' && [...(answer.results ?? [])], [
        [digest('untagged'), 'lost'],
      ]);
      assert.equal(deletes().length, 1);
    });

    it('outlives the tokens of the registry', async () => {
      const app = hub.world.repository('demo/app');
      const seeds = Array.from({ length: 500 }, (_, number) => `many ${number}`);
      seeds.forEach((seed) => {
        app.push({ digest: digest(seed), at: at('2025-06-01') });
      });
      const api = createApi();
      const requests = await approved(api, ...seeds);
      assert.equal(requests.length, 20);
      for (const request of requests) {
        now = new Date(now.getTime() + 96_000); // half an hour in all
        const answer = await api.deleteImages(request);
        assert.equal(answer.kind === 'completed' && answer.metrics.manifestDeletes, request.digests.length);
      }
      assert.ok(!seeds.some(has));
      assert.ok(hub.exchanges.filter(({ operation }) => operation === 'GetRegistryToken').length > 6);
      assert.equal(hub.exchanges.filter(({ status }) => status === 401).length, 0);
    }).timeout(30_000);
  });

  it('never allows a child of an index that stays', async () => {
    const seeds = Array.from({ length: 8 }, (_, number) => `random ${number}`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.subarray(seeds, { minLength: 1 }), fc.boolean()), { maxLength: 5 }),
        fc.subarray([...seeds, 'index 0', 'index 1', 'index 2', 'index 3', 'index 4'], { minLength: 1 }),
        fc.boolean(),
        async (indexes, chosen, canRead) => {
          mayReadManifests = canRead;
          const name = `demo/random-${hub.exchanges.length}`;
          const random = hub.world.addRepository(name);
          seeds.forEach((seed) => {
            random.push({ digest: digest(seed), at: at('2025-06-01') });
          });
          indexes.forEach(([children, isTagged], number) => {
            const tags = isTagged ? [`tag-${number}`] : [];
            random.push({
              digest: digest(`index ${number}`),
              tags,
              at: at('2025-06-01'),
              children: children.map(digest),
            });
          });
          const digests = chosen.map(digest);
          const answer = await createApi().dryRun({
            repository: parseRepositoryRef(name),
            activeFrom,
            digests,
          });
          const blocked = new Set<Digest>(
            answer.kind === 'refused' ? answer.blockers.map((blocker) => blocker.digest) : [],
          );
          for (const each of digests.filter((one) => random.get(one) !== undefined && !blocked.has(one))) {
            const staying = [...random.indexesOf(each)].filter(
              (index) => !digests.includes(parseDigest(index)),
            );
            assert.deepEqual(staying, []);
          }
        },
      ),
      { numRuns: 100, seed: 20260131 },
    );
  }).timeout(60_000);

  it('lists no part twice', async () => {
    const all = (await listed(createApi())).flatMap((image) => [image, ...partsOf(image)]);
    assert.equal(new Set(all.map((image) => image.digest)).size, 9);
  });
});
