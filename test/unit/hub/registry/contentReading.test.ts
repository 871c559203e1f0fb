import assert from 'node:assert/strict';
import type { Digest } from '../../../../src/hub/digest';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { ContentReading } from '../../../../src/hub/registry/contentReading';
import type { ListedManifest } from '../../../../src/hub/registry/listWire';
import type { StoredManifest } from '../../../../src/hub/registry/manifestStore';
import type { RepositoryLists } from '../../../../src/hub/registry/repositoryLists';
import { RepositoryMemory } from '../../../../src/hub/registry/repositoryMemory';
import { Survey } from '../../../../src/hub/registry/survey';
import { contentOf, fakeRegistry, indexEntry, type RegistryContents } from '../../../support/fakeRegistry';
import { digestOf } from '../../../support/images';
import { listedManifest, listsOf, storedManifest, storedPart } from '../../../support/registryLists';
import { rejectsWith } from '../../../support/rejects';

const repository = parseRepositoryRef('demo/app');
const dockerImage = 'application/vnd.docker.distribution.manifest.v2+json';
const dockerIndex = 'application/vnd.docker.distribution.manifest.list.v2+json';
const ociImage = 'application/vnd.oci.image.manifest.v1+json';
const now = new Date('2026-06-01T00:00:00Z');
const pulled = new Date('2026-01-01T00:00:00Z');

const many = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);
const seeds = ['a', 'b', 'c', 'p', 's', 't', 'x', 'y', ...many(250)];
const names = new Map(seeds.map((seed) => [digestOf(seed), seed]));
const named = (digests: Iterable<Digest>) => [...digests].map((digest) => names.get(digest));
const digests = (...of: readonly string[]) => of.map(digestOf);

/** A Docker image, which can be no attachment. */
const image = (seed: string, facts: Partial<ListedManifest> = {}) =>
  listedManifest(seed, { mediaType: dockerImage, ...facts });
const index = (seed: string, facts: Partial<ListedManifest> = {}) =>
  image(seed, { mediaType: dockerIndex, ...facts });
/** A manifest that may be an attachment. */
const possible = (seed: string, facts: Partial<ListedManifest> = {}) =>
  image(seed, { mediaType: ociImage, ...facts });
const indexOf = (...parts: readonly string[]) =>
  contentOf(dockerIndex, { entries: parts.map((seed) => indexEntry(seed)) });
const attachedTo = (seed: string) => contentOf(ociImage, { subject: digestOf(seed) });
const unattached = contentOf(ociImage);

interface World {
  readonly manifests: readonly ListedManifest[];
  readonly lists?: Partial<RepositoryLists>;
  readonly stored?: Readonly<Record<string, StoredManifest>>;
  readonly registry?: RegistryContents;
  readonly remember?: (memory: RepositoryMemory) => void;
}

function readingIn({ manifests, lists = {}, stored = {}, registry = {}, remember }: World) {
  const fake = fakeRegistry(seeds, registry);
  const memory = new RepositoryMemory(
    new Map(Object.entries(stored).map(([seed, manifest]) => [digestOf(seed), manifest])),
  );
  memory.noteShown(manifests.map(({ digest }) => digest));
  remember?.(memory);
  const survey = new Survey({ ...listsOf(manifests, []), ...lists }, memory.answers(new Map()));
  const log: string[] = [];
  const saves: number[] = [];
  const progress: (readonly [number, number])[] = [];
  const reading = new ContentReading(repository, memory, {
    registry: fake.registry,
    now: () => now,
    log: {
      debug: () => undefined,
      info: (message) => log.push(message),
      warn: (message) => log.push(`warning: ${message}`),
    },
    save: () => {
      saves.push(memory.stored.size);
      return Promise.resolve();
    },
  });
  return {
    reading,
    survey,
    memory,
    fake,
    log,
    saves,
    progress,
    plan: (...planned: readonly string[]) => reading.plan(survey, new Set(digests(...planned))),
    read: (signal?: AbortSignal) =>
      reading.read({ signal, onProgress: (done, total) => progress.push([done, total]) }),
    now: () => new Survey(survey.lists, memory.answers(new Map())),
  };
}

/** What a plan needs, and what was requested for it. */
async function readFor(world: World, ...planned: readonly string[]) {
  const all = readingIn(world);
  const isNeeded = all.plan(...planned);
  const { requests: expected } = all.reading;
  await all.read();
  return { ...all, isNeeded, expected, requests: all.fake.requests };
}

describe('a reading of contents', () => {
  it('is not needed where everything is known', async () => {
    const { isNeeded, expected, requests } = await readFor({ manifests: [image('a'), image('b')] }, 'a');
    assert.deepEqual([isNeeded, expected, requests], [false, 0, []]);
    const none = await readFor({ manifests: [image('a'), index('x'), possible('s')] }, 'none');
    assert.deepEqual([none.isNeeded, none.requests], [false, []]);
  });

  it('reads nothing without a plan', async () => {
    const { reading, fake, memory, log } = readingIn({ manifests: [index('x')] });
    await reading.read({});
    assert.deepEqual([reading.requests, fake.requests, memory.mayRead, log], [0, [], false, []]);
  });

  it('is agreed to for whatever comes later', async () => {
    const { memory, log } = await readFor(
      { manifests: [image('a'), index('x')], registry: { contents: { x: indexOf('p') } } },
      'a',
    );
    assert.equal(memory.mayRead, true);
    assert.deepEqual(log, ['demo/app: 1 requests for contents of manifests']);
  });

  it('reports its progress up to the number of requests that was expected', async () => {
    const contents = { x: indexOf('p'), y: indexOf('p') };
    const world = { manifests: [image('a'), index('x'), index('y')], registry: { contents } };
    assert.deepEqual((await readFor(world, 'a')).progress, [
      [0, 2],
      [1, 2],
      [2, 2],
      [2, 2],
    ]);
    const nested = await readFor(
      {
        manifests: [index('x', { tags: ['1'] }), index('y'), image('p')],
        registry: { contents: { x: indexOf('y'), y: indexOf('p') } },
      },
      'x',
    );
    assert.deepEqual(nested.progress, [
      [0, 1],
      [1, 1],
      [2, 2],
      [2, 2],
    ]);
  });

  it('passes the signal on, and needs no one to tell about its progress', async () => {
    const { signal } = new AbortController();
    const contents = { x: indexOf('p'), s: unattached };
    const { reading, survey, fake } = readingIn({
      manifests: [image('a'), index('x'), possible('s'), possible('t')],
      registry: { contents },
    });
    reading.plan(survey, new Set(digests('a')));
    await reading.read({ signal });
    assert.deepEqual([[...fake.signals], fake.requests], [[signal], ['read x', 'referrers a']]);
  });

  it('tells the limit on pulls', () => {
    const pullQuota = { remaining: 7, windowSeconds: 60 };
    assert.equal(readingIn({ manifests: [], registry: { pullQuota } }).reading.quota, pullQuota);
  });
});

describe('indexes that have to be read', () => {
  const contents = { x: indexOf('p'), y: indexOf('p') };

  it('are all, if a planned image without a tag may be part of any', async () => {
    const manifests = [image('a'), index('x'), index('y', { tags: ['1'] })];
    const { expected, requests, now: after } = await readFor({ manifests, registry: { contents } }, 'a');
    assert.deepEqual([expected, requests], [2, ['read x', 'read y']]);
    assert.deepEqual([...after().graph.unread], []);
  });

  it('are only the planned ones, if these have tags', async () => {
    const manifests = [image('a', { tags: ['1'] }), index('x', { tags: ['2'] }), index('y', { tags: ['3'] })];
    assert.deepEqual((await readFor({ manifests, registry: { contents } }, 'a', 'x')).requests, ['read x']);
  });

  it('are only the planned ones, also if it is not known whether these are indexes', async () => {
    const manifests = [listedManifest('a', { tags: ['1'] }), index('x', { tags: ['2'] })];
    const registry = { contents: { ...contents, a: contentOf(dockerImage) } };
    assert.deepEqual((await readFor({ manifests, registry }, 'a')).requests, ['read a']);
  });

  it('are none that were read already', async () => {
    const stored = { x: storedManifest({ mediaType: dockerIndex, parts: [storedPart('p')], subject: null }) };
    const world = { manifests: [image('a'), index('x'), index('y')], stored, registry: { contents } };
    assert.deepEqual((await readFor(world, 'a')).requests, ['read y']);
  });

  it('are also those inside of others', async () => {
    const { requests, now: after } = await readFor(
      {
        manifests: [index('x', { tags: ['1'] }), index('y'), image('p')],
        registry: { contents: { x: indexOf('y'), y: indexOf('p') } },
      },
      'x',
    );
    assert.deepEqual(requests, ['read x', 'read y']);
    assert.deepEqual(named(after().withDependents(digests('x'))), ['x', 'y', 'p']);
  });

  it('are requested once, also if they cannot be read', async () => {
    for (const kind of ['tooLarge', 'protocol'] as const) {
      const {
        requests,
        log,
        now: after,
      } = await readFor({ manifests: [image('a'), index('x')], registry: { contents: { x: kind } } }, 'a');
      assert.deepEqual([requests, named(after().graph.unread)], [['read x'], ['x']]);
      assert.deepEqual(log.slice(1), [`warning: GET /v2/read x ${kind}`]);
    }
  });

  it('may be gone', async () => {
    const { memory, requests, now } = await readFor({ manifests: [image('a'), index('x')] }, 'a');
    assert.deepEqual([requests, memory.stored.size, named(memory.gone)], [['read x', 'head x'], 0, ['x']]);
    assert.deepEqual(named(now().graph.unread), []);
  });
});

describe('planned images that may be attachments', () => {
  it('are read, if they are not more than the manifests that stay', async () => {
    const {
      expected,
      requests,
      now: after,
    } = await readFor(
      { manifests: [possible('s'), image('a')], registry: { contents: { s: attachedTo('a') } } },
      's',
    );
    assert.deepEqual([expected, requests], [1, ['read s']]);
    assert.deepEqual(named(after().parentsOf(digestOf('s'))), ['a']);
  });

  it('are otherwise found by asking about the manifests that stay', async () => {
    const {
      expected,
      requests,
      memory,
      now: after,
    } = await readFor(
      { manifests: [possible('s'), possible('t'), image('a')], registry: { referrers: { a: ['s'] } } },
      's',
      't',
    );
    assert.deepEqual([expected, requests], [1, ['referrers a', 'referrers s']]);
    assert.deepEqual(named(after().parentsOf(digestOf('s'))), ['a']);
    assert.equal(memory.isNoAttachmentByAsking(digestOf('t')), true);
    assert.equal(memory.isNoAttachmentByAsking(digestOf('s')), false);
  });

  it('are read if the registry does not tell', async () => {
    const world: World = {
      manifests: [possible('s'), possible('t'), image('a')],
      registry: { referrers: 'notOffered', contents: { s: attachedTo('a'), t: unattached } },
    };
    const { expected, requests, memory } = await readFor(world, 's', 't');
    assert.deepEqual([expected, requests], [1, ['referrers a', 'read s', 'read t']]);
    assert.deepEqual(
      digests('s', 't').map((digest) => memory.isNoAttachmentByAsking(digest)),
      [false, false],
    );
    const known = await readFor(
      {
        ...world,
        remember: (before) => {
          before.offersReferrers = false;
        },
      },
      's',
      't',
    );
    assert.deepEqual([known.expected, known.requests], [2, ['read s', 'read t']]);
  });

  it('stay in doubt if the registry does not tell, and they cannot be read', async () => {
    const { now: after } = await readFor(
      {
        manifests: [possible('s'), possible('t'), image('a')],
        registry: { referrers: 'notOffered', contents: { s: 'tooLarge', t: unattached } },
      },
      's',
      't',
    );
    assert.deepEqual(
      digests('s', 't').map((digest) => after().mayBeAttachment(digest)),
      [true, false],
    );
  });

  it('need no request if nothing stays that was not asked about', () => {
    const all = readingIn({ manifests: [possible('s')] });
    assert.equal(all.plan('s'), false);
    assert.equal(all.memory.isNoAttachmentByAsking(digestOf('s')), true);
    const asked = readingIn({
      manifests: [possible('s'), image('a')],
      remember: (memory) => memory.noteReferrers(digestOf('a'), []),
    });
    assert.equal(asked.plan('s'), false);
    assert.equal(asked.memory.isNoAttachmentByAsking(digestOf('s')), true);
    const open = readingIn({ manifests: [possible('s'), image('a')] });
    assert.equal(open.plan('s'), true);
    assert.equal(open.memory.isNoAttachmentByAsking(digestOf('s')), false);
    const other = readingIn({ manifests: [possible('s'), image('a')] });
    other.plan('a');
    assert.equal(other.memory.isNoAttachmentByAsking(digestOf('s')), false);
  });

  it('are no indexes, which are read anyway', async () => {
    const manifests = [listedManifest('x', { mediaType: '' }), image('a')];
    const { expected, requests } = await readFor(
      { manifests, registry: { contents: { x: indexOf('p') } } },
      'x',
    );
    assert.deepEqual([expected, requests], [1, ['read x']]);
  });
});

describe('what may be attached to planned images', () => {
  const manifests = [image('a'), possible('s')];

  it('is read, if it is not more than these', async () => {
    const {
      expected,
      requests,
      now: after,
    } = await readFor({ manifests, registry: { contents: { s: attachedTo('a') } } }, 'a');
    assert.deepEqual([expected, requests], [1, ['read s']]);
    assert.deepEqual(named(after().attachmentsOf(digestOf('a'))), ['s']);
  });

  it('is otherwise found by asking about these', async () => {
    const { expected, requests } = await readFor(
      { manifests: [...manifests, possible('t')], registry: { referrers: { a: ['s'] } } },
      'a',
    );
    assert.deepEqual([expected, requests], [1, ['referrers a', 'referrers s']]);
  });

  it('is read if the registry does not tell', async () => {
    const world: World = {
      manifests: [...manifests, possible('t')],
      registry: { referrers: 'notOffered', contents: { s: unattached, t: unattached } },
    };
    const { expected, requests, memory } = await readFor(world, 'a');
    assert.deepEqual([expected, requests], [1, ['referrers a', 'read s', 'read t']]);
    assert.equal(memory.offersReferrers, false);
    const known = await readFor(
      {
        ...world,
        remember: (before) => {
          before.offersReferrers = false;
        },
      },
      'a',
    );
    assert.deepEqual([known.expected, known.requests], [2, ['read s', 'read t']]);
  });

  it('is not read if these were asked about, whether or not the registry still tells', async () => {
    const { expected, requests } = await readFor(
      {
        manifests,
        remember: (memory) => {
          memory.noteReferrers(digestOf('a'), []);
          memory.offersReferrers = false;
        },
      },
      'a',
    );
    assert.deepEqual([expected, requests], [0, []]);
  });

  it('can only be asked for where the lists may not show it', async () => {
    const lists = { areManifestsCut: true };
    const { expected, requests } = await readFor({ manifests, lists }, 'a');
    assert.deepEqual([expected, requests], [1, ['referrers a']]);
    const asked = await readFor(
      { manifests, lists, remember: (memory) => memory.noteReferrers(digestOf('a'), []) },
      'a',
    );
    assert.deepEqual([asked.expected, asked.requests], [0, []]);
    const silent: World = { manifests: [image('a'), index('x'), image('b')], lists };
    const registry: RegistryContents = { referrers: 'notOffered', contents: { x: indexOf('p') } };
    const notOffered = await readFor({ ...silent, registry }, 'a', 'b');
    assert.deepEqual([notOffered.expected, notOffered.requests], [3, ['read x', 'referrers a']]);
    const known = await readFor(
      {
        ...silent,
        registry,
        remember: (memory) => {
          memory.offersReferrers = false;
        },
      },
      'a',
    );
    assert.equal(known.expected, 1);
  });

  it('is counted together with everything else that is needed', () => {
    const all = readingIn({ manifests: [image('a'), possible('s'), index('x'), possible('t'), image('b')] });
    all.plan('a', 's');
    assert.equal(all.reading.requests, 3);
  });
});

describe('contents of manifests', () => {
  const world = (registry: RegistryContents, seedsOf: readonly string[] = ['x']) =>
    readingIn({ manifests: seedsOf.map((seed) => index(seed, { lastPulled: pulled })), registry });

  it('are remembered with the time of the reading, and the last pull before it', async () => {
    const { reading, survey, memory, saves } = world({
      contents: {
        x: contentOf(dockerIndex, {
          entries: [
            indexEntry('p', { platform: 'linux/arm/v6', size: 3 }),
            indexEntry('a', { isAttestation: true }),
            indexEntry('p', { platform: 'linux/arm/v7', size: 3 }),
          ],
          subject: digestOf('s'),
        }),
      },
    });
    await reading.readContents(survey, digests('x'), undefined);
    assert.deepEqual(memory.stored.get(digestOf('x')), {
      mediaType: dockerIndex,
      parts: [
        storedPart('p', { platforms: ['linux/arm/v6', 'linux/arm/v7'], sizeBytes: 3 }),
        storedPart('a', { isAttestation: true }),
      ],
      subject: digestOf('s'),
      ownRead: { at: now, pulledBefore: pulled },
    });
    assert.deepEqual([memory.version, saves], [1, [1]]);
  });

  it('have no subject unless they name one', async () => {
    const { reading, survey, memory } = world({ contents: { x: indexOf() } });
    await reading.readContents(survey, digests('x'), undefined);
    assert.equal(memory.stored.get(digestOf('x'))?.subject, null);
  });

  it('are stored after each hundred requests', async () => {
    const all = many(201);
    const { reading, survey, saves } = world(
      { contents: Object.fromEntries(all.map((seed) => [seed, indexOf()])) },
      all,
    );
    await reading.readContents(survey, digests(...all), undefined);
    assert.deepEqual(saves, [100, 200, 201]);
    await reading.readContents(survey, [], undefined);
    assert.equal(saves.length, 3);
  });

  it('that were read before a failure are stored, and no more are requested', async () => {
    const all = many(250);
    const contents = Object.fromEntries(all.map((seed) => [seed, indexOf()]));
    const { reading, survey, saves, fake } = world({ contents: { ...contents, n150: 'server' } }, all);
    await rejectsWith('server', reading.readContents(survey, digests(...all), undefined));
    assert.equal(saves.length, 2);
    assert.equal(fake.requests.length, 200);
  });
});

describe('questions about attachments', () => {
  it('follow attachments at any depth, each once', async () => {
    const { reading, fake } = readingIn({
      manifests: [],
      registry: { referrers: { a: ['s'], b: ['t'], s: ['x'], x: ['a', 's'] } },
    });
    assert.equal(await reading.askReferrers(digests('a', 'b'), undefined), true);
    assert.deepEqual(fake.requests, [
      'referrers a',
      'referrers b',
      'referrers s',
      'referrers t',
      'referrers x',
    ]);
  });

  it('end with the first if the registry does not offer it', async () => {
    const { reading, fake, memory } = readingIn({ manifests: [], registry: { referrers: 'notOffered' } });
    let asked = 0;
    assert.equal(await reading.askReferrers(digests('a', 'b'), undefined, () => (asked += 1)), false);
    assert.deepEqual([fake.requests, asked], [['referrers a'], 0]);
    assert.deepEqual([memory.offersReferrers, memory.wasAsked(digestOf('a'))], [false, false]);
    fake.contents = {};
    await reading.askReferrers(digests('a', 'b'), undefined, () => (asked += 1));
    assert.deepEqual([memory.offersReferrers, memory.wasAsked(digestOf('a')), asked], [true, true, 2]);
  });

  it('are none without a manifest', async () => {
    const { reading, fake } = readingIn({ manifests: [] });
    assert.equal(await reading.askReferrers([], undefined), true);
    assert.deepEqual(fake.requests, []);
  });
});
