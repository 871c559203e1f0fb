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

/** The Hub's lists come from the sandbox, the manifests from the real registry. */
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

  /** To the registry, and to the lists of the Hub. */
  async function push(tag: string, manifest: TestManifest): Promise<void> {
    await registry.push(name, tag, manifest);
    const parts = manifest.parts.filter((part): part is TestManifest => 'parts' in part);
    const app = hub.world.repository(name);
    for (const { digest, entry } of parts) {
      app.push({ digest, at: longAgo, ...(entry.platform && { platform: entry.platform }) });
    }
    const children = parts.map(({ digest }) => digest);
    app.push({ digest: manifest.digest, tags: [tag], at: longAgo, children });
  }

  const listed = async (api: ImageApi) =>
    (await readInventory(api, repository(), { activeFrom, pageSize: 100 })).images;

  /** The request for these images after a review in which everything was accepted. */
  async function approved(api: ImageApi, ...digests: readonly Digest[]): Promise<ReviewedRequest> {
    const images = (await listed(api)).filter((image) => digests.includes(image.digest));
    const chosen = images.map((image) => ({ repository: repository(), image }));
    const plan = planDeletion({ origin: hub.url, scope: 'chosen', activeFrom, images: chosen });
    const review = new DeletionReview(plan);
    review.record(plan.images, await api.dryRun({ repository: repository(), activeFrom, digests }), false);
    review.acceptAll('current_tag', true);
    const [request] = ReviewedPlan.of(review).requests(25);
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
});

function createWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  return world;
}
