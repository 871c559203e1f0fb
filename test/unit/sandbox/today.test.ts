import assert from 'node:assert/strict';
import { digestOf, SandboxWorld, sandboxAccounts } from '../../../src/sandbox/index';
import { withSandbox } from '../../support/sandbox';
import { TestClient, type PageBody } from './client';

interface TagBody {
  readonly name: string;
  readonly digest: string | null;
  readonly images: readonly { readonly digest?: string }[];
}

const start = new Date('2026-01-31T12:00:00Z');
const path = '/v2/namespaces/demo/repositories/app';
const lag = { manifestsMs: 1_000, tagsMs: 2_000, countMs: 3_000 };

function createWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  const app = world.addRepository('demo/app', {
    tagsWithoutDigest: ['bare'],
    partsWithoutDigest: [digestOf('part')],
    immutableTags: ['v\\d+'],
  });
  app.push({ digest: digestOf('bare'), tags: ['bare'] });
  app.push({ digest: digestOf('release'), tags: ['v1', 'v1-preview'] });
  app.push({ digest: digestOf('index'), tags: ['multi'], children: [digestOf('part'), digestOf('other')] });
  return world;
}

describe("sandbox lists of today's Hub", () => {
  let now = start;
  const hub = withSandbox(() => ({ world: createWorld(), now: () => now, routes: 'today', listLag: lag }));

  beforeEach(() => {
    now = start;
  });

  const client = () => new TestClient(hub.url, hub.sandbox.tokens.issue('demo'));
  const tags = async () => (await client().request<PageBody<TagBody>>(`${path}/tags`)).body;
  const tagged = async (name: string) => (await tags()).results.find((tag) => tag.name === name);
  const deleteTag = async (name: string) =>
    fetch(`${hub.url}${path}/tags/${name}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${hub.sandbox.tokens.issue('demo')}` },
    });

  it('leave out the digests of the options, and no other', async () => {
    assert.equal((await tagged('bare'))?.digest, null);
    assert.deepEqual(
      (await tagged('bare'))?.images.map(({ digest }) => digest),
      [digestOf('bare')],
    );
    assert.equal((await tagged('multi'))?.digest, digestOf('index'));
    assert.deepEqual(
      (await tagged('multi'))?.images.map(({ digest }) => digest),
      [undefined, digestOf('other')],
    );
  });

  it('follow a deletion each in its own time, and the count too', async () => {
    assert.equal((await deleteTag('bare')).status, 204);
    const shown = async () => {
      const { manifests } = (
        await client().request<{
          readonly manifests: readonly {
            readonly manifest_digest: string;
            readonly tags: readonly string[] | null;
          }[];
        }>(`${path}/manifests`)
      ).body;
      const { count, results } = await tags();
      const bare = manifests.find((manifest) => manifest.manifest_digest === digestOf('bare'));
      return [bare?.tags, results.length, count];
    };
    const expected: readonly (readonly [afterMs: number, shown: readonly unknown[]])[] = [
      [0, [['bare'], 4, 4]],
      [999, [['bare'], 4, 4]],
      [1_000, [null, 4, 4]],
      [2_000, [null, 3, 4]],
      [3_000, [null, 3, 3]],
    ];
    for (const [afterMs, then] of expected) {
      now = new Date(start.getTime() + afterMs);
      assert.deepEqual(await shown(), then, `${afterMs} ms`);
    }
  });

  it('do not hide the deletion from who asks for the tag itself', async () => {
    await deleteTag('bare');
    assert.equal((await client().request(`${path}/tags/bare`)).status, 404);
  });

  it('keep immutable tags, those that a rule matches as a whole', async () => {
    const answer = await deleteTag('v1');
    assert.equal(answer.status, 403);
    assert.deepEqual(await answer.json(), { message: 'tag v1 is immutable', errinfo: {} });
    assert.equal((await deleteTag('v1-preview')).status, 204);
    assert.deepEqual([...hub.world.repository('demo/app').tags.keys()], ['bare', 'v1', 'multi']);
    const { body } = await client().request<{ immutable_tags_settings: unknown }>(path);
    assert.deepEqual(body.immutable_tags_settings, { enabled: true, rules: ['v\\d+'] });
  });
});
