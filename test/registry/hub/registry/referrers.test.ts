import assert from 'node:assert/strict';
import { parseRepositoryRef } from '../../../../src/hub/names';
import type { Registry } from '../../../../src/hub/registry/registry';
import { sandboxAccounts, SandboxWorld } from '../../../../src/sandbox/index';
import { withSandbox } from '../../../support/sandbox';
import { pushByHttp, pushReferrer, type PushTarget } from '../../support/pushByHttp';
import { imageOf, indexOf, indexType, referrerOf } from '../../support/testImages';
import { withRegistry } from '../../support/withRegistry';

const signatureType = 'application/vnd.dev.cosign.artifact.sig.v1+json';

interface ReferrersBody {
  readonly manifests: readonly Readonly<Record<string, unknown>>[];
}

/** Clients that follow OCI 1.1 find the signatures of an image by the referrers API, or by the tag that stands in for it. */
describe('referrers', () => {
  const registry = withRegistry();
  const hub = withSandbox(() => ({ world: createWorld(), routes: 'today' }));
  let name = '';
  let numbered = 0;

  beforeEach(() => {
    numbered += 1;
    name = `demo/signed-${numbered}`;
  });

  const sandbox: PushTarget = {
    get url() {
      return hub.url;
    },
    tokenFor: async (repository) => {
      const { username, password } = sandboxAccounts.demo;
      const secret = Buffer.from(`${username}:${password}`).toString('base64');
      const query = `service=registry.docker.io&scope=repository:${repository}:pull,push`;
      const headers = { authorization: `Basic ${secret}` };
      const answer = await fetch(`${hub.url}/token?${query}`, { headers });
      return ((await answer.json()) as { readonly token: string }).token;
    },
  };

  /** An image and its signature, which is in the fallback index where the registry has no referrers API. */
  async function pushSigned(target: PushTarget) {
    const image = imageOf([name]);
    const signature = referrerOf(image, signatureType, name);
    const tag = image.digest.replace(':', '-');
    await pushByHttp(target, name, image, 'latest');
    await pushReferrer(target, name, signature, { tag, index: indexOf(signature) });
    return { image, signature, tag };
  }

  const askReferrers = async (target: PushTarget, subject: string, query = '') =>
    fetch(`${target.url}/v2/${name}/referrers/${subject}${query}`, {
      headers: { authorization: `Bearer ${await target.tokenFor(name)}` },
    });

  const tagsOf = async (target: PushTarget) => {
    const headers = { authorization: `Bearer ${await target.tokenFor(name)}` };
    const answer = await fetch(`${target.url}/v2/${name}/tags/list`, { headers });
    return ((await answer.json()) as { readonly tags: readonly string[] }).tags;
  };

  describe('at docker-registry 2.8, which does not have the API', () => {
    const readByClient = (client: Registry, tag: string) => client.head(parseRepositoryRef(name), tag);

    it('are answered as a route that does not exist, whether or not there is a signature', async () => {
      const { image } = await pushSigned(registry.target);
      const answer = await askReferrers(registry.target, image.digest);
      assert.equal(answer.status, 404);
      assert.equal(await answer.text(), '404 page not found\n'); // not an error of the registry's own kind
      const client = registry.createClient();
      assert.equal(await client.referrers(parseRepositoryRef(name), image.digest), undefined);
    });

    it('are listed in an index under the tag that is named after their subject', async () => {
      const { image, signature, tag } = await pushSigned(registry.target);
      assert.deepEqual([...(await tagsOf(registry.target))].sort(), ['latest', tag]);
      const client = registry.createClient();
      const head = await readByClient(client, tag);
      assert.equal(head?.kind, 'index');
      const entries = (await client.readManifest(parseRepositoryRef(name), head.digest))?.entries;
      assert.deepEqual(
        entries?.map(({ digest }) => digest),
        [signature.digest],
      );
      assert.equal((await readByClient(client, image.digest))?.digest, image.digest);
    });

    it('stay when their subject is deleted', async () => {
      const { image, signature, tag } = await pushSigned(registry.target);
      const client = registry.createClient();
      assert.equal((await client.deleteManifest(parseRepositoryRef(name), image.digest)).kind, 'deleted');
      assert.equal((await readByClient(client, signature.digest))?.digest, signature.digest);
      assert.deepEqual(await tagsOf(registry.target), [tag]);
    });
  });

  describe('at the sandbox, which has the API as Docker Hub has it', () => {
    it('are found by their subject, and leave no tag', async () => {
      const { image, signature } = await pushSigned(sandbox);
      assert.deepEqual(await tagsOf(sandbox), ['latest']);
      const answer = await askReferrers(sandbox, image.digest);
      assert.equal(answer.headers.get('content-type'), indexType);
      assert.deepEqual(((await answer.json()) as ReferrersBody).manifests, [
        {
          mediaType: signature.mediaType,
          digest: signature.digest,
          size: signature.bytes.length,
          artifactType: signatureType,
          annotations: { 'test.note': name },
        },
      ]);
    });

    it('are filtered by their type', async () => {
      const { image, signature } = await pushSigned(sandbox);
      const listed = async (artifactType: string) => {
        const query = `?artifactType=${encodeURIComponent(artifactType)}`;
        const answer = await askReferrers(sandbox, image.digest, query);
        return ((await answer.json()) as ReferrersBody).manifests.map(({ digest }) => digest);
      };
      assert.deepEqual(await listed(signatureType), [signature.digest]);
      assert.deepEqual(await listed('application/spdx+json'), []);
    });
  });
});

function createWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  return world;
}
