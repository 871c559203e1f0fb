import assert from 'node:assert/strict';
import { planDeletion } from '../../../../src/hub/deletion/plan';
import { DeletionReview } from '../../../../src/hub/deletion/review';
import { ReviewedPlan } from '../../../../src/hub/deletion/reviewedPlan';
import type { DeletionAnswer } from '../../../../src/hub/deletionAnswer';
import type { ReviewedRequest } from '../../../../src/hub/deletionRequest';
import type { Digest } from '../../../../src/hub/digest';
import type { ImageApi } from '../../../../src/hub/imageApi';
import { readInventory } from '../../../../src/hub/listing/inventory';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { RegistryImageApi } from '../../../../src/hub/registry';
import { MemoryManifestStore } from '../../../../src/hub/registry/manifestStore';
import { sandboxAccounts, SandboxWorld } from '../../../../src/sandbox/index';
import { createTestClient } from '../../../support/hubHttp';
import { withSandbox } from '../../../support/sandbox';
import { attestationOf, imageOf, indexOf, type TestManifest } from '../../support/testImages';
import { demo } from '../../support/tokenServer';
import { withRegistry } from '../../support/withRegistry';

const arm = { os: 'linux', architecture: 'arm64' };
const longAgo = new Date('2025-10-01T00:00:00Z');
const activeFrom = new Date('2025-12-01T00:00:00Z');

/** Docker Hub's lists come from the sandbox, the manifests from the real registry. */
describe('RegistryImageApi over a real registry', () => {
  const hub = withSandbox(() => ({ world: createWorld(), routes: 'today' }));
  const registry = withRegistry();
  let name = '';
  let numbered = 0;

  beforeEach(() => {
    numbered += 1;
    name = `demo/app-${numbered}`;
    hub.world.addRepository(name);
  });

  const repository = () => parseRepositoryRef(name);

  function createApi(): ImageApi {
    const token = () => Promise.resolve(hub.sandbox.tokens.issue(demo.username));
    const log = { debug: () => undefined, info: () => undefined, warn: () => undefined };
    return new RegistryImageApi({
      http: createTestClient(hub.url, { accessToken: token }).http,
      registry: registry.createClient(),
      mayReadManifests: () => true,
      manifestStore: new MemoryManifestStore(),
      now: () => new Date(),
      log,
    });
  }

  /** To the registry, and to the lists of Docker Hub. */
  async function push(tag: string, manifest: TestManifest): Promise<void> {
    await registry.pushByHttp(name, manifest, tag);
    list(manifest, tag);
  }

  function list({ digest, mediaType, entry, parts }: TestManifest, ...tags: readonly string[]): void {
    const children = parts.filter((part): part is TestManifest => 'parts' in part);
    children.forEach((child) => {
      list(child);
    });
    hub.world.repository(name).push({
      ...{ digest, mediaType, tags, at: longAgo },
      ...(children.length > 0 && { children: children.map((child) => child.digest) }),
      ...(entry.platform && { platform: entry.platform }),
    });
  }

  const inventoryOf = (api: ImageApi) => readInventory(api, repository(), { activeFrom, pageSize: 100 });
  /** After the user has agreed to reading whatever is needed to tell what belongs together. */
  const listed = async (api: ImageApi) => {
    const looked = (await inventoryOf(api)).images;
    const digests = looked.map(({ digest }) => digest);
    await (await api.neededReading?.(repository(), digests))?.read({});
    return (await inventoryOf(api)).images;
  };

  /** The request for these images after a review in which everything was accepted. */
  async function approved(api: ImageApi, ...digests: readonly Digest[]): Promise<ReviewedRequest> {
    const images = (await listed(api)).filter((image) => digests.includes(image.digest));
    const chosen = images.map((image) => ({ repository: repository(), image }));
    const plan = planDeletion({ origin: hub.url, scope: 'chosen', activeFrom, images: chosen });
    const review = new DeletionReview(plan);
    review.record(plan.images, await api.dryRun({ repository: repository(), activeFrom, digests }), false);
    review.recordSurvey(repository(), await inventoryOf(api), false);
    review.acceptAll('collateral', true);
    review.acceptAll('current_tag', true);
    const [request] = ReviewedPlan.of(review, { kind: 'off' }).requests(25);
    assert.ok(request);
    return request;
  }

  const resultsOf = (answer: DeletionAnswer) => answer.kind === 'completed' && [...(answer.results ?? [])];
  const isThere = async (digest: Digest) =>
    (await registry.createClient().head(repository(), digest)) !== undefined;

  it('removes an index with its tag, and leaves the index that shares a platform with it', async () => {
    const shared = imageOf([name, 'shared'], arm);
    const amd64 = imageOf([name, 'old']);
    const old = indexOf(amd64, shared, attestationOf(amd64));
    const staying = indexOf(imageOf([name, 'staying']), shared);
    await push('1.0', old);
    await push('2.0', staying);
    const api = createApi();
    assert.ok(await isThere(old.digest));
    const answer = await api.deleteImages(await approved(api, old.digest));
    assert.deepEqual(resultsOf(answer), [[old.digest, 'removed']]);
    assert.equal(await isThere(old.digest), false);
    for (const { digest } of [staying, ...staying.parts]) {
      assert.ok(await isThere(digest));
    }
  });

  it('reads from the registry what belongs to an index without a tag', async () => {
    const [amd64, arm64] = [imageOf([name, 'amd64']), imageOf([name, 'arm64'], arm)];
    const index = indexOf(amd64, arm64, attestationOf(amd64));
    await push('1.0', index);
    hub.world.repository(name).removeTag('1.0');
    const [image, ...others] = await listed(createApi());
    assert.deepEqual(others, []);
    assert.deepEqual(
      image?.parts?.map(({ digest, role }) => [digest, role]),
      index.parts.map(({ digest }, place) => [digest, place === 2 ? 'attestation' : undefined]),
    );
  });

  const blockersOf = async (api: ImageApi, ...digests: readonly Digest[]) => {
    const answer = await api.dryRun({ repository: repository(), activeFrom, digests });
    return answer.kind === 'refused' ? answer.blockers.map(({ digest, error }) => [digest, error]) : [];
  };

  it('blocks a platform that two indexes share until both are deleted', async () => {
    const shared = imageOf([name, 'shared'], arm);
    const [one, other] = [indexOf(imageOf([name, 'one']), shared), indexOf(imageOf([name, 'other']), shared)];
    await push('1.0', one);
    await push('2.0', other);
    const blocked = [[shared.digest, 'child_manifest']];
    assert.deepEqual(await blockersOf(createApi(), shared.digest), blocked);
    const api = createApi();
    await api.deleteImages(await approved(api, one.digest));
    hub.world.repository(name).remove([one.digest, ...one.parts.slice(0, 1).map(({ digest }) => digest)]);
    assert.ok(await isThere(shared.digest));
    assert.deepEqual(await blockersOf(createApi(), shared.digest), blocked);
    const next = createApi();
    const answer = await next.deleteImages(await approved(next, other.digest));
    assert.deepEqual(resultsOf(answer), [[other.digest, 'removed']]);
  });

  it('blocks what an index inside an index contains while the outer one has a tag', async () => {
    const amd64 = imageOf([name, 'amd64']);
    const inner = indexOf(amd64, imageOf([name, 'arm64'], arm));
    const outer = indexOf(inner);
    await push('latest', outer);
    const api = createApi();
    assert.deepEqual(
      (await listed(api)).map(({ digest }) => digest),
      [outer.digest],
    );
    for (const digest of [inner.digest, amd64.digest]) {
      assert.deepEqual(await blockersOf(api, digest), [[digest, 'child_manifest']]);
    }
  });

  it('deletes an index that contains another one, and leaves an image that is in a third', async () => {
    const shared = imageOf([name, 'shared'], arm);
    const outer = indexOf(indexOf(imageOf([name, 'amd64']), shared));
    const staying = indexOf(shared);
    await push('latest', outer);
    await push('2.0', staying);
    const api = createApi();
    assert.deepEqual(resultsOf(await api.deleteImages(await approved(api, outer.digest))), [
      [outer.digest, 'removed'],
    ]);
    assert.equal(await isThere(outer.digest), false);
    for (const { digest } of [staying, shared]) assert.ok(await isThere(digest));
  });

  it('blocks what the registry does not grant, before anything is sent', async () => {
    const image = imageOf([name]);
    await push('1.0', image);
    registry.tokens.change({ rights: { [demo.username]: ['pull', 'push'] } });
    const digests = [image.digest];
    const answer = await createApi().dryRun({ repository: repository(), activeFrom, digests });
    assert.deepEqual(answer.kind === 'refused' && answer.blockers.map(({ error }) => error), [
      'unauthorized',
    ]);
    assert.ok(await isThere(image.digest));
  });

  it('does not touch an image whose tag has moved on at the registry', async () => {
    const [image, newer] = [imageOf([name, 'first']), imageOf([name, 'newer'])];
    await push('1.0', image);
    const api = createApi();
    const request = await approved(api, image.digest);
    await registry.push(name, '1.0', newer);
    assert.deepEqual(resultsOf(await api.deleteImages(request)), [[image.digest, 'refused']]);
    assert.deepEqual(await Promise.all([image, newer].map(({ digest }) => isThere(digest))), [true, true]);
  });

  // Docker Hub loses the tag in such a moment; the image that it was moved to must stay.
  it('deletes only what was approved when a tag is moved after its check', async () => {
    const [image, newer] = [imageOf([name, 'first']), imageOf([name, 'newer'])];
    await push('1.0', image);
    const api = createApi();
    const request = await approved(api, image.digest);
    const change = () => registry.pushByHttp(name, newer, '1.0');
    hub.faults.add({ on: { operation: 'DeleteTag' }, fault: { kind: 'before', change } });
    await api.deleteImages(request);
    assert.ok(await isThere(newer.digest));
    assert.equal((await registry.createClient().head(repository(), '1.0'))?.digest, newer.digest);
  });

  it('counts an image as removed that somebody else has deleted', async () => {
    const image = imageOf([name]);
    await push('1.0', image);
    const api = createApi();
    const request = await approved(api, image.digest);
    assert.equal((await registry.createClient().deleteManifest(repository(), image.digest)).kind, 'deleted');
    assert.deepEqual(resultsOf(await api.deleteImages(request)), [[image.digest, 'removed']]);
  });

  it('stops where the registry does not grant any more what it granted before', async () => {
    const image = imageOf([name]);
    await push('1.0', image);
    hub.world.repository(name).removeTag('1.0');
    const api = createApi();
    const request = await approved(api, image.digest);
    registry.tokens.change({ rights: { [demo.username]: ['pull'] } });
    const other = createApi(); // as after a restart: no token is left
    assert.equal((await other.deleteImages(request)).kind, 'refused');
    assert.ok(await isThere(image.digest));
  });

  it('does not touch an image whose tag is moved while another image is deleted', async () => {
    const [one, other, newer] = [imageOf([name, 'one']), imageOf([name, 'other']), imageOf([name, 'newer'])];
    await push('1.0', one);
    await push('2.0', other);
    const api = createApi();
    const request = await approved(api, one.digest, other.digest);
    let moved = '';
    const change = async (_world: SandboxWorld, { path }: { readonly path: string }) => {
      moved = path.endsWith('/1.0') ? '2.0' : '1.0';
      await registry.pushByHttp(name, newer, moved);
    };
    hub.faults.add({ on: { operation: 'DeleteTag' }, fault: { kind: 'before', change } });
    await api.deleteImages(request);
    const [leaving, staying] = moved === '2.0' ? [one, other] : [other, one];
    assert.equal(await isThere(leaving.digest), false);
    for (const { digest } of [staying, newer]) assert.ok(await isThere(digest));
    assert.equal((await registry.createClient().head(repository(), moved))?.digest, newer.digest);
  });
});

function createWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  return world;
}
