import assert from 'node:assert/strict';
import { parseDigest } from '../../../../src/hub/digest';
import type { ImageApi } from '../../../../src/hub/imageApi';
import { IncompleteInventoryError } from '../../../../src/hub/listing/inventory';
import { parseRepositoryRef } from '../../../../src/hub/names';
import {
  digestOf,
  type ListLag,
  type RepositoryOptions,
  sandboxAccounts,
  SandboxWorld,
} from '../../../../src/sandbox/index';
import { withSandbox } from '../../../support/sandbox';
import { carryOut, deletionsOn, digestsOf, listed, registryImageApi } from '../../../support/todayHub';

const start = new Date('2026-01-31T12:00:00Z');
const activeFrom = new Date('2025-12-01T00:00:00Z');
const old = new Date('2025-08-01T00:00:00Z');
const repository = parseRepositoryRef('demo/app');
const digest = (seed: string) => parseDigest(digestOf(seed));
const lagMs = 5 * 60_000;
const signatureTag = `sha256-${digestOf('index').slice('sha256:'.length)}.sig`;

function createWorld(options: RepositoryOptions): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  const app = world.addRepository('demo/app', options);
  app.push({ digest: digest('kept'), tags: ['kept'], at: old });
  app.push({ digest: digest('single'), tags: ['1.0', 'stable'], at: old });
  const children = [digest('amd64'), digest('arm64')];
  app.push({ digest: digest('index'), tags: ['multi'], at: old, children });
  app.push({ digest: digest('signature'), tags: [signatureTag], at: old });
  return world;
}

describe('lists that lag behind a deletion', () => {
  let now = start;
  let listLag: ListLag = {};
  let options: RepositoryOptions = {};
  const hub = withSandbox(() => ({
    world: createWorld(options),
    now: () => now,
    routes: 'today',
    listLag,
  }));
  const clock = () => now;

  beforeEach(() => {
    now = start;
  });

  const app = () => hub.world.repository('demo/app');
  const createApi = () => registryImageApi(hub, { now: clock });
  const images = (api: ImageApi) => listed(api, repository, activeFrom);
  const remove = async (api: ImageApi, ...seeds: readonly string[]) => {
    const chosen = (await images(api)).filter((image) => seeds.map(digest).includes(image.digest));
    assert.equal(chosen.length, seeds.length);
    return carryOut(api, repository, chosen, { activeFrom, now: clock });
  };
  const withoutInventory = () =>
    hub.faults.add({
      on: { operation: 'GetManifests' },
      times: 'always',
      fault: { kind: 'status', status: 404, body: { message: '404: Page Not Found' } },
    });

  const lags: readonly (readonly [what: string, lag: ListLag, withoutDigest: readonly string[]])[] = [
    ['list of manifests', { manifestsMs: lagMs }, []],
    ['list of tags', { tagsMs: lagMs }, []],
    ['list of tags, without digests', { tagsMs: lagMs }, ['1.0', 'stable', 'multi', signatureTag]],
    ['count of tags', { countMs: lagMs }, []],
    ['lists and the count', { manifestsMs: lagMs, tagsMs: lagMs, countMs: lagMs }, []],
  ];
  for (const [what, lag, tagsWithoutDigest] of lags) {
    describe(`as the ${what} does`, () => {
      before(() => {
        listLag = lag;
        options = { tagsWithoutDigest };
      });

      after(() => {
        listLag = {};
        options = {};
      });

      it('tell nothing but that it was deleted', async () => {
        const { flow, journal } = await remove(createApi(), 'single', 'index');
        assert.deepEqual(
          flow.settled.map(({ outcome }) => outcome),
          ['deleted', 'deleted'],
        );
        const outcomes = journal.records.find((record) => record.type === 'outcomes');
        assert.deepEqual(
          outcomes?.collateral?.map(({ outcome }) => outcome),
          ['gone', 'gone', 'gone'],
        );
        assert.equal(journal.types.at(-1), 'finished');
      });

      it('show none of what fell as an image of its own, then or later', async () => {
        const api = createApi();
        await remove(api, 'single', 'index');
        for (const minutes of [0, 1, 4, 6]) {
          now = new Date(start.getTime() + minutes * 60_000);
          assert.deepEqual(digestsOf(await images(api)), new Set([digest('kept')]));
        }
      });

      it('lead to no second request for the same thing', async () => {
        const api = createApi();
        await remove(api, 'single');
        await remove(api, 'index');
        const sent = deletionsOn(hub);
        assert.equal(new Set(sent).size, sent.length);
        const answer = await api.dryRun({ repository, activeFrom, digests: [digest('single')] });
        assert.deepEqual(answer.kind === 'refused' && answer.blockers.map(({ error }) => error), [
          'not_found',
        ]);
      });

      it('show what was pushed again', async () => {
        const api = createApi();
        await remove(api, 'single');
        now = new Date(start.getTime() + lagMs / 2);
        app().push({ digest: digest('single'), tags: ['1.0'], at: now });
        now = new Date(start.getTime() + lagMs + 1);
        assert.ok(digestsOf(await images(api)).has(digest('single')));
      });
    });
  }

  describe('where somebody else deleted', () => {
    before(() => {
      listLag = { tagsMs: lagMs };
    });

    after(() => {
      listLag = {};
    });

    it('are complete when the registry says that the tag is gone', async () => {
      await remove(createApi(), 'single');
      const other = createApi(); // which knows nothing of it
      assert.deepEqual(digestsOf(await images(other)), new Set(['kept', 'index'].map(digest)));
    });

    it('are complete when the tag points where the newer list has it', async () => {
      await remove(createApi(), 'single');
      app().push({ digest: digest('newer'), tags: ['1.0'], at: now });
      const newer = (await images(createApi())).find((image) => image.digest === digest('newer'));
      assert.equal(newer?.status, 'active');
    });

    it('are not complete while a tag points at an image that is in no list', async () => {
      hub.faults.add({
        on: { operation: 'GetManifests' },
        times: 'always',
        fault: {
          kind: 'transformBody',
          transform: (body) => {
            const { manifests } = body as { manifests: readonly { readonly manifest_digest: string }[] };
            return { manifests: manifests.filter((one) => one.manifest_digest !== digestOf('single')) };
          },
        },
      });
      await assert.rejects(
        images(createApi()),
        (error) => error instanceof IncompleteInventoryError && error.check === 'agreesWithTags',
      );
    });
  });

  describe('in the count of tags', () => {
    const many = (from: number, to: number) => {
      for (let number = from; number < to; number += 1) {
        app().push({ digest: digest(`many ${number}`), tags: [`many-${number}`], at: old });
      }
    };
    const asked = (page: string) =>
      hub.exchanges.some(({ operation, query }) => operation === 'GetTags' && query['page'] === page);

    before(() => {
      listLag = { countMs: lagMs };
    });

    after(() => {
      listLag = {};
    });

    it('speak of pages that are no more, and the list is complete all the same', async () => {
      withoutInventory();
      many(0, 100);
      const api = createApi();
      assert.equal((await images(api)).length, 103);
      await remove(api, 'single', 'index');
      hub.world.repository('demo/app').remove(['many 1', 'many 2', 'many 3'].map(digest));
      assert.equal((await images(createApi())).length, 98);
    });

    it('hide no page that was added meanwhile', async () => {
      withoutInventory();
      many(0, 95); // a full page with the five tags there are
      const api = createApi();
      assert.equal((await images(api)).length, 98);
      await remove(api, 'single'); // from here on the count stands still
      many(95, 150);
      assert.equal((await images(createApi())).length, 152);
      assert.ok(asked('2'));
    });

    it('vouch for nothing where a page is short and another follows', async () => {
      withoutInventory();
      many(0, 200);
      hub.faults.add({
        on: { operation: 'GetTags', when: ({ query }) => query['page'] === '1' },
        times: 'always',
        fault: {
          kind: 'transformBody',
          transform: (body) => {
            const page = body as { results: readonly unknown[] };
            return { ...page, results: page.results.slice(1) };
          },
        },
      });
      assert.equal((await images(createApi())).length, 203); // the registry was asked for the one that slipped
      hub.faults.add({
        on: { operation: 'GetRegistryTags' },
        times: 'always',
        fault: { kind: 'status', status: 401, body: { errors: [{ code: 'UNAUTHORIZED' }] } },
      });
      await assert.rejects(
        images(createApi()),
        (error) => error instanceof IncompleteInventoryError && error.check === 'allTagsListed',
      );
    });
  });
});
