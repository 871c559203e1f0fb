import assert from 'node:assert/strict';
import { parseDigest } from '../../../../src/hub/digest';
import type { ImageApi } from '../../../../src/hub/imageApi';
import { IncompleteInventoryError, readInventory } from '../../../../src/hub/listing/inventory';
import { parseRepositoryRef } from '../../../../src/hub/names';
import {
  digestOf,
  type OperationId,
  type RepositoryOptions,
  sandboxAccounts,
  SandboxWorld,
} from '../../../../src/sandbox/index';
import { withSandbox } from '../../../support/sandbox';
import { digestsOf, listed, registryImageApi } from '../../../support/todayHub';

const start = new Date('2026-01-31T12:00:00Z');
const activeFrom = new Date('2025-12-01T00:00:00Z');
const old = new Date('2025-08-01T00:00:00Z');
const recent = new Date('2026-01-30T00:00:00Z');
const repository = parseRepositoryRef('demo/app');
const digest = (seed: string) => parseDigest(digestOf(seed));

/** `single` and `other` are single images, `index` has two platforms; everything is old. */
function createWorld(options: RepositoryOptions): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  const app = world.addRepository('demo/app', options);
  app.push({ digest: digest('single'), tags: ['single'], at: old });
  app.push({ digest: digest('other'), tags: ['other'], at: old });
  const children = [digest('amd64'), digest('arm64')];
  app.push({ digest: digest('index'), tags: ['multi'], at: old, children });
  return world;
}

describe('tags without a digest', () => {
  let options: RepositoryOptions = {};
  const hub = withSandbox(() => ({ world: createWorld(options), now: () => start, routes: 'today' }));

  const asked = (operation: OperationId) =>
    hub.exchanges
      .filter((exchange) => exchange.operation === operation)
      .map(({ path }) => path.split('/').at(-1));
  const createApi = (more: { mayReadManifests?: boolean; secret?: string | undefined } = {}) =>
    registryImageApi(hub, { now: () => start, ...more });
  const images = (api: ImageApi) => listed(api, repository, activeFrom);
  const looked = async (api: ImageApi) =>
    (await readInventory(api, repository, { activeFrom, pageSize: 100 })).images;
  const firstPage = (api: ImageApi) => api.listImages(repository, { page: 1, pageSize: 100, activeFrom });
  const blockersOf = async (api: ImageApi, ...seeds: readonly string[]) => {
    const answer = await api.dryRun({ repository, activeFrom, digests: seeds.map(digest) });
    return answer.kind === 'refused' ? answer.blockers.map(({ error }) => error) : [];
  };
  const withoutInventory = () =>
    hub.faults.add({
      on: { operation: 'GetManifests' },
      times: 'always',
      fault: { kind: 'status', status: 404, body: { message: '404: Page Not Found' } },
    });

  describe('where the list of manifests has them', () => {
    before(() => {
      options = { tagsWithoutDigest: ['single', 'multi'], partsWithoutDigest: [digestOf('other')] };
    });

    it('take nothing from the list', async () => {
      const all = await images(createApi());
      assert.deepEqual(digestsOf(all), new Set(['single', 'other', 'index'].map(digest)));
    });

    it('are not asked about while one only looks', async () => {
      await looked(createApi());
      assert.deepEqual(asked('HeadRegistryManifest'), []);
    });

    it('are asked about for a plan, because they may have moved since the list of manifests was made', async () => {
      const api = createApi();
      hub.faults.add({
        on: { operation: 'HeadRegistryManifest' },
        fault: {
          kind: 'before',
          change: (world) => {
            world.repository('demo/app').retag('single', digest('other'));
          },
        },
      });
      assert.deepEqual(await blockersOf(api, 'single'), ['disputed']);
    });

    it('do not explain an index, which is then read', async () => {
      const index = (await images(createApi())).find((image) => image.digest === digest('index'));
      assert.deepEqual(
        index?.parts?.map((part) => part.digest),
        ['amd64', 'arm64'].map(digest),
      );
      assert.deepEqual(asked('GetRegistryManifest'), [digestOf('index')]);
    });

    it('leave it open what belongs to the index where it may not be read', async () => {
      const api = createApi({ mayReadManifests: false });
      assert.deepEqual(await blockersOf(api, 'amd64', 'single'), ['undetermined']);
      assert.deepEqual((await firstPage(api)).gaps, ['indexesUnread']);
    });
  });

  describe('whose index names a part without a digest', () => {
    before(() => {
      options = { partsWithoutDigest: [digestOf('arm64')] };
    });

    it('do not explain the index by the parts that have one', async () => {
      const all = await images(createApi());
      assert.ok(!digestsOf(all).has(digest('arm64')));
      assert.deepEqual(asked('GetRegistryManifest'), [digestOf('index')]);
    });

    it('never let the part be taken for an orphan', async () => {
      const api = createApi({ mayReadManifests: false });
      assert.deepEqual(await blockersOf(api, 'arm64'), ['undetermined']);
    });
  });

  describe('where there is no list of manifests', () => {
    before(() => {
      options = {
        tagsWithoutDigest: ['single', 'multi'],
        partsWithoutDigest: ['single', 'other', 'amd64'].map(digestOf),
      };
    });

    it('are asked for, one by one, which is no pull', async () => {
      withoutInventory();
      const all = await images(createApi());
      assert.deepEqual(digestsOf(all), new Set(['single', 'other', 'index'].map(digest)));
      assert.deepEqual([...new Set(asked('HeadRegistryManifest'))].sort(), ['multi', 'single']);
    });

    it('are no index for a part that is not named, if they are a single image', async () => {
      withoutInventory();
      const all = await images(createApi());
      assert.deepEqual(
        all.filter(({ role }) => role === 'index').map((image) => image.digest),
        [digest('index')],
      );
      assert.deepEqual(asked('GetRegistryManifest'), [digestOf('index')]); // the index is not explained
    });

    it('say nothing of the times of an image that they do not name', async () => {
      withoutInventory();
      hub.faults.add({
        on: { operation: 'HeadRegistryManifest', when: ({ path }) => path.endsWith('/single') },
        fault: {
          kind: 'before', // a new image takes the tag after it was listed
          change: (world) => {
            world.repository('demo/app').push({ digest: digest('newer'), tags: ['single'], at: recent });
          },
        },
      });
      const all = await looked(createApi());
      const single = all.find((image) => image.digest === digest('newer'));
      assert.equal(single?.status, 'unknown');
      assert.ok(!digestsOf(all).has(digest('single')));
    });

    it('give no parts to an index that took the tag after it was listed', async () => {
      withoutInventory();
      hub.faults.add({
        on: { operation: 'HeadRegistryManifest', when: ({ path }) => path.endsWith('/multi') },
        fault: {
          kind: 'before',
          change: (world) => {
            world.repository('demo/app').push({
              digest: digest('newer index'),
              tags: ['multi'],
              at: recent,
              children: [digest('other')],
            });
          },
        },
      });
      const api = createApi();
      const index = (await images(api)).find((image) => image.digest === digest('newer index'));
      assert.deepEqual(
        index?.parts?.map((part) => part.digest),
        [digest('other')],
      );
      assert.deepEqual(await blockersOf(api, 'other'), ['child_manifest']);
    });

    it('are gone where the registry has them no more', async () => {
      withoutInventory();
      hub.faults.add({
        on: { operation: 'HeadRegistryManifest', when: ({ path }) => path.endsWith('/single') },
        fault: {
          kind: 'before',
          change: (world) => {
            world.repository('demo/app').removeTag('single');
          },
        },
      });
      assert.deepEqual(digestsOf(await images(createApi())), new Set(['other', 'index'].map(digest)));
    });

    it('are missed, not forgotten, where the registry does not tell', async () => {
      withoutInventory();
      hub.faults.add({
        on: { operation: 'HeadRegistryManifest' },
        times: 'always',
        fault: { kind: 'status', status: 401, body: { errors: [{ code: 'UNAUTHORIZED' }] } },
      });
      const api = createApi();
      await assert.rejects(
        images(api),
        (error) => error instanceof IncompleteInventoryError && error.check === 'agreesWithTags',
      );
      assert.deepEqual((await firstPage(api)).gaps, ['untaggedHidden', 'tagsCut']);
    });

    it('whose kind is not told either are asked for too', async () => {
      withoutInventory();
      hub.faults.add({
        on: { operation: 'GetTags' },
        times: 'always',
        fault: {
          kind: 'transformBody',
          transform: (body) => {
            const { results } = body as { results: Record<string, unknown>[] };
            results.forEach((tag) => delete tag['media_type']);
            return body;
          },
        },
      });
      const all = await images(createApi());
      assert.equal(all.find((image) => image.digest === digest('other'))?.role, undefined);
      assert.deepEqual([...new Set(asked('HeadRegistryManifest'))].sort(), ['multi', 'other', 'single']);
    });
  });
});
