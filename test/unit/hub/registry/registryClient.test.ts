import assert from 'node:assert/strict';
import type { DeletionRight } from '../../../../src/hub/deletionRight';
import { parseBaseUrl } from '../../../../src/hub/http/baseUrl';
import { parseRepositoryRef, type RepositoryRef } from '../../../../src/hub/names';
import { RegistryClient } from '../../../../src/hub/registry/registryClient';
import type { Credentials } from '../../../../src/hub/session/credentials';
import { type FakeAnswer, fakeFetch, type FakeRequest } from '../../../support/fakeFetch';
import { digestOf } from '../../../support/images';
import { rejectsWith } from '../../../support/rejects';

const app = parseRepositoryRef('demo/app');
const image = digestOf('image');
const imagePath = `/v2/demo/app/manifests/${image}`;
const oci = 'application/vnd.oci.image.manifest.v1+json';
const index = 'application/vnd.oci.image.index.v1+json';
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const clients = new Set<RegistryClient>();

afterEach(() => {
  clients.forEach((client) => {
    client.dispose();
  });
  clients.clear();
});

interface Given {
  readonly credentials?: Credentials | undefined;
  readonly actions?: readonly string[];
  /** The repository that the token is for. */
  readonly name?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
}

/** A registry that gives these answers one after the other, and the last one to all further requests. */
function setUp(answers: readonly (FakeAnswer | Error)[], given: Given = {}) {
  const { actions = ['pull', 'push', 'delete'], parameters = {} } = given;
  let issued = 0;
  let asked = 0;
  const answer = ({ url }: FakeRequest): FakeAnswer => {
    if (url.origin === 'https://auth.example') {
      issued += 1;
      const name = given.name ?? /^repository:(.*):/.exec(url.searchParams.get('scope') ?? '')?.[1];
      const access = [{ type: 'repository', name, actions, parameters }];
      return { body: { token: `${encode({})}.${encode({ access })}.${issued}`, expires_in: 300 } };
    }
    const next = answers[Math.min(asked++, answers.length - 1)] ?? {};
    if (next instanceof Error) {
      throw next;
    }
    return next;
  };
  const server = fakeFetch(answer);
  const credentials =
    'credentials' in given ? given.credentials : { username: 'demo', password: 'dckr_pat_secret' };
  const client = new RegistryClient({
    baseUrl: parseBaseUrl('https://registry.example'),
    realm: new URL('https://auth.example/token'),
    service: 'registry.example',
    credentials: () => Promise.resolve(credentials),
    timeoutMs: () => 5_000,
    maxConcurrentRequests: () => 8,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined },
    delay: () => Promise.resolve(),
    fetch: server.fetch,
  });
  clients.add(client);
  const requests = () => server.requests.filter(({ url }) => url.origin === 'https://registry.example');
  const lines = () => requests().map(({ method, url }) => `${method} ${url.pathname}${url.search}`);
  /** The numbers of the tokens that the requests were sent with. */
  const tokens = () => requests().map(({ headers }) => Number(headers['authorization']?.split('.').at(-1)));
  return { client, requests, lines, tokens, tokenRequests: () => issued };
}

const head = (digest: string = image, mediaType = oci): FakeAnswer => ({
  headers: { 'docker-content-digest': digest, 'content-type': mediaType },
});
const failure = (status: number, code?: string, message?: string): FakeAnswer => ({
  status,
  body: { errors: [{ ...(code !== undefined && { code }), ...(message !== undefined && { message }) }] },
});
const missing = (contentType: string, version = 'registry/2.0') => ({
  status: 404,
  headers: { 'content-type': contentType, 'docker-distribution-api-version': version },
});

describe('a manifest whose headers are read', () => {
  it('has the digest, the media type and the kind that the registry reports', async () => {
    const { client, requests, lines } = setUp([head(image, `${index}; charset=utf-8`)]);
    const found = await client.head(app, 'v1.0');
    assert.deepEqual(found, { digest: image, mediaType: `${index}; charset=utf-8`, kind: 'index' });
    assert.deepEqual(lines(), ['HEAD /v2/demo/app/manifests/v1.0']);
    const { headers } = requests()[0] ?? assert.fail();
    assert.match(headers['authorization'] ?? '', /^Bearer /);
    assert.equal(
      headers['accept'],
      [
        index,
        'application/vnd.docker.distribution.manifest.list.v2+json',
        oci,
        'application/vnd.docker.distribution.manifest.v2+json',
        '*/*;q=0.1',
      ].join(', '),
    );
  });

  it('may have no media type', async () => {
    const { client } = setUp([{ headers: { 'docker-content-digest': image } }]);
    assert.deepEqual(await client.head(app, 'v1'), { digest: image, mediaType: '', kind: 'unknown' });
  });

  it('is asked for by its digest, with a colon as it is', async () => {
    const { client, lines } = setUp([head()]);
    assert.equal((await client.head(app, image))?.digest, image);
    assert.deepEqual(lines(), [`HEAD ${imagePath}`]);
  });

  it('is not taken for another one', async () => {
    const { client } = setUp([head(digestOf('other'))]);
    const error = await rejectsWith('protocol', client.head(app, image));
    assert.equal(error.reason, 'docker-content-digest: of another manifest');
    assert.equal((await client.head(app, 'v1'))?.digest, digestOf('other'));
  });

  it('must have a digest', async () => {
    for (const answer of [{}, head('latest'), head('')]) {
      const error = await rejectsWith('protocol', setUp([answer]).client.head(app, 'v1'));
      assert.equal(error.reason, 'docker-content-digest: expected a digest');
    }
  });

  it('is missing only if the registry itself says so', async () => {
    for (const type of ['application/json', 'Application/JSON; charset=utf-8']) {
      assert.equal(await setUp([missing(type)]).client.head(app, image), undefined);
    }
    for (const answer of [
      missing('text/plain'),
      missing('text/application/json'),
      { status: 404 },
      { status: 404, headers: { 'content-type': 'application/json' } },
      { status: 404, headers: { 'docker-distribution-api-version': 'registry/2.0' } },
    ]) {
      const error = await rejectsWith('gone', setUp([answer]).client.head(app, image));
      assert.deepEqual([error.method, error.path, error.status], ['HEAD', imagePath, 404]);
    }
  });

  it('can be aborted', async () => {
    const { client, lines } = setUp([head()]);
    await rejectsWith('cancelled', client.head(app, image, AbortSignal.abort()));
    assert.deepEqual(lines(), []);
  });
});

describe('a request that a registry refuses with a 401', () => {
  it('is sent once more with a new token', async () => {
    const { client, tokens } = setUp([{ status: 401 }, head()]);
    assert.equal((await client.head(app, image))?.digest, image);
    assert.deepEqual(tokens(), [1, 2]);
  });

  it('fails the second time', async () => {
    const { client, tokens } = setUp([{ status: 401 }]);
    await rejectsWith('unauthenticated', client.head(app, image));
    assert.deepEqual(tokens(), [1, 2]);
  });

  it('is the only one that needs a new token', async () => {
    const { client, tokens } = setUp([{ status: 403 }]);
    await rejectsWith('forbidden', client.head(app, image));
    await rejectsWith('forbidden', client.head(app, image));
    assert.deepEqual(tokens(), [1, 1]);
  });
});

describe('a manifest that is read', () => {
  const read = (answer: FakeAnswer) => setUp([answer]).client.readManifest(app, image);

  it('has the parts of an index, with their platforms', async () => {
    const { client, lines } = setUp([
      {
        headers: { 'content-type': index },
        body: {
          mediaType: 'other',
          manifests: [
            {
              digest: digestOf('arm'),
              size: 7,
              platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
            },
            { digest: digestOf('amd'), size: null, platform: { os: 'linux', architecture: 'amd64' } },
            { digest: digestOf('none') },
            { digest: digestOf('proof'), platform: { os: 'unknown', architecture: 'unknown' } },
            { digest: digestOf('half'), platform: { os: 'unknown', architecture: 'amd64' } },
            { digest: digestOf('other half'), platform: { os: 'linux', architecture: 'unknown' } },
          ],
        },
      },
    ]);
    const entry = (seed: string, platform?: string, isAttestation = false, size?: number) => ({
      digest: digestOf(seed),
      size,
      platform,
      isAttestation,
    });
    assert.deepEqual(await client.readManifest(app, image), {
      mediaType: index,
      entries: [
        entry('arm', 'linux/arm64/v8', false, 7),
        entry('amd', 'linux/amd64'),
        entry('none'),
        entry('proof', 'unknown/unknown', true),
        entry('half', 'unknown/amd64'),
        entry('other half', 'linux/unknown'),
      ],
      subject: undefined,
    });
    assert.deepEqual(lines(), [`GET ${imagePath}`]);
  });

  it('may have a subject', async () => {
    const headers = { 'content-type': oci };
    const subject = { digest: digestOf('subject') };
    assert.deepEqual(await read({ headers, body: { subject, config: {} } }), {
      mediaType: oci,
      entries: [],
      subject: subject.digest,
    });
    assert.equal((await read({ headers, body: { subject: null, manifests: null } }))?.subject, undefined);
  });

  it('says its media type in its content where the header does not', async () => {
    assert.equal((await read({ body: { mediaType: oci } }))?.mediaType, oci);
    assert.equal((await read({ body: {} }))?.mediaType, '');
  });

  it('is no index without a list of parts', async () => {
    const error = await rejectsWith('protocol', read({ headers: { 'content-type': index }, body: {} }));
    assert.equal(error.reason, 'manifests: missing');
    const empty = await read({ headers: { 'content-type': index }, body: { manifests: [] } });
    assert.deepEqual(empty?.entries, []);
  });

  for (const type of [index, 'application/vnd.docker.distribution.manifest.list.v2+json'])
    it(`may be an index whose list of parts is null, as Go writes an empty one (row 16): ${type}`, async () => {
      const found = await read({ headers: { 'content-type': type }, body: { manifests: null } });
      assert.deepEqual(found, { mediaType: type, entries: [], subject: undefined });
    });

  it('may be gone', async () => {
    assert.equal(await read(failure(404, 'MANIFEST_UNKNOWN')), undefined);
    await rejectsWith('forbidden', read(failure(403)));
  });
});

describe('the referrers of a manifest', () => {
  const digests = (...seeds: readonly string[]) => ({
    manifests: seeds.map((seed) => ({ digest: digestOf(seed) })),
  });
  const next = (target: string, rel = 'rel="next"') => ({ link: `<${target}>; ${rel}` });

  it('are those that the registry lists', async () => {
    const { client, lines } = setUp([{ body: digests('s1', 's2', 's1') }]);
    assert.deepEqual(await client.referrers(app, image), [digestOf('s1'), digestOf('s2')]);
    assert.deepEqual(lines(), [`GET /v2/demo/app/referrers/${image}`]);
    assert.deepEqual(await setUp([{ body: { manifests: null } }]).client.referrers(app, image), []);
  });

  it('are those of all pages, each of which is requested from this registry', async () => {
    const path = `/v2/demo/app/referrers/${image}`;
    const { client, lines } = setUp([
      { body: digests('s1'), headers: next('https://elsewhere.example/v2/x?n=1&last=a%20b') },
      { body: digests('s2'), headers: next('/v2/x?page=3', 'rel=next') },
      { body: digests('s3'), headers: { link: '</v2/x?page=1> ;rel="prev", </v2/x?page=4>  ;rel="next"' } },
      { body: digests('s4'), headers: next('/v2/x?page=1', 'rel="prev"') },
    ]);
    assert.deepEqual(await client.referrers(app, image), ['s1', 's2', 's3', 's4'].map(digestOf));
    assert.deepEqual(
      lines(),
      ['', '?n=1&last=a+b', '?page=3', '?page=4'].map((query) => `GET ${path}${query}`),
    );
  });

  it('end where a link has no query', async () => {
    const { client, lines } = setUp([{ body: digests('s1'), headers: next('/v2/x') }]);
    assert.deepEqual(await client.referrers(app, image), [digestOf('s1')]);
    assert.equal(lines().length, 1);
  });

  it('are not known if the pages lead in a circle', async () => {
    const { client, lines } = setUp([{ body: digests('s1'), headers: next('/v2/x?last=s1') }]);
    const error = await rejectsWith('protocol', client.referrers(app, image));
    assert.equal(error.reason, 'link: leads in a circle');
    assert.equal(lines().length, 2);
  });

  it('are not offered by a registry without this route', async () => {
    for (const status of [404, 405]) {
      assert.equal(await setUp([{ status }]).client.referrers(app, image), undefined);
    }
    await rejectsWith('forbidden', setUp([{ status: 403 }]).client.referrers(app, image));
    await rejectsWith('protocol', setUp([{ body: {} }]).client.referrers(app, image));
  });
});

describe('the tags of a registry', () => {
  const page = (tags: readonly string[] | null, link?: string) => ({
    body: { tags },
    ...(link !== undefined && { headers: { link } }),
  });
  const next = '</v2/demo/app/tags/list?last=x&n=1>; rel="next"';

  it('are those of all pages, each after the last tag of the one before', async () => {
    const { client, lines } = setUp([
      page(['a', '0', 'b'], next),
      page(['b', 'c'], next.replaceAll('"', '')),
      page(['d']),
    ]);
    assert.deepEqual(await client.listTags(app), ['a', '0', 'b', 'c', 'd']);
    assert.deepEqual(
      lines(),
      ['', '&last=b', '&last=c'].map((last) => `GET /v2/demo/app/tags/list?n=1000${last}`),
    );
  });

  it('may be none', async () => {
    for (const none of [page(null), page([]), page([], '</v2/x>; rel="prev"')]) {
      assert.deepEqual(await setUp([none]).client.listTags(app), []);
    }
  });

  it('are not known if the pages lead in a circle, or to a page without a tag', async () => {
    for (const pages of [[page(['a'], next)], [page([], next)], [page(['a', 'b'], next), page([], next)]]) {
      const { client, lines } = setUp(pages);
      const error = await rejectsWith('protocol', client.listTags(app));
      assert.equal(error.reason, 'link: leads in a circle');
      assert.ok(lines().length <= 2);
    }
  });
});

describe('whether an account may delete', () => {
  it('is what its token grants', async () => {
    for (const [actions, mayDelete] of [
      [['pull', 'push', 'delete'], true],
      [['*'], true],
      [['pull', 'push'], false],
      [[], false],
    ] as const) {
      const { client, lines } = setUp([], { actions });
      assert.equal(await client.mayDelete(app), mayDelete);
      assert.deepEqual(lines(), [], 'the registry itself is not asked');
    }
  });

  it('is no if the token is for anonymous access', async () => {
    const { client } = setUp([], { parameters: { pull_limit: '100' } });
    assert.equal(await client.mayDelete(app), false);
  });

  it('cannot be said without credentials', async () => {
    const { client, tokenRequests } = setUp([], { credentials: undefined });
    const error = await rejectsWith('accessTokenNeeded', client.mayDelete(app));
    assert.deepEqual([error.method, error.path], ['GET', '/token']);
    assert.equal(tokenRequests(), 0);
  });
});

describe('the right to delete', () => {
  const organization = { username: 'demo', password: 'dckr_oat_secret' };
  const member = { username: 'ada', password: 'dckr_pat_secret' };
  for (const [title, given, right] of [
    ['is granted by a token that may delete', {}, 'granted'],
    ['is what the token of an owner lacks if it only reads', { actions: ['pull'] }, 'readOnlyToken'],
    ['is what the token of an owner lacks', { actions: ['pull', 'push'] }, 'tokenWithoutDelete'],
    [
      'is what the token of an organization lacks',
      { actions: ['pull'], credentials: organization },
      'organizationToken',
    ],
    ['may be what a member lacks', { actions: ['pull'], credentials: member }, 'notGranted'],
    ['is not known of an anonymous token', { actions: ['pull'], parameters: { pull_limit: '1' } }, 'unknown'],
    ['needs an access token', { credentials: undefined }, 'accessTokenNeeded'],
  ] as const satisfies readonly (readonly [string, Given, DeletionRight])[]) {
    it(title, async () => {
      assert.equal(await setUp([], given).client.deletionRight(app), right);
    });
  }

  it('is not known if the token does not name the repository', async () => {
    const { client } = setUp([], { name: 'demo/other', actions: ['pull'] });
    assert.equal(await client.deletionRight(app), 'unknown');
  });

  it('costs nothing but the token that the dry run needs as well', async () => {
    const { client, lines, tokenRequests } = setUp([]);
    await client.deletionRight(app);
    await client.mayDelete(app);
    assert.equal(tokenRequests(), 1);
    assert.deepEqual(lines(), []);
  });
});

describe('a manifest that is deleted', () => {
  const remove = (answer: FakeAnswer | Error) => setUp([answer]).client.deleteManifest(app, image);

  it('is one request', async () => {
    const { client, lines } = setUp([{ status: 202 }]);
    assert.deepEqual(await client.deleteManifest(app, image), { kind: 'deleted' });
    assert.deepEqual(lines(), [`DELETE ${imagePath}`]);
  });

  for (const [title, answer, expected] of [
    [
      'is gone if the registry says so',
      failure(404, 'MANIFEST_UNKNOWN', 'unknown'),
      { kind: 'gone', reason: 'unknown' },
    ],
    [
      'is not known to be gone by another 404',
      failure(404, 'NAME_UNKNOWN', 'no'),
      { kind: 'unconfirmed', reason: 'no' },
    ],
    [
      'is needed if the registry says that it is referenced',
      failure(403, 'DENIED', 'Manifest is Referenced by an index'),
      { kind: 'stillReferenced', reason: 'Manifest is Referenced by an index' },
    ],
    [
      'is denied by any other 403',
      failure(403, 'DENIED', 'your role'),
      { kind: 'denied', reason: 'your role' },
    ],
    [
      'cannot be deleted by this method',
      failure(405, 'UNSUPPORTED', 'off'),
      { kind: 'unsupported', reason: 'off' },
    ],
    [
      'cannot be deleted without the route',
      { status: 404, body: { message: '404: page not found' } },
      { kind: 'unsupported', reason: '404: page not found' },
    ],
    [
      'may be deleted after a 500',
      failure(500, 'UNKNOWN', 'broken'),
      { kind: 'unconfirmed', reason: 'broken' },
    ],
    ['may be deleted without an answer', new Error('reset'), { kind: 'unconfirmed' }],
  ] as const) {
    it(`${title}, and the request is not repeated`, async () => {
      const { client, lines } = setUp([answer]);
      assert.deepEqual(await client.deleteManifest(app, image), expected);
      assert.equal(lines().length, 1);
    });
  }

  it('is not if the account is refused, and the next request has a new token', async () => {
    const { client, tokens } = setUp([{ status: 401 }, { status: 202 }]);
    await rejectsWith('unauthenticated', client.deleteManifest(app, image));
    await client.deleteManifest(app, image);
    assert.deepEqual(tokens(), [1, 2]);
  });

  it('is not if there were too many requests', async () => {
    await rejectsWith('rateLimited', remove({ status: 429 }));
  });

  it('is not if the request was not sent', async () => {
    const { client, lines } = setUp([{ status: 202 }]);
    const error = await rejectsWith('cancelled', client.deleteManifest(app, image, AbortSignal.abort()));
    assert.ok(error.neverSent);
    assert.deepEqual(lines(), []);
  });
});

describe('the limit on pulls of a registry', () => {
  const limited = (value: string): FakeAnswer => ({
    status: 202,
    headers: { 'ratelimit-remaining': value },
  });

  it('is what its last answer with a limit reported', async () => {
    const { client } = setUp([
      limited('20;w=21600'),
      { status: 202 },
      limited('many'),
      limited('7'),
      limited('x9'),
      limited('8;w=1x'),
      limited('150;w=60'),
    ]);
    assert.equal(client.pullQuota, undefined);
    const seen: unknown[] = [];
    for (let request = 0; request < 7; request++) {
      await client.deleteManifest(app, image);
      seen.push(client.pullQuota);
    }
    const first = { remaining: 20, windowSeconds: 21_600 };
    const second = { remaining: 7, windowSeconds: undefined };
    assert.deepEqual(seen, [
      first,
      first,
      first,
      second,
      second,
      second,
      { remaining: 150, windowSeconds: 60 },
    ]);
  });

  it('is reported by every kind of answer, also by the one after a 401', async () => {
    const { client } = setUp([
      { status: 401 },
      { ...head(), headers: { ...head().headers, ...limited('3').headers } },
    ]);
    await client.head(app, image);
    assert.equal(client.pullQuota?.remaining, 3);
    const other = setUp([{ body: { manifests: [] }, headers: limited('4').headers ?? {} }]);
    await other.client.referrers(app, image);
    assert.equal(other.client.pullQuota?.remaining, 4);
  });
});

describe('several repositories of a registry', () => {
  const others: readonly RepositoryRef[] = ['demo/app', 'demo/other', 'demo/app'].map(parseRepositoryRef);

  it('have a token each', async () => {
    const { client, tokens } = setUp([head()]);
    for (const repository of others) {
      await client.head(repository, image);
    }
    assert.deepEqual(tokens(), [1, 2, 1]);
  });

  it('get no request any more after the client was disposed', async () => {
    const { client, lines } = setUp([head()]);
    for (const repository of others) {
      await client.head(repository, image);
    }
    client.dispose();
    for (const repository of others) {
      await rejectsWith('cancelled', client.head(repository, image));
    }
    assert.equal(lines().length, 3);
  });
});
