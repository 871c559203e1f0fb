import assert from 'node:assert/strict';
import { parseDigest } from '../../../../src/hub/digest';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { rejectsWith } from '../../../support/rejects';
import { attestationOf, imageOf, imageType, indexOf, indexType } from '../../support/testImages';
import { demo } from '../../support/tokenServer';
import { withRegistry } from '../../support/withRegistry';

const arm = { os: 'linux', architecture: 'arm64', variant: 'v8' };
const nowhere = parseDigest(`sha256:${'0'.repeat(64)}`);
const ref = parseRepositoryRef;

describe('RegistryClient against a real registry', () => {
  const registry = withRegistry();

  afterEach(() => {
    const secret = Buffer.from(`${demo.username}:${demo.password}`).toString('base64');
    for (const line of registry.log) {
      assert.doesNotMatch(line, /eyJ|scope=/);
      assert.ok(!line.includes(demo.password) && !line.includes(secret));
    }
  });

  describe('reading', () => {
    const base = 'a layer that several share';
    const single = imageOf([base, 'single']);
    const earlier = imageOf(['earlier']);
    const amd64 = imageOf([base, 'amd64']);
    const arm64 = imageOf([base, 'arm64'], arm);
    const attestation = attestationOf(amd64);
    const multi = indexOf(amd64, arm64, attestation);
    const newer = indexOf(imageOf([base, 'newer amd64']), arm64);
    const app = ref('demo/app');

    before(async () => {
      await registry.push('demo/app', '1.0', earlier);
      await registry.push('demo/app', '1.0', single);
      await registry.push('demo/app', 'multi', multi);
      await registry.push('demo/app', 'newer', newer);
      await registry.push('demo/docker', '1.0', amd64, '--format', 'v2s2');
      await registry.push('demo/docker', 'multi', indexOf(amd64, arm64), '--format', 'v2s2');
    });

    it('is told of an image by its tag and by its digest', async () => {
      const client = registry.createClient();
      const head = { digest: single.digest, mediaType: imageType, kind: 'image' as const };
      assert.deepEqual(await client.head(app, '1.0'), head);
      assert.deepEqual(await client.head(app, single.digest), head);
    });

    it('is told of an image that has lost its tag', async () => {
      const head = await registry.createClient().head(app, earlier.digest);
      assert.equal(head?.digest, earlier.digest);
    });

    it('is told that a tag is an index', async () => {
      const head = await registry.createClient().head(app, 'multi');
      assert.deepEqual(head, { digest: multi.digest, mediaType: indexType, kind: 'index' });
    });

    it("is told of Docker's own forms", async () => {
      const client = registry.createClient();
      const docker = ref('demo/docker');
      const image = await client.head(docker, '1.0');
      assert.equal(image?.mediaType, 'application/vnd.docker.distribution.manifest.v2+json');
      assert.equal(image.kind, 'image');
      const list = await client.head(docker, 'multi');
      assert.equal(list?.mediaType, 'application/vnd.docker.distribution.manifest.list.v2+json');
      assert.equal(list.kind, 'index');
      const entries = (await client.readManifest(docker, list.digest))?.entries;
      assert.deepEqual(
        entries?.map(({ platform }) => platform),
        ['linux/amd64', 'linux/arm64/v8'],
      );
    });

    it('is told of nothing where there is no such tag, digest or repository', async () => {
      const client = registry.createClient();
      assert.equal(await client.head(app, 'nowhere'), undefined);
      assert.equal(await client.head(app, nowhere), undefined);
      assert.equal(await client.head(ref('demo/nowhere'), 'latest'), undefined);
    });

    it('reads platforms and attestation of an index', async () => {
      const entries = (await registry.createClient().readManifest(app, multi.digest))?.entries;
      const entry = (part: typeof amd64, platform: string, isAttestation = false) => ({
        digest: part.digest,
        size: part.bytes.length,
        platform,
        isAttestation,
      });
      assert.deepEqual(entries, [
        entry(amd64, 'linux/amd64'),
        entry(arm64, 'linux/arm64/v8'),
        entry(attestation, 'unknown/unknown', true),
      ]);
    });

    it('reads the same platform out of two indexes', async () => {
      const client = registry.createClient();
      const [first, second] = await Promise.all(
        [multi, newer].map(async ({ digest }) =>
          (await client.readManifest(app, digest))?.entries.map((entry) => entry.digest),
        ),
      );
      assert.deepEqual(
        first?.filter((digest) => second?.includes(digest)),
        [arm64.digest],
      );
    });

    it('reads an index inside an index, level by level', async () => {
      const inner = indexOf(amd64, attestation);
      const outer = indexOf(inner, arm64);
      await registry.pushByHttp('demo/nested', outer, 'latest');
      const client = registry.createClient();
      const nested = ref('demo/nested');
      const read = async (index: typeof outer) =>
        (await client.readManifest(nested, index.digest))?.entries.map(({ digest }) => digest);
      assert.deepEqual(await read(outer), [inner.digest, arm64.digest]);
      assert.deepEqual(await read(inner), [amd64.digest, attestation.digest]);
      assert.equal((await client.head(nested, inner.digest))?.kind, 'index');
    });

    it('reads nothing where there is no manifest, and no entries where there is no index', async () => {
      const client = registry.createClient();
      assert.equal(await client.readManifest(app, nowhere), undefined);
      assert.deepEqual(await client.readManifest(app, single.digest), {
        mediaType: imageType,
        entries: [],
        subject: undefined,
      });
    });

    it('lists tags, and none of what has lost its tag', async () => {
      const tags = await registry.createClient().listTags(app);
      assert.deepEqual([...tags].sort(), ['1.0', 'multi', 'newer']);
    });

    // This registry has no pages, whatever is asked for.
    it('takes more tags than it has asked for', async () => {
      const names = Array.from({ length: 1_001 }, (_, number) => `build-${number}`);
      await registry.push('demo/many', 'build-0', single);
      await registry.tag('demo/many', names, single);
      const tags = await registry.createClient().listTags(ref('demo/many'));
      assert.deepEqual([...tags].sort(), [...names].sort());
      assert.equal(registry.log.filter((line) => line.includes('/tags/list')).length, 1);
    });

    it('finds no tags of a repository that is not there', async () => {
      await rejectsWith('notFound', registry.createClient().listTags(ref('demo/nowhere')));
    });

    it('reads as nobody where nobody may read', async () => {
      const client = registry.createClient({ credentials: () => Promise.resolve(undefined) });
      assert.equal((await client.head(app, '1.0'))?.digest, single.digest);
      assert.deepEqual(registry.tokens.requests, [{ username: '', scopes: ['repository:demo/app:pull'] }]);
    });

    it('does not read without the right to', async () => {
      registry.tokens.change({ rights: {} });
      const client = registry.createClient();
      await rejectsWith('unauthenticated', client.head(app, '1.0'));
      await rejectsWith('unauthenticated', client.readManifest(app, multi.digest));
      await rejectsWith('unauthenticated', client.listTags(app));
    });
  });

  describe('what is granted', () => {
    const app = ref('demo/app');

    for (const [rights, mayDelete] of [
      [['pull', 'push', 'delete'], true],
      [['pull', 'push'], false],
      [['pull'], false],
      [[], false],
    ] as const) {
      it(`${mayDelete ? 'allows' : 'does not allow'} deletion with ${rights.join(', ') || 'nothing'}`, async () => {
        registry.tokens.change({ rights: { [demo.username]: rights } });
        assert.equal(await registry.createClient().mayDelete(app), mayDelete);
      });
    }

    it('asks nobody where there is nothing to sign in with', async () => {
      const client = registry.createClient({ credentials: () => Promise.resolve(undefined) });
      await rejectsWith('accessTokenNeeded', client.mayDelete(app));
      assert.deepEqual(registry.tokens.requests, []);
    });

    it('says that credentials were not taken', async () => {
      const credentials = () => Promise.resolve({ ...demo, password: 'wrong' });
      await rejectsWith('unauthenticated', registry.createClient({ credentials }).mayDelete(app));
    });
  });

  describe('deletion', () => {
    let pushed = 0;
    /** A repository of its own, so that no test sees what another has deleted. */
    const fresh = () => {
      pushed += 1;
      return { name: `demo/deleted-${pushed}`, repository: ref(`demo/deleted-${pushed}`) };
    };

    it('takes an image away, once', async () => {
      const { name, repository } = fresh();
      const image = imageOf([name]);
      await registry.push(name, 'latest', image);
      const client = registry.createClient();
      assert.equal((await client.deleteManifest(repository, image.digest)).kind, 'deleted');
      assert.equal(await client.head(repository, image.digest), undefined);
      assert.equal((await client.deleteManifest(repository, image.digest)).kind, 'gone');
    });

    it('takes every tag of an image along', async () => {
      const { name, repository } = fresh();
      const image = imageOf([name]);
      await registry.push(name, 'latest', image);
      await registry.tag(name, ['1.0', '1.0.0'], image);
      const client = registry.createClient();
      assert.equal((await client.deleteManifest(repository, image.digest)).kind, 'deleted');
      assert.equal(await client.head(repository, '1.0'), undefined);
      assert.deepEqual(await client.listTags(repository), []);
    });

    it('leaves an image whole that shares layers with it', async () => {
      const { name, repository } = fresh();
      const [leaving, staying] = [imageOf([name, 'leaving']), imageOf([name, 'staying'])];
      await registry.push(name, 'leaving', leaving);
      await registry.push(name, 'staying', staying);
      const client = registry.createClient();
      assert.equal((await client.deleteManifest(repository, leaving.digest)).kind, 'deleted');
      assert.equal((await client.head(repository, 'staying'))?.digest, staying.digest);
      for (const { digest } of staying.parts) {
        assert.ok(await registry.hasBlob(name, digest));
      }
    });

    it('takes an image away that has lost its tag, and leaves the tag', async () => {
      const { name, repository } = fresh();
      const [earlier, later] = [imageOf([name, 'earlier']), imageOf([name, 'later'])];
      await registry.push(name, 'latest', earlier);
      await registry.push(name, 'latest', later);
      const client = registry.createClient();
      assert.equal((await client.deleteManifest(repository, earlier.digest)).kind, 'deleted');
      assert.equal((await client.head(repository, 'latest'))?.digest, later.digest);
    });

    // Docker Hub sweeps what no index needs any more; a registry by itself does not.
    it('takes an index away, and its platforms one by one', async () => {
      const { name, repository } = fresh();
      const [amd64, arm64] = [imageOf([name, 'amd64']), imageOf([name, 'arm64'], arm)];
      const index = indexOf(amd64, arm64, attestationOf(amd64));
      await registry.push(name, 'latest', index);
      const client = registry.createClient();
      assert.equal((await client.deleteManifest(repository, index.digest)).kind, 'deleted');
      assert.equal(await client.readManifest(repository, index.digest), undefined);
      assert.equal((await client.head(repository, arm64.digest))?.digest, arm64.digest);
      for (const { digest } of index.parts) {
        assert.equal((await client.deleteManifest(repository, digest)).kind, 'deleted');
        assert.equal(await client.head(repository, digest), undefined);
      }
    });

    it('leaves the platform that another index shares', async () => {
      const { name, repository } = fresh();
      const shared = imageOf([name, 'shared'], arm);
      const [one, other] = [
        indexOf(imageOf([name, 'one']), shared),
        indexOf(imageOf([name, 'other']), shared),
      ];
      await registry.push(name, 'one', one);
      await registry.push(name, 'other', other);
      const client = registry.createClient();
      assert.equal((await client.deleteManifest(repository, one.digest)).kind, 'deleted');
      const entries = (await client.readManifest(repository, other.digest))?.entries;
      assert.deepEqual(
        entries?.map(({ digest }) => digest),
        other.parts.map(({ digest }) => digest),
      );
      assert.equal((await client.head(repository, shared.digest))?.digest, shared.digest);
    });

    // Docker Hub takes along what only the index contains, at any depth; a registry by itself does not.
    it('takes an index away that contains another one, and leaves that one whole', async () => {
      const { name, repository } = fresh();
      const inner = indexOf(imageOf([name, 'amd64']), imageOf([name, 'arm64'], arm));
      const outer = indexOf(inner);
      await registry.pushByHttp(name, outer, 'latest');
      const client = registry.createClient();
      assert.equal((await client.deleteManifest(repository, outer.digest)).kind, 'deleted');
      assert.equal(await client.head(repository, 'latest'), undefined);
      assert.equal((await client.readManifest(repository, inner.digest))?.entries.length, 2);
      for (const { digest } of inner.parts) {
        assert.equal((await client.head(repository, digest))?.digest, digest);
      }
    });

    it('finds nothing to take away where nothing was', async () => {
      const { name, repository } = fresh();
      await registry.push(name, 'latest', imageOf([name]));
      const client = registry.createClient();
      assert.equal((await client.deleteManifest(repository, nowhere)).kind, 'gone');
      assert.equal((await client.deleteManifest(ref('demo/nowhere'), nowhere)).kind, 'gone');
    });

    for (const [who, rights] of [
      ['nobody', { '': ['pull'] }],
      ['somebody who may only push', { [demo.username]: ['pull', 'push'] }],
    ] as const) {
      it(`is denied to ${who}`, async () => {
        const { name, repository } = fresh();
        const image = imageOf([name]);
        await registry.push(name, 'latest', image);
        registry.tokens.reset();
        registry.tokens.change({ rights });
        const credentials = () => Promise.resolve(who === 'nobody' ? undefined : demo);
        const client = registry.createClient({ credentials });
        await rejectsWith('unauthenticated', client.deleteManifest(repository, image.digest));
        await rejectsWith('unauthenticated', client.deleteManifest(repository, image.digest));
        assert.equal(registry.tokens.requests.length, 2, 'another, should the first token have been too old');
        assert.equal((await client.head(repository, 'latest'))?.digest, image.digest);
      });
    }

    it('is not to be had of a registry that deletes nothing', async () => {
      const { name, repository } = fresh();
      const image = imageOf([name]);
      await registry.push(name, 'latest', image);
      const client = registry.createClient({ baseUrl: new URL(registry.urlWithoutDeletion) });
      assert.equal((await client.deleteManifest(repository, image.digest)).kind, 'unsupported');
      assert.equal((await client.head(repository, image.digest))?.digest, image.digest);
    });
  });

  describe('tokens', () => {
    const name = 'demo/tokens';
    const repository = ref(name);
    const image = imageOf([name]);

    beforeEach(async () => {
      await registry.push(name, 'latest', image);
      registry.tokens.reset();
    });

    it('asks for one a repository, with all that it may need', async () => {
      const client = registry.createClient();
      await Promise.all([client.head(repository, 'latest'), client.listTags(repository)]);
      await client.mayDelete(repository);
      await client.head(ref('demo/nowhere'), 'latest');
      assert.deepEqual(registry.tokens.requests, [
        { username: 'demo', scopes: [`repository:${name}:pull,push,delete`] },
        { username: 'demo', scopes: ['repository:demo/nowhere:pull,push,delete'] },
      ]);
    });

    it('renews one before its end', async () => {
      let now = new Date();
      registry.tokens.change({ lifetimeSeconds: 120 });
      const client = registry.createClient({ now: () => now });
      await client.head(repository, 'latest');
      now = new Date(now.getTime() + 59_000);
      await client.head(repository, 'latest');
      assert.equal(registry.tokens.requests.length, 1);
      now = new Date(now.getTime() + 2_000);
      await client.head(repository, 'latest');
      assert.equal(registry.tokens.requests.length, 2);
    });

    it('renews one that the registry takes no more, in the middle of its work', async () => {
      registry.tokens.change({ areOver: true });
      const client = registry.createClient();
      await client.mayDelete(repository); // leaves a token behind that has ended
      registry.tokens.change({ areOver: false });
      assert.equal((await client.head(repository, 'latest'))?.digest, image.digest);
      assert.equal(registry.tokens.requests.length, 2);
    });

    it('sends a deletion once, and the next one with another token if that one was not accepted', async () => {
      registry.tokens.change({ areOver: true });
      const client = registry.createClient();
      await client.mayDelete(repository);
      registry.tokens.change({ areOver: false });
      await rejectsWith('unauthenticated', client.deleteManifest(repository, image.digest));
      assert.equal(registry.tokens.requests.length, 1);
      assert.equal((await client.deleteManifest(repository, image.digest)).kind, 'deleted');
      assert.equal(registry.tokens.requests.length, 2);
    });

    it('gives up where the new one is not taken either', async () => {
      registry.tokens.change({ areOver: true });
      const client = registry.createClient();
      await rejectsWith('unauthenticated', client.head(repository, 'latest'));
      await rejectsWith('unauthenticated', client.deleteManifest(repository, image.digest));
      registry.tokens.change({ areOver: false });
      assert.equal((await client.head(repository, image.digest))?.digest, image.digest);
    });

    it('deletes with a right that came after the first token', async () => {
      registry.tokens.change({ rights: { [demo.username]: ['pull'] } });
      const client = registry.createClient();
      assert.equal(await client.mayDelete(repository), false);
      registry.tokens.change({ rights: { [demo.username]: ['pull', 'delete'] } });
      await rejectsWith('unauthenticated', client.deleteManifest(repository, image.digest));
      assert.equal((await client.deleteManifest(repository, image.digest)).kind, 'deleted');
    });
  });
});
