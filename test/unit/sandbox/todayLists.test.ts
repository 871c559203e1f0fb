import assert from 'node:assert/strict';
import { digestOf, type RepositoryOptions, sandboxAccounts, SandboxWorld } from '../../../src/sandbox/index';
import { dockerListType, ociImageType, ociIndexType } from '../../../src/sandbox/mediaTypes';
import { withSandbox } from '../../support/sandbox';
import { TestClient, type PageBody } from './client';

type Fields = Readonly<Record<string, unknown>>;

interface TagBody extends Fields {
  readonly name: string;
  readonly images: readonly Fields[];
}

interface ManifestsBody {
  readonly manifests: readonly Fields[];
}

const start = new Date('2026-01-31T12:00:00Z');
const later = (ms: number) => new Date(start.getTime() + ms);
const [index, amd64, arm, single] = [
  digestOf('index'),
  digestOf('amd64'),
  digestOf('arm'),
  digestOf('single'),
];
const pathOf = (name: string) => `/v2/namespaces/demo/repositories/${name}`;

/** One index with two platforms, and one image. */
function addRepository(world: SandboxWorld, name: string, options: RepositoryOptions = {}): void {
  const repository = world.addRepository(`demo/${name}`, options);
  const armEntry = { digest: arm, platform: { os: 'linux', architecture: 'arm', variant: 'v7' } };
  repository.push({ digest: index, tags: ['multi'], at: start, children: [amd64, armEntry] });
  repository.push({ digest: single, tags: ['single'], at: start });
}

function createWorld(): SandboxWorld {
  const world = new SandboxWorld();
  world.addUser(sandboxAccounts.demo);
  return world;
}

/** What the lists of a sandbox say to a person, or to nobody. */
class Lists {
  readonly #client: TestClient;
  readonly #path: string;

  constructor(client: TestClient, name: string) {
    this.#client = client;
    this.#path = pathOf(name);
  }

  async tags(query = ''): Promise<PageBody<TagBody>> {
    return (await this.#client.request<PageBody<TagBody>>(`${this.#path}/tags${query}`)).body;
  }

  async tag(name: string): Promise<TagBody> {
    const found = (await this.tags()).results.find((one) => one.name === name);
    assert.ok(found);
    return found;
  }

  async tagNames(query = ''): Promise<readonly string[]> {
    return (await this.tags(query)).results.map(({ name }) => name);
  }

  async manifest(digest: string): Promise<Fields> {
    const { manifests } = (await this.#client.request<ManifestsBody>(`${this.#path}/manifests`)).body;
    const found = manifests.find(({ manifest_digest: listed }) => listed === digest);
    assert.ok(found);
    return found;
  }
}

describe("sandbox lists of today's Hub with gaps and errors", () => {
  const hub = withSandbox(() => ({ world: createWorld(), now: () => start, routes: 'today' }));
  const lists = (name: string) => new Lists(new TestClient(hub.url, hub.sandbox.tokens.issue('demo')), name);

  it('report the media type of a manifest', async () => {
    addRepository(hub.world, 'app');
    hub.world
      .repository('demo/app')
      .push({ digest: digestOf('list'), tags: ['list'], mediaType: dockerListType });
    assert.equal((await lists('app').manifest(index))['media_type'], ociIndexType);
    assert.equal((await lists('app').manifest(single))['media_type'], ociImageType);
    assert.equal((await lists('app').tag('list'))['media_type'], dockerListType);
  });

  it('report another media type, or none, where an option says so', async () => {
    const listedMediaTypes = { [index]: null, [single]: undefined, [arm]: 'application/x-odd' };
    addRepository(hub.world, 'app', { listedMediaTypes });
    assert.equal((await lists('app').manifest(index))['media_type'], null);
    assert.equal((await lists('app').manifest(arm))['media_type'], 'application/x-odd');
    assert.equal((await lists('app').manifest(amd64))['media_type'], ociImageType);
    assert.equal('media_type' in (await lists('app').manifest(single)), false);
    assert.equal((await lists('app').tag('multi'))['media_type'], null);
    assert.equal('media_type' in (await lists('app').tag('single')), false);
  });

  for (const list of ['manifests', 'tags', 'parts'] as const) {
    it(`leave out last_pulled of ${list} where an option says so`, async () => {
      addRepository(hub.world, 'app', { listsWithoutPulls: [list] });
      hub.world.repository('demo/app').pull(single, start);
      const tag = await lists('app').tag('single');
      const times = {
        manifests: (await lists('app').manifest(single))['last_pulled'],
        tags: tag['tag_last_pulled'],
        parts: tag.images[0]?.['last_pulled'],
      };
      const told = start.toISOString();
      assert.deepEqual(times, { manifests: told, tags: told, parts: told, [list]: undefined });
    });
  }

  const partsOf = async (name: string, tag: string) =>
    (await lists(name).tag(tag)).images.map(({ digest, variant }) => [digest, variant]);

  it('list the images of a tag with the platforms that its index states', async () => {
    addRepository(hub.world, 'app');
    assert.deepEqual(await partsOf('app', 'multi'), [
      [amd64, null],
      [arm, 'v7'],
    ]);
  });

  it('leave out images of a tag, or list others, where an option says so', async () => {
    addRepository(hub.world, 'app', { unlistedParts: [amd64] });
    addRepository(hub.world, 'other', { listedParts: { multi: [single] } });
    assert.deepEqual(await partsOf('app', 'multi'), [[arm, 'v7']]);
    assert.deepEqual(await partsOf('other', 'multi'), [[single, null]]);
    assert.deepEqual(await partsOf('other', 'single'), [[single, null]]);
  });

  it('order tags by the time of their own last update', async () => {
    addRepository(hub.world, 'app');
    const app = hub.world.repository('demo/app');
    app.push({ digest: digestOf('newer'), tags: ['newer'], at: later(1_000) });
    app.push({ digest: digestOf('without a time'), tags: ['old'] });
    assert.deepEqual(await lists('app').tagNames(), ['newer', 'multi', 'single', 'old']);
    app.retag('multi', single);
    const newestFirst = ['multi', 'newer', 'single', 'old'];
    assert.deepEqual(await lists('app').tagNames('?ordering=last_updated'), newestFirst);
    assert.deepEqual(await lists('app').tagNames('?ordering=-last_updated'), [...newestFirst].reverse());
    assert.equal((await lists('app').tag('multi'))['last_updated'], later(1_001).toISOString());
    assert.equal((await lists('app').tag('old'))['last_updated'], null);
    app.removeTag('newer');
    assert.deepEqual(await lists('app').tagNames(), ['multi', 'single', 'old']);
  });
});

describe('sandbox limit of 1,000 tags', () => {
  let tagsLimit: 'anonymous' | 'everyone' | 'everyoneSilently' = 'anonymous';
  const hub = withSandbox(() => ({ world: createWorld(), routes: 'today', tagsLimit }));

  const ask = async (query: string, who?: 'demo') => {
    const app = hub.world.findRepository('demo', 'many') ?? hub.world.addRepository('demo/many');
    const names = Array.from({ length: 1_050 }, (_, number) => `tag-${number}`);
    app.push({ digest: single, tags: names, at: start });
    const client = new TestClient(hub.url, who && hub.sandbox.tokens.issue(who));
    const answer = await client.request<PageBody<TagBody>>(`${pathOf('many')}/tags?${query}`);
    return { ...answer, rows: answer.status === 200 ? answer.body.results.length : undefined };
  };

  const refusal = {
    message: 'pagination offset too large for anonymous requests; sign in to page further',
    errinfo: {},
  };

  it('refuses anonymous callers by offset, not by page number', async () => {
    assert.equal((await ask('page=10&page_size=100')).rows, 100);
    assert.equal((await ask('page=11&page_size=10')).rows, 10);
    const { status, body } = await ask('page=11&page_size=100');
    assert.deepEqual([status, body], [403, refusal]);
    assert.equal((await ask('page=101&page_size=10')).status, 403);
  });

  it('does not apply to signed-in accounts', async () => {
    assert.equal((await ask('page=11&page_size=100', 'demo')).rows, 50);
    assert.equal((await ask('page=12&page_size=100', 'demo')).status, 404);
  });

  for (const [limit, status] of [
    ['everyone', 403],
    ['everyoneSilently', 404],
  ] as const) {
    describe(`of ${limit}`, () => {
      before(() => {
        tagsLimit = limit;
      });

      after(() => {
        tagsLimit = 'anonymous';
      });

      it(`refuses signed-in accounts too, with ${status}`, async () => {
        assert.equal((await ask('page=10&page_size=100', 'demo')).rows, 100);
        assert.equal((await ask('page=11&page_size=100', 'demo')).status, status);
      });
    });
  }
});

describe("sandbox lists of today's Hub that lag behind everything", () => {
  let now = start;
  const listLag = { manifestsMs: 1_000, tagsMs: 2_000, countMs: 3_000, behind: 'everything' } as const;
  const hub = withSandbox(() => ({ world: createWorld(), now: () => now, routes: 'today', listLag }));

  beforeEach(() => {
    now = start;
    addRepository(hub.world, 'app');
    now = later(60_000); // all of it is listed by then
  });

  const lists = () => new Lists(new TestClient(hub.url, hub.sandbox.tokens.issue('demo')), 'app');

  /** What the lists say of `latest`: its image by each, and how many tags there are. */
  const shown = async () => {
    const { count, results } = await lists().tags();
    const digest = results.find(({ name }) => name === 'latest')?.['digest'];
    const { tags } = await lists().manifest(single);
    return [tags, digest, count];
  };

  it('follow a push and a retag each in its own time, and the count too', async () => {
    const app = hub.world.repository('demo/app');
    app.push({ digest: index, tags: ['latest'], at: now });
    const pushedAt = now.getTime();
    now = new Date(pushedAt + 500);
    app.retag('latest', single, now);
    for (const [afterMs, then] of [
      [500, [['single'], undefined, 2]],
      [1_499, [['single'], undefined, 2]],
      [1_500, [['single', 'latest'], undefined, 2]],
      [2_000, [['single', 'latest'], index, 2]],
      [2_499, [['single', 'latest'], index, 2]],
      [2_500, [['single', 'latest'], single, 2]],
      [3_000, [['single', 'latest'], single, 3]],
    ] as const) {
      now = new Date(pushedAt + afterMs);
      assert.deepEqual(await shown(), then, `${afterMs} ms`);
    }
  });

  it('show either none or all of several changes at the same time', async () => {
    const app = hub.world.repository('demo/app');
    app.push({ digest: index, tags: ['latest'], at: now });
    app.retag('latest', single, now);
    app.removeTag('single');
    assert.deepEqual(await shown(), [['single'], undefined, 2]);
    now = new Date(now.getTime() + 3_000);
    assert.deepEqual(await shown(), [['latest'], single, 2]);
  });

  it('do not hide a retag from a request for the tag itself', async () => {
    const app = hub.world.repository('demo/app');
    app.retag('multi', single, now);
    const client = new TestClient(hub.url, hub.sandbox.tokens.issue('demo'));
    const { body } = await client.request<Fields>(`${pathOf('app')}/tags/multi`);
    assert.equal(body['digest'], single);
  });
});
