import assert from 'node:assert/strict';
import { type Digest, parseDigest } from '../../../../src/hub/digest';
import type { ImageApi } from '../../../../src/hub/imageApi';
import { readInventory } from '../../../../src/hub/listing/inventory';
import { parseRepositoryRef } from '../../../../src/hub/names';
import {
  digestOf,
  type ExchangeRequest,
  type ListLag,
  type Push,
  type SandboxRepository,
  sandboxAccounts,
  SandboxWorld,
} from '../../../../src/sandbox/index';
import { withSandbox } from '../../../support/sandbox';
import { carryOut, deletionsOn, readNeeded, registryImageApi, review } from '../../../support/todayHub';

const start = new Date('2026-01-31T12:00:00Z');
const activeFrom = new Date('2025-12-01T00:00:00Z');
const old = new Date('2025-08-01T00:00:00Z');
const repository = parseRepositoryRef('demo/app');
const digest = (seed: string) => parseDigest(digestOf(seed));
const signatureTag = (seed: string) => `sha256-${digestOf(seed).slice('sha256:'.length)}.sig`;

type Seed = Omit<Push, 'digest'> & { readonly name: string };

describe('a repository that others change during a deletion', () => {
  let pushes: readonly Seed[] = [];
  let listLag: ListLag = {};
  const now = () => start;
  const hub = withSandbox(() => {
    const world = new SandboxWorld();
    world.addUser(sandboxAccounts.demo);
    const app = world.addRepository('demo/app');
    for (const { name, ...push } of pushes) {
      app.push({ digest: digest(name), at: old, ...push });
    }
    return { world, now, routes: 'today' as const, listLag };
  });

  const given = (seeds: readonly Seed[], lag: ListLag = {}): void => {
    before(() => {
      pushes = seeds;
      listLag = lag;
    });
  };
  const app = () => hub.world.repository('demo/app');
  const has = (seed: string) => app().get(digest(seed)) !== undefined;
  const chosen = async (api: ImageApi, ...seeds: readonly string[]) => {
    const wanted = new Set<Digest>(seeds.map(digest));
    const looked = async () =>
      (await readInventory(api, repository, { activeFrom, pageSize: 100 })).images.filter((image) =>
        wanted.has(image.digest),
      );
    await readNeeded(api, repository, await looked());
    const images = await looked();
    assert.equal(images.length, seeds.length);
    return images;
  };
  const reviewOf = async (...seeds: readonly string[]) => {
    const api = registryImageApi(hub, { now });
    const { flow } = await review(api, repository, await chosen(api, ...seeds), { activeFrom, now });
    return flow;
  };
  const remove = async (...seeds: readonly string[]) => {
    const api = registryImageApi(hub, { now });
    return carryOut(api, repository, await chosen(api, ...seeds), { activeFrom, now });
  };
  /** Something that somebody else does right before the nth of the requests. */
  const beforeRequest = (
    when: (request: ExchangeRequest) => boolean,
    nth: number,
    change: (repository: SandboxRepository) => void,
  ) =>
    hub.faults.add({
      on: { when, nth },
      fault: {
        kind: 'before',
        change: (world) => {
          change(world.repository('demo/app'));
        },
      },
    });
  const isDelete = ({ method }: ExchangeRequest) => method === 'DELETE';

  describe('between the review and the last check', () => {
    given([{ name: 'X' }, { name: 'A', tags: ['v1'] }]);

    it('stops before anything is sent, where an untagged image has got a tag', async () => {
      const flow = await reviewOf('X');
      app().retag('latest', digest('X'));
      await flow.delete();
      assert.equal(flow.lastEvent.kind, 'changed');
      assert.deepEqual(deletionsOn(hub), []);
    });

    it('stops where a signature has been attached to the image', async () => {
      const flow = await reviewOf('A');
      app().push({ digest: digest('S'), tags: [signatureTag('A')], at: start });
      await flow.delete();
      assert.equal(flow.lastEvent.kind, 'changed');
      assert.deepEqual(deletionsOn(hub), []);
      assert.ok(has('S'));
    });
  });

  describe('while 60 untagged images are being deleted', () => {
    const names = Array.from({ length: 60 }, (_, number) => `image ${number}`);
    given([...names.map((name) => ({ name })), { name: 'A', tags: ['v1'] }]);

    for (const nth of [1, 2, 6, 30]) {
      it(`keeps an image that gets a tag before request ${nth}, and its tag`, async () => {
        beforeRequest(isDelete, nth, (changed) => {
          changed.retag('latest', digest('image 50'));
        });
        const { flow } = await remove(...names);
        assert.ok(has('image 50'));
        assert.equal(app().tags.get('latest'), digest('image 50'));
        assert.ok(flow.lastEvent.kind === 'stopped' || flow.lastEvent.kind === 'refused');
      });
    }

    it('goes on where images that have nothing to do with it are pushed', async () => {
      beforeRequest(isDelete, 3, (changed) => {
        changed.push({ digest: digest('new'), tags: ['v2'], at: start });
      });
      const { flow } = await remove(...names);
      assert.equal(flow.phase, 'finished');
      assert.ok(!names.some(has));
    });

    it('keeps a platform of an index that was pushed meanwhile', async () => {
      beforeRequest(isDelete, 3, (changed) => {
        changed.push({ digest: digest('I'), tags: ['multi'], at: start, children: [digest('image 40')] });
      });
      await remove(...names);
      assert.ok(has('image 40'));
      assert.ok(!deletionsOn(hub).includes(digest('image 40')));
    });

    it('reads the lists again where the newest tags cannot be determined', async () => {
      hub.faults.add({
        on: { operation: 'GetTags', when: ({ query }) => query['ordering'] !== undefined },
        times: 'always',
        fault: { kind: 'status', status: 400, body: { fields: { ordering: ['unknown'] }, text: 'ordering' } },
      });
      beforeRequest(isDelete, 6, (changed) => {
        changed.retag('latest', digest('image 50'));
      });
      await remove(...names);
      assert.ok(has('image 50'));
    });

    it('sends the first one alone, and nothing after an answer that is not a success', async () => {
      hub.faults.add({
        on: { method: 'DELETE' },
        fault: { kind: 'status', status: 403, body: { errors: [{ code: 'DENIED', message: 'denied' }] } },
      });
      const { flow } = await remove(...names);
      assert.equal(deletionsOn(hub).length, 1);
      assert.deepEqual(flow.settled, []);
      assert.ok(names.every(has));
    });

    it('sends at most the four that were under way after a later answer that is not one', async () => {
      hub.faults.add({
        on: { method: 'DELETE', nth: 10 },
        fault: { kind: 'status', status: 500, body: {} },
      });
      await remove(...names);
      assert.ok(deletionsOn(hub).length <= 13, `${deletionsOn(hub).length} were sent`);
    });

    it('sends only one of those again that were refused with a 401, and stops when that is refused too', async () => {
      hub.faults.add({
        on: { method: 'DELETE', nth: 2 },
        times: 'always',
        fault: { kind: 'status', status: 401, body: { errors: [{ code: 'UNAUTHORIZED', message: 'no' }] } },
      });
      await remove(...names);
      const refused = deletionsOn(hub).slice(1);
      assert.equal(refused.length - new Set(refused).size, 1, 'sent again');
      assert.ok(refused.length <= 5, `${refused.length} were sent`);
    });

    it('needs little more than one request for each image', async () => {
      const api = registryImageApi(hub, { now });
      const { flow } = await review(api, repository, await chosen(api, ...names), { activeFrom, now });
      const before = hub.exchanges.length;
      await flow.delete();
      assert.equal(flow.phase, 'finished');
      const requests = hub.exchanges.length - before;
      assert.ok(requests <= 2.2 * names.length, `${requests} requests`);
    });
  });

  describe('an image with 300 tags', () => {
    const tags = Array.from({ length: 300 }, (_, number) => `t${number}`);
    given([
      { name: 'A', tags },
      { name: 'B', tags: ['other'] },
    ]);

    it('loses none of them where the last one is moved after the first was checked', async () => {
      beforeRequest(
        ({ method, path }) => method === 'HEAD' && path.includes('/manifests/t'),
        2,
        (changed) => {
          changed.retag('t299', digest('B'));
        },
      );
      await remove('A');
      assert.deepEqual(deletionsOn(hub), []);
      assert.equal(app().currentTags(app().get(digest('A')) ?? assert.fail()).length, 299);
    });
  });

  describe('an index whose platform is signed', () => {
    given([
      { name: 'platform' },
      { name: 'I', tags: ['latest'], children: [digest('platform')] },
      { name: 'S', tags: [signatureTag('platform')] },
    ]);

    it('takes the signature along as the review says', async () => {
      const { flow, confirmations } = await remove('I');
      assert.deepEqual(confirmations[0]?.collateral, { platforms: 1, attachments: 1, untagged: 0 });
      assert.equal(flow.phase, 'finished');
      assert.ok(!has('S'));
      assert.deepEqual([...flow.collateral.values()], ['gone', 'gone']);
    });

    it('keeps the signature where the platform stays, because another index contains it by now', async () => {
      beforeRequest(isDelete, 1, (changed) => {
        changed.push({ digest: digest('J'), children: [digest('platform')], at: start });
      });
      await remove('I');
      assert.ok(!has('I'));
      assert.ok(has('platform'));
      assert.ok(has('S'));
    });
  });

  describe('without a list of manifests', () => {
    given([{ name: 'A', tags: ['v1'] }]);

    it('tells that an image is still there, though no list shows it any more', async () => {
      hub.faults.add({
        on: { operation: 'GetManifests' },
        times: 'always',
        fault: { kind: 'status', status: 404, body: { message: '404: Page Not Found' } },
      });
      hub.faults.add({
        on: { operation: 'DeleteRegistryManifest' },
        fault: { kind: 'status', status: 403, body: { errors: [{ code: 'DENIED', message: 'denied' }] } },
      });
      const { flow, journal } = await remove('A');
      assert.ok(has('A'));
      assert.deepEqual([...flow.lastOutcomes.values()], ['refused']);
      const outcomes = journal.records.find((record) => record.type === 'outcomes');
      assert.deepEqual(
        outcomes?.outcomes.map(({ outcome }) => outcome),
        ['refused'],
      );
    });
  });
});
