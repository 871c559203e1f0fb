import assert from 'node:assert/strict';
import { digestOf, sandboxAccounts, SandboxWorld } from '../../../src/sandbox/index';
import { dockerImageType, dockerListType, ociImageType, ociIndexType } from '../../../src/sandbox/mediaTypes';
import { withSandbox } from '../../support/sandbox';
import { imageDocument, indexDocument, TestRegistry, type TestDocument } from './registryClient';

const name = 'demo/app';
const start = new Date('2026-01-31T12:00:00Z');
const config = JSON.stringify({ os: 'linux', architecture: 'arm', variant: 'v7' });

function createWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  world.addUser(sandboxAccounts.outsider);
  world.addRepository(name, { immutableTags: ['v\\d+'] });
  return world;
}

describe('sandbox registry', () => {
  const hub = withSandbox(() => ({ world: createWorld(), now: () => start, routes: 'today' }));
  const registry = (account: keyof typeof sandboxAccounts = 'demo') =>
    new TestRegistry(hub.url, sandboxAccounts[account]);
  const app = () => hub.world.repository(name);
  const send = (path: string, init?: RequestInit) => registry().send(name, path, init);
  const put = (reference: string, document: TestDocument) =>
    registry().putManifest(name, reference, document);

  async function refusalOf(answer: Response): Promise<readonly [status: number, code: string | undefined]> {
    const { errors } = (await answer.json()) as { errors: readonly { readonly code: string }[] };
    return [answer.status, errors[0]?.code];
  }

  describe('signing in', () => {
    it('challenges at the root with the address of its token service', async () => {
      const answer = await fetch(`${hub.url}/v2/`);
      assert.deepEqual(await refusalOf(answer), [401, 'UNAUTHORIZED']);
      assert.equal(
        answer.headers.get('www-authenticate'),
        `Bearer realm="${hub.url}/token",service="registry.docker.io"`,
      );
      assert.equal(answer.headers.get('docker-distribution-api-version'), 'registry/2.0');
    });

    it('accepts any registry token at the root, and no token of Docker Hub', async () => {
      const status = async (token: string) =>
        (await fetch(`${hub.url}/v2/`, { headers: { authorization: `Bearer ${token}` } })).status;
      assert.equal(await status(await registry().token()), 200);
      assert.equal(await status(hub.sandbox.tokens.issue('demo')), 401);
    });

    it('challenges with the scope that a request needs', async () => {
      const challenge = async (path: string, method: string, token?: string) => {
        const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
        const answer = await fetch(`${hub.url}/v2/${name}/${path}`, { method, headers });
        return answer.headers.get('www-authenticate')?.split(',scope=')[1];
      };
      assert.equal(await challenge('tags/list', 'GET'), `"repository:${name}:pull"`);
      assert.equal(await challenge('blobs/uploads/', 'POST'), `"repository:${name}:pull,push"`);
      const token = await registry().token(`repository:${name}:pull`);
      assert.equal(
        await challenge(`manifests/${digestOf('any')}`, 'DELETE', token),
        `"repository:${name}:delete",error="insufficient_scope"`,
      );
    });

    it('grants several scopes at once, and all actions for a wildcard', async () => {
      hub.world.addRepository('demo/other');
      const grants = async (who: TestRegistry, ...scopes: readonly string[]) => {
        const [, payload = ''] = (await who.token(...scopes)).split('.');
        const { access } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
          readonly access: readonly { readonly name: string; readonly actions: readonly string[] }[];
        };
        return access.map((entry) => `${entry.name}:${entry.actions.join(',')}`);
      };
      const [one, other] = [`repository:${name}:pull,push`, 'repository:demo/other:*'];
      const granted = [`${name}:pull,push`, 'demo/other:pull,push,delete'];
      assert.deepEqual(await grants(registry(), one, other), granted);
      assert.deepEqual(await grants(registry(), `${one} ${other}`), granted);
      assert.deepEqual(await grants(registry('outsider'), one, other), [`${name}:pull`, 'demo/other:pull']);
      assert.deepEqual(await grants(registry(), 'registry:catalog:*'), []);
      assert.deepEqual(await grants(registry()), []);
    });
  });

  describe('blobs', () => {
    const content = 'a layer';
    const digest = digestOf(content);
    const octets = { 'content-type': 'application/octet-stream' };
    const begin = async () =>
      (await send('blobs/uploads/', { method: 'POST' })).headers.get('location') ?? '';
    /** To an address that the registry gave. */
    const follow = (location: string, init: RequestInit) => {
      const path = new URL(location).pathname.slice(`/v2/${name}/`.length);
      return send(`${path}${new URL(location).search}`, { headers: octets, ...init });
    };

    async function assertStored(): Promise<void> {
      const head = await send(`blobs/${digest}`, { method: 'HEAD' });
      assert.equal(head.headers.get('content-length'), `${content.length}`);
      assert.equal(head.headers.get('docker-content-digest'), digest);
      const answer = await send(`blobs/${digest}`);
      assert.equal(answer.headers.get('content-type'), 'application/octet-stream');
      assert.equal(await answer.text(), content);
    }

    it('are uploaded at once', async () => {
      const answer = await send(`blobs/uploads/?digest=${digest}`, {
        method: 'POST',
        headers: octets,
        body: content,
      });
      assert.equal(answer.status, 201);
      assert.equal(answer.headers.get('location'), `${hub.url}/v2/${name}/blobs/${digest}`);
      assert.equal(answer.headers.get('docker-content-digest'), digest);
      await assertStored();
    });

    it('are uploaded with the end of an upload', async () => {
      const answer = await follow(`${await begin()}?digest=${digest}`, { method: 'PUT', body: content });
      assert.equal(answer.status, 201);
      await assertStored();
    });

    it('are uploaded in chunks, with the progress in each answer', async () => {
      const location = await begin();
      const ranges: (string | null)[] = [];
      for (const body of ['a la', 'yer']) {
        const answer = await follow(location, { method: 'PATCH', body });
        assert.equal(answer.status, 202);
        assert.equal(answer.headers.get('location'), location);
        ranges.push(answer.headers.get('range'));
      }
      const told = await follow(location, {});
      assert.deepEqual([told.status, told.headers.get('range')], [204, '0-6']);
      assert.deepEqual(ranges, ['0-3', '0-6']);
      assert.equal((await follow(`${location}?digest=${digest}`, { method: 'PUT' })).status, 201);
      await assertStored();
    });

    it('keep binary content unchanged', async () => {
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      const upload = `${await begin()}?digest=sha256:40aff2e9d2d8922e47afd4648e6967497158785fbd1da870e7110266bf944880`;
      const answer = await follow(upload, { method: 'PUT', body: bytes });
      const stored = await send(`blobs/${answer.headers.get('docker-content-digest') ?? ''}`);
      assert.deepEqual(Buffer.from(await stored.arrayBuffer()), bytes);
    });

    it('are refused if the digest does not match', async () => {
      const wrong = `${await begin()}?digest=${digestOf('another layer')}`;
      assert.deepEqual(await refusalOf(await follow(wrong, { method: 'PUT', body: content })), [
        400,
        'DIGEST_INVALID',
      ]);
      assert.deepEqual(await refusalOf(await send(`blobs/${digest}`)), [404, 'BLOB_UNKNOWN']);
    });

    it('cannot be uploaded after the upload is canceled', async () => {
      const location = await begin();
      assert.equal((await follow(location, { method: 'DELETE' })).status, 204);
      for (const method of ['GET', 'PATCH', 'PUT', 'DELETE']) {
        assert.deepEqual(await refusalOf(await follow(location, { method })), [404, 'BLOB_UPLOAD_UNKNOWN']);
      }
    });

    it('are mounted from another repository that the token may read', async () => {
      await registry().pushBlob('demo/source', content);
      const scopes = [`repository:${name}:pull,push`, 'repository:demo/source:pull'];
      const mount = async (...wanted: readonly string[]) => {
        const path = `/v2/${name}/blobs/uploads/?mount=${digest}&from=demo/source`;
        const headers = { authorization: `Bearer ${await registry().token(...wanted)}` };
        return (await fetch(`${hub.url}${path}`, { method: 'POST', headers })).status;
      };
      assert.equal(await mount(...scopes.slice(0, 1)), 202, 'an upload instead');
      assert.equal(await mount(...scopes), 201);
      await assertStored();
    });

    it('are not recorded with their bytes', async () => {
      await registry().pushBlob(name, content);
      await send(`blobs/${digest}`);
      const [upload, download] = hub.exchanges.filter(({ path }) => path.includes('/blobs/'));
      assert.equal(upload?.requestBody, undefined);
      assert.equal(download?.responseBody, undefined);
    });
  });

  describe('manifests', () => {
    const image = imageDocument(config);

    it('are returned with exactly the bytes that were pushed, by tag and by digest', async () => {
      await registry().pushBlob(name, config);
      const answer = await put('latest', image);
      assert.equal(answer.status, 201);
      assert.equal(answer.headers.get('docker-content-digest'), image.digest);
      assert.equal(answer.headers.get('location'), `${hub.url}/v2/${name}/manifests/${image.digest}`);
      for (const reference of ['latest', image.digest]) {
        const head = await send(`manifests/${reference}`, { method: 'HEAD' });
        const got = await send(`manifests/${reference}`);
        assert.equal(await got.text(), image.document);
        for (const { headers } of [head, got]) {
          assert.equal(headers.get('content-length'), `${Buffer.byteLength(image.document)}`);
          assert.equal(headers.get('content-type'), ociImageType);
          assert.equal(headers.get('docker-content-digest'), image.digest);
          assert.equal(headers.get('docker-distribution-api-version'), 'registry/2.0');
        }
      }
    });

    it('become images of the repository, with the platform of their configuration', async () => {
      await registry().pushBlob(name, config);
      await put('latest', image);
      const kept = app().get(image.digest);
      assert.deepEqual(kept?.platform, { os: 'linux', architecture: 'arm', variant: 'v7' });
      assert.deepEqual(kept.lastPushed, start);
      assert.equal(kept.sizeBytes, config.length);
      assert.equal(app().tags.get('latest'), image.digest);
    });

    it('are pushed without a tag by their own digest only', async () => {
      await registry().pushBlob(name, config);
      assert.deepEqual(await refusalOf(await put(digestOf('another'), image)), [400, 'DIGEST_INVALID']);
      assert.equal((await put(image.digest, image)).status, 201);
      assert.deepEqual([...app().tags], []);
    });

    it('move a tag, each push later than the one before', async () => {
      await registry().pushBlob(name, config);
      const newer = imageDocument(config, { annotations: { 'a.note': 'newer' } });
      await put('latest', image);
      await put('1.0', image);
      await put('latest', newer);
      assert.equal(app().tags.get('latest'), newer.digest);
      assert.deepEqual(app().tagUpdatedAt('1.0'), new Date(start.getTime() + 1));
      assert.deepEqual(app().tagUpdatedAt('latest'), new Date(start.getTime() + 2));
    });

    it('are refused while something that they reference is missing', async () => {
      assert.deepEqual(await refusalOf(await put('latest', image)), [400, 'MANIFEST_BLOB_UNKNOWN']);
      const index = indexDocument([image]);
      assert.deepEqual(await refusalOf(await put('latest', index)), [400, 'MANIFEST_BLOB_UNKNOWN']);
    });

    for (const [what, document, mediaType] of [
      ['text', 'no JSON', ociImageType],
      ['another version', JSON.stringify({ schemaVersion: 1 }), ociImageType],
      ['another type than stated', image.document, dockerImageType],
      ['an unknown type', JSON.stringify({ schemaVersion: 2 }), 'application/x-odd'],
      ['an image without a configuration', JSON.stringify({ schemaVersion: 2, layers: [] }), ociImageType],
      ['an index without manifests', JSON.stringify({ schemaVersion: 2 }), ociIndexType],
      ['an entry without a digest', JSON.stringify({ schemaVersion: 2, manifests: [{}] }), ociIndexType],
    ] as const) {
      it(`are refused as ${what}`, async () => {
        const answer = await put('latest', { mediaType, document, digest: digestOf(document) });
        assert.deepEqual(await refusalOf(answer), [400, 'MANIFEST_INVALID']);
        assert.equal(app().size, 0);
      });
    }

    it('are refused if they are not UTF-8', async () => {
      await registry().pushBlob(name, config);
      const [head = '', tail = ''] = image.document.split('"schemaVersion"');
      const body = Buffer.concat([
        Buffer.from(`${head}"note": "`),
        Buffer.of(0xff),
        Buffer.from(`", "schemaVersion"${tail}`),
      ]);
      const headers = { 'content-type': ociImageType };
      const answer = await send('manifests/latest', { method: 'PUT', headers, body });
      assert.deepEqual(await refusalOf(answer), [400, 'MANIFEST_INVALID']);
    });

    it('that were not pushed by a client show types, platforms and annotations', async () => {
      const [index, part, attestation] = ['index', 'part', 'attestation'].map(digestOf) as [
        string,
        string,
        string,
      ];
      const platform = { os: 'linux', architecture: 'arm', variant: 'v7' };
      const annotations = { 'vnd.docker.reference.type': 'attestation-manifest' };
      app().push({ digest: attestation, platform: { os: 'unknown', architecture: 'unknown' }, sizeBytes: 9 });
      app().push({ digest: part, mediaType: dockerImageType, sizeBytes: 8 });
      const children = [
        { digest: part, platform },
        { digest: attestation, annotations },
      ];
      app().push({ digest: index, tags: ['multi'], mediaType: dockerListType, children });
      app().remove([attestation]); // an index still names what is gone
      const { mediaType, manifests } = (await (await send('manifests/multi')).json()) as {
        readonly mediaType: string;
        readonly manifests: readonly unknown[];
      };
      assert.equal(mediaType, dockerListType);
      assert.deepEqual(manifests, [
        { mediaType: dockerImageType, digest: part, size: 8, platform },
        { mediaType: ociImageType, digest: attestation, size: 0, annotations },
      ]);
    });

    it('keep platforms and annotations of index entries, also in a nested index', async () => {
      await registry().pushBlob(name, config);
      const entry = {
        platform: { os: 'unknown', architecture: 'unknown' },
        annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
      };
      const inner = indexDocument([{ ...image, entry }]);
      const outer = indexDocument([inner, image]);
      await put(image.digest, image);
      await put(inner.digest, inner);
      assert.equal((await put('nested', outer)).status, 201);
      assert.deepEqual(app().get(inner.digest)?.entries, [{ digest: image.digest, ...entry }]);
      assert.deepEqual(app().get(outer.digest)?.children, [inner.digest, image.digest]);
    });

    it('confirm a subject, whether or not it exists', async () => {
      await registry().pushBlob(name, config);
      const subject = { mediaType: ociImageType, digest: digestOf('nowhere'), size: 7 };
      const signature = imageDocument(config, { subject, annotations: { 'a.note': 'signed' } });
      const typed = imageDocument(config, { subject, artifactType: 'a/kind' });
      assert.equal((await put(signature.digest, signature)).headers.get('oci-subject'), subject.digest);
      await put(typed.digest, typed);
      const answer = await send(`referrers/${subject.digest}`);
      const { manifests } = (await answer.json()) as { readonly manifests: readonly unknown[] };
      const described = ({ mediaType, digest, document }: TestDocument, artifactType: string) => ({
        mediaType,
        digest,
        size: document.length,
        artifactType,
      });
      assert.deepEqual(manifests, [
        {
          ...described(signature, 'application/vnd.oci.image.config.v1+json'),
          annotations: { 'a.note': 'signed' },
        },
        described(typed, 'a/kind'),
      ]);
    });

    it('do not move an immutable tag', async () => {
      await registry().pushBlob(name, config);
      assert.equal((await put('v1', image)).status, 201);
      const newer = imageDocument(config, { annotations: { 'a.note': 'newer' } });
      assert.deepEqual(await refusalOf(await put('v1', newer)), [403, 'DENIED']);
      assert.equal(app().tags.get('v1'), image.digest);
    });

    it('create a missing repository for those who may push', async () => {
      await registry().pushBlob('demo/new', config);
      assert.equal((await registry().putManifest('demo/new', 'latest', image)).status, 201);
      assert.equal(hub.world.repository('demo/new').tags.get('latest'), image.digest);
      const answer = await registry('outsider').send('demo/newer', 'blobs/uploads/', { method: 'POST' });
      assert.equal(answer.status, 401);
      assert.equal(hub.world.findRepository('demo', 'newer'), undefined);
    });
  });

  describe('deletion', () => {
    const [one, shared, other] = ['one', 'shared', 'other'].map((note) =>
      imageDocument(config, { annotations: { 'a.note': note } }),
    ) as [TestDocument, TestDocument, TestDocument];
    const inner = indexDocument([one, shared]);
    const outer = indexDocument([inner]);
    const sibling = indexDocument([shared, other]);
    const remove = (digest: string) => send(`manifests/${digest}`, { method: 'DELETE' });

    beforeEach(async () => {
      await registry().pushBlob(name, config);
      for (const document of [one, shared, other, inner, outer, sibling]) {
        await put(document.digest, document);
      }
    });

    it('takes the contents of nested indexes along, but nothing that another index needs', async () => {
      assert.equal((await remove(outer.digest)).status, 202);
      assert.deepEqual(
        [...app().manifests].map(({ digest }) => digest),
        [shared.digest, other.digest, sibling.digest],
      );
    });

    it('is refused while a tag or an index needs the manifest', async () => {
      await put('latest', outer);
      assert.deepEqual(await refusalOf(await remove(outer.digest)), [403, 'DENIED']);
      assert.deepEqual(await refusalOf(await remove(inner.digest)), [403, 'DENIED']);
      assert.deepEqual(await refusalOf(await remove(shared.digest)), [403, 'DENIED']);
    });

    it('is not possible by tag', async () => {
      await put('latest', outer);
      assert.deepEqual(await refusalOf(await remove('latest')), [405, 'UNSUPPORTED']);
    });

    it('leaves referrers of the manifest', async () => {
      const subject = { mediaType: ociIndexType, digest: outer.digest, size: 1 };
      const signature = imageDocument(config, { subject });
      await put(signature.digest, signature);
      assert.equal((await remove(outer.digest)).status, 202);
      assert.ok(app().get(signature.digest));
    });
  });
});
