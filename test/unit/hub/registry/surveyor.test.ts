import assert from 'node:assert/strict';
import type { Digest } from '../../../../src/hub/digest';
import { IncompleteInventoryError } from '../../../../src/hub/listing/inventory';
import { parseRepositoryRef } from '../../../../src/hub/names';
import type { StoredManifest } from '../../../../src/hub/registry/manifestStore';
import type { ReadListsOptions } from '../../../../src/hub/registry/repositoryLists';
import type { Survey } from '../../../../src/hub/registry/survey';
import { checkComplete, Surveyor } from '../../../../src/hub/registry/surveyor';
import {
  contentOf,
  fakeRegistry,
  headOf,
  indexEntry,
  type RegistryContents,
} from '../../../support/fakeRegistry';
import { digestOf } from '../../../support/images';
import { type ListAnswers, listServer, tagPage } from '../../../support/listServer';
import {
  listedManifest,
  listedTag,
  storedManifest,
  type SurveyFacts,
  surveyOf,
} from '../../../support/registryLists';
import { rejectsWith } from '../../../support/rejects';

const repository = parseRepositoryRef('demo/app');
const dockerImage = 'application/vnd.docker.distribution.manifest.v2+json';
const dockerIndex = 'application/vnd.docker.distribution.manifest.list.v2+json';
const ociImage = 'application/vnd.oci.image.manifest.v1+json';
const now = new Date('2026-06-01T00:00:00Z');
const pushed = '2026-01-02T03:04:05Z';

const seeds = ['a', 'b', 'c', 'p', 's', 'x', 'y', ...Array.from({ length: 102 }, (_, index) => `n${index}`)];
const names = new Map(seeds.map((seed) => [digestOf(seed), seed]));
const nameOf = (digest: Digest | undefined) =>
  digest === undefined ? undefined : (names.get(digest) ?? digest);
const named = (digests: Iterable<Digest>) => [...digests].map(nameOf);
const [a, s] = [digestOf('a'), digestOf('s')];
const plan = (...planned: readonly string[]) => new Set(planned.map(digestOf));

/** An entry of the list of manifests, as the server writes it. */
const manifest = (seed: string, facts: object = {}) => ({
  manifest_digest: digestOf(seed),
  media_type: dockerImage,
  ...facts,
});
const manifests =
  (...entries: readonly object[]) =>
  () => ({ manifests: entries });
/** An entry of the list of tags, as the server writes it. */
const tagAt = (name: string, seed: string, facts: object = {}) => ({
  name,
  digest: digestOf(seed),
  media_type: dockerImage,
  ...facts,
});
const tags =
  (...entries: readonly (string | object)[]) =>
  () =>
    tagPage(entries);

interface World {
  readonly lists?: ListAnswers;
  readonly registry?: RegistryContents;
  readonly stored?: ReadonlyMap<Digest, StoredManifest>;
  readonly mayReadManifests?: boolean;
  readonly canStore?: boolean;
}

function surveyorIn({
  lists = {},
  registry = {},
  stored = new Map(),
  mayReadManifests = true,
  canStore = true,
}: World) {
  const fake = fakeRegistry(seeds, registry);
  const server = listServer(lists);
  const written: string[][] = [];
  const warnings: string[] = [];
  let reads = 0;
  const surveyor = new Surveyor({
    http: server.http,
    registry: fake.registry,
    mayReadManifests: () => mayReadManifests,
    manifestStore: {
      read: () => {
        reads += 1;
        return Promise.resolve(stored);
      },
      write: (_repository, all) => {
        written.push(named(all.keys()).map(String));
        return canStore ? Promise.resolve() : Promise.reject(new Error('disk full'));
      },
    },
    now: () => now,
    log: { debug: () => undefined, info: () => undefined, warn: (message) => warnings.push(message) },
  });
  return {
    surveyor,
    fake,
    server,
    written,
    warnings,
    storeReads: () => reads,
    survey: (options: ReadListsOptions = {}) => surveyor.survey(repository, options),
    memory: () => surveyor.memoryOf(repository),
    complete: async (survey: Survey, ...planned: readonly string[]) =>
      surveyor.complete(repository, survey, plan(...planned), undefined),
  };
}

/** Tags of the lists of a survey, with the images that they point at. */
const tagsIn = ({ lists }: Survey) =>
  Object.fromEntries(lists.tags.map(({ name, digest }) => [name, nameOf(digest)]));
const askedIn = ({ answers }: Survey) =>
  Object.fromEntries([...answers.askedTags].map(([name, digest]) => [name, digest && nameOf(digest)]));

describe('what is remembered of repositories', () => {
  it('is read from the store once for each', async () => {
    const { surveyor, storeReads } = surveyorIn({ stored: new Map([[a, storedManifest()]]) });
    const memory = await surveyor.memoryOf(repository);
    assert.equal(await surveyor.memoryOf(parseRepositoryRef('demo/app')), memory);
    assert.deepEqual(named(memory.stored.keys()), ['a']);
    assert.equal(storeReads(), 1);
    assert.notEqual(await surveyor.memoryOf(parseRepositoryRef('demo/other')), memory);
  });
});

describe('a reading of a repository', () => {
  it('asks the registry nothing where the lists agree', async () => {
    const { survey, fake } = surveyorIn({
      lists: {
        manifests: manifests(manifest('a', { tags: ['1'] }), manifest('b')),
        tags: tags(tagAt('1', 'a')),
      },
    });
    const read = await survey();
    assert.deepEqual(named(read.digests), ['a', 'b']);
    assert.deepEqual([tagsIn(read), fake.requests], [{ 1: 'a' }, []]);
  });

  it('can be aborted, and reports its progress', async () => {
    const { signal } = new AbortController();
    const done: number[] = [];
    const { survey, server, fake } = surveyorIn({
      lists: { manifests: manifests(manifest('a')), tags: tags('1') },
    });
    await survey({ signal, onProgress: (entries) => done.push(entries) });
    assert.deepEqual([[...server.signals], [...fake.signals], done.at(-1)], [[signal], [signal], 2]);
  });

  it('remembers which manifests the list has shown', async () => {
    const { survey, memory } = surveyorIn({ lists: { manifests: manifests(manifest('a')) } });
    await survey();
    const { wasShown } = (await memory()).answers(new Map());
    assert.deepEqual([a, s].map(wasShown), [true, false]);
    const without = surveyorIn({ lists: { tags: tags(tagAt('1', 'a')) } });
    await without.survey();
    assert.equal((await without.memory()).wasShown(a), false);
  });

  it('forgets what is stored about manifests that are gone, if the list is complete', async () => {
    const stored = new Map([a, s].map((digest) => [digest, storedManifest({ mediaType: dockerImage })]));
    const after = async (lists: ListAnswers) => {
      const { survey, memory, written } = surveyorIn({ lists, stored });
      await survey();
      return [named((await memory()).stored.keys()), written];
    };
    assert.deepEqual(await after({ manifests: manifests(manifest('a')) }), [['a'], [['a']]]);
    assert.deepEqual(await after({ manifests: manifests(manifest('a'), manifest('s')) }), [['a', 's'], []]);
    const cut = { manifests: () => ({ manifests: [manifest('a')], last_evaluated_key: 'same' }) };
    assert.deepEqual(await after(cut), [['a', 's'], []]);
    assert.deepEqual(await after({ tags: tags(tagAt('1', 'a')) }), [['a', 's'], []]);
  });

  it('goes on where nothing can be stored, and logs it', async () => {
    const { survey, warnings } = surveyorIn({
      lists: { manifests: manifests(manifest('a')) },
      stored: new Map([[s, storedManifest()]]),
      canStore: false,
    });
    assert.deepEqual(named((await survey()).digests), ['a']);
    assert.deepEqual(warnings, ['Manifests read from the registry could not be stored: Error: disk full']);
  });
});

describe('deleted images that lists still show', () => {
  const lists = {
    manifests: manifests(manifest('a'), manifest('b'), manifest('c')),
    tags: tags(tagAt('1', 'a'), tagAt('2', 'b'), 'none'),
  };
  const heads = { b: headOf('b', dockerImage), 1: headOf('a', dockerImage), 2: headOf('b', dockerImage) };

  it('are asked about, and left out if the registry no longer has them', async () => {
    const { survey, memory, fake } = surveyorIn({ lists, registry: { heads } });
    const { gone, requested } = await memory();
    gone.add(a);
    requested.add(digestOf('c'));
    requested.add(digestOf('x'));
    const read = await survey();
    assert.deepEqual(named(read.digests), ['b']);
    assert.deepEqual(
      fake.requested('head').filter((name) => seeds.includes(name)),
      ['a', 'c'],
    );
    assert.deepEqual(
      [named(gone), named(requested)],
      [
        ['a', 'c'],
        ['c', 'x'],
      ],
    );
  });

  it('are listed again if the registry has them', async () => {
    const { survey, memory } = surveyorIn({
      lists,
      registry: { heads: { ...heads, a: headOf('a', dockerImage) } },
    });
    const { gone, requested } = await memory();
    gone.add(a);
    requested.add(digestOf('b'));
    assert.deepEqual(named((await survey()).digests), ['a', 'b', 'c']);
    assert.deepEqual([named(gone), named(requested)], [[], []]);
  });

  it('are asked about before the tags, without a list of manifests too', async () => {
    const { survey, memory } = surveyorIn({ lists: { tags: lists.tags }, registry: { heads } });
    (await memory()).requested.add(a);
    assert.deepEqual(tagsIn(await survey()), { 2: 'b' });
  });

  it('make the reading fail if the registry does not answer', async () => {
    const { survey, memory } = surveyorIn({ lists, registry: { heads: { ...heads, a: 'forbidden' } } });
    (await memory()).requested.add(a);
    await rejectsWith('forbidden', survey());
  });
});

describe('a tag on which the lists do not agree', () => {
  const read = async (entries: readonly object[], tag: object, heads: RegistryContents['heads'] = {}) => {
    const { survey, fake } = surveyorIn({
      lists: { manifests: manifests(...entries), tags: tags(tag) },
      registry: { heads },
    });
    const result = await survey();
    const { disputed } = result.claims;
    return {
      tags: tagsIn(result),
      asked: askedIn(result),
      disputed: [...disputed.keys()],
      requests: fake.requests,
      tag: result.lists.tags[0],
    };
  };
  const atA = headOf('a', dockerImage);

  it('is one that the list of manifests lacks or that points elsewhere', async () => {
    const lacking = await read([manifest('a')], tagAt('1', 'a'), { 1: atA });
    assert.deepEqual([lacking.requests, lacking.asked], [['head 1'], { 1: 'a' }]);
    assert.deepEqual([lacking.tags, lacking.disputed], [{ 1: 'a' }, []]);
    const moved = await read([manifest('a', { tags: ['1'] }), manifest('b')], tagAt('1', 'b'), { 1: atA });
    assert.deepEqual([moved.requests, moved.asked], [['head 1'], { 1: 'a' }]);
    assert.deepEqual([moved.tags, moved.disputed], [{ 1: 'b' }, ['1']]);
  });

  it('is none without a digest in the list of tags, if the list of manifests has it', async () => {
    const { requests, tags: listed } = await read([manifest('a', { tags: ['1'] })], { name: '1' });
    assert.deepEqual([requests, listed], [[], { 1: undefined }]);
  });

  it('points where the registry says, if the list of tags does not tell', async () => {
    const { tags: listed, asked } = await read([manifest('a')], { name: '1' }, { 1: atA });
    assert.deepEqual([listed, asked], [{ 1: 'a' }, { 1: 'a' }]);
  });

  it('points where the registry says, if the image of the list is gone', async () => {
    const heads = { 1: atA };
    const { tags: listed, requests, disputed } = await read([manifest('a')], tagAt('1', 'b'), heads);
    assert.deepEqual([listed, disputed], [{ 1: 'a' }, []]);
    assert.deepEqual(requests, ['head 1', 'head b']);
    const there = await read([manifest('a')], tagAt('1', 'b'), { ...heads, b: headOf('b', dockerImage) });
    assert.deepEqual([there.tags, there.disputed], [{ 1: 'b' }, ['1']]);
    const silent = await read([manifest('a')], tagAt('1', 'b'), { ...heads, b: 'forbidden' });
    assert.deepEqual([silent.tags, silent.disputed], [{ 1: 'b' }, ['1']]);
  });

  it('is dropped if the registry does not have it, and the list of manifests neither', async () => {
    const lacking = await read([manifest('a')], tagAt('1', 'a'));
    assert.deepEqual([lacking.tags, lacking.asked], [{}, { 1: null }]);
    const elsewhere = await read([manifest('a', { tags: ['1'] }), manifest('b')], tagAt('1', 'b'));
    assert.deepEqual([elsewhere.tags, elsewhere.disputed], [{ 1: 'b' }, ['1']]);
    assert.deepEqual((await read([manifest('a')], { name: '1' })).tags, {});
    assert.deepEqual((await read([manifest('a', { tags: ['1'] })], tagAt('1', 'b'))).tags, {});
  });

  it('stays as it is listed where the registry does not answer', async () => {
    for (const kind of ['unauthenticated', 'forbidden', 'protocol', 'gone'] as const) {
      const { tags: listed, asked } = await read([manifest('a')], tagAt('1', 'a'), { 1: kind });
      assert.deepEqual([listed, asked], [{ 1: 'a' }, {}], kind);
    }
    await rejectsWith('server', read([manifest('a')], tagAt('1', 'a'), { 1: 'server' }));
  });

  it('is not asked about among more than five thousand', async () => {
    const requests = async (count: number) => {
      const names = Array.from({ length: count }, (_, index) => `${index}`);
      const { survey, fake } = surveyorIn({
        lists: { manifests: manifests(manifest('a')), tags: (page) => tagPage(page === 1 ? names : []) },
      });
      const { lists } = await survey();
      return [fake.requests.length, lists.tags.length];
    };
    assert.deepEqual(await requests(5_000), [5_000, 0]);
    assert.deepEqual(await requests(5_001), [0, 5_001]);
  });
});

describe('a tag as the registry reports it', () => {
  const parts = [
    { digest: digestOf('p'), os: 'linux', architecture: 'amd64' },
    { digest: digestOf('a'), os: 'linux', architecture: 'arm64' },
  ];
  const facts = {
    full_size: 7,
    tag_last_pushed: pushed,
    last_updated: pushed,
    tag_last_pulled: pushed,
    images: parts,
  };
  const nothing = {
    lastUpdated: undefined,
    lastPushed: undefined,
    lastPulled: undefined,
    reportsPulls: false,
    sizeBytes: undefined,
  };
  const known = {
    lastUpdated: new Date(pushed),
    lastPushed: new Date(pushed),
    lastPulled: new Date(pushed),
    reportsPulls: true,
    sizeBytes: 7,
  };
  /** The only tag, without a list of manifests. */
  const tagOf = async (entry: object, head: RegistryContents['heads']) => {
    const { survey } = surveyorIn({ lists: { tags: tags(entry) }, registry: { heads: head ?? {} } });
    const { digest, parts: own = [], ...rest } = (await survey()).lists.tags[0] ?? {};
    return { digest: nameOf(digest), parts: named(own.flatMap((part) => part.digest ?? [])), ...rest };
  };

  it('has none of the facts of the list, which may be about another image', async () => {
    const tag = await tagOf({ name: '1', ...facts }, { 1: headOf('x', dockerIndex) });
    assert.deepEqual(tag, { name: '1', digest: 'x', mediaType: dockerIndex, parts: [], ...nothing });
    const single = await tagOf({ name: '1', ...facts }, { 1: headOf('b', dockerImage) });
    assert.deepEqual(single, { name: '1', digest: 'b', mediaType: dockerImage, parts: [], ...nothing });
  });

  it('has the facts of the list about a single image that the list names as its part', async () => {
    const tag = await tagOf({ name: '1', ...facts }, { 1: headOf('a', dockerImage) });
    assert.deepEqual(tag, { name: '1', digest: 'a', mediaType: dockerImage, parts: ['a'], ...known });
    const index = await tagOf({ name: '1', ...facts }, { 1: headOf('a', dockerIndex) });
    assert.deepEqual(index, { name: '1', digest: 'a', mediaType: dockerIndex, parts: [], ...nothing });
  });

  it('has the facts of the list about the same image, and parts only if that is an index', async () => {
    const images = [...parts, { os: 'linux' }];
    const entry = { name: '1', digest: digestOf('x'), ...facts, images };
    const index = await tagOf(entry, { 1: headOf('x', dockerIndex) });
    assert.deepEqual(index, { name: '1', digest: 'x', mediaType: dockerIndex, parts: ['p', 'a'], ...known });
    const single = await tagOf(entry, { 1: headOf('x', dockerImage) });
    assert.deepEqual(single, { name: '1', digest: 'x', mediaType: dockerImage, parts: [], ...known });
  });
});

describe('tags without a list of manifests', () => {
  const read = async (lists: ListAnswers, registry: RegistryContents = {}) => {
    const { survey, fake } = surveyorIn({ lists, registry });
    const result = await survey();
    const { areTagsCut: isCut, tags: all } = result.lists;
    return { tags: tagsIn(result), isCut, last: all.at(-1), requests: fake.requests };
  };
  const heads = { 1: headOf('a', dockerImage), 2: headOf('b', dockerImage) };
  const part = { os: 'linux', architecture: 'amd64' };

  it('are asked about where the list has no digest, or does not say whether it is an index', async () => {
    const whole = { ...part, digest: digestOf('p') };
    const entries = [
      { name: '1' },
      tagAt('2', 'b', { media_type: null, images: [whole, part] }),
      tagAt('3', 'c', { images: [part] }),
      tagAt('4', 'c', { media_type: null, images: [whole] }),
      tagAt('5', 'c', { media_type: null }),
    ];
    const { tags: listed, requests, isCut } = await read({ tags: tags(...entries) }, { heads });
    assert.deepEqual([...requests].sort(), ['head 1', 'head 2']);
    assert.deepEqual([listed, isCut], [{ 1: 'a', 2: 'b', 3: 'c', 4: 'c', 5: 'c' }, false]);
  });

  it('are dropped if the registry does not have them, and stay if it does not answer', async () => {
    const { tags: listed } = await read(
      { tags: tags('1', '2', '3') },
      { heads: { 1: 'forbidden', 2: heads[2] } },
    );
    assert.deepEqual(listed, { 1: undefined, 2: 'b' });
  });

  it('are listed by the registry where the server has cut the list', async () => {
    const cut: ListAnswers = {
      tags: (page) => (page === 1 ? tagPage([tagAt('1', 'a')], { count: 9, hasNext: true }) : 'forbidden'),
    };
    const all = await read(cut, { heads, tags: ['2', '1', '3'] });
    assert.deepEqual(all.tags, { 1: 'a', 2: 'b' });
    assert.equal(all.isCut, false);
    assert.deepEqual([...all.requests].sort(), ['head 2', 'head 3', 'tags']);
    const silent = await read(cut, { heads: { ...heads, 3: 'forbidden' }, tags: ['1', '3'] });
    assert.deepEqual([silent.tags, silent.isCut], [{ 1: 'a', 3: undefined }, false]);
    assert.deepEqual(silent.last, listedTag('3'));
    for (const kind of ['unauthenticated', 'forbidden', 'notFound', 'gone', 'protocol'] as const) {
      const none = await read(cut, { heads, tags: kind });
      assert.deepEqual([none.tags, none.isCut, none.requests], [{ 1: 'a' }, true, ['tags']], kind);
    }
    await rejectsWith('server', read(cut, { tags: 'server' }));
  });

  it('are not asked about where there are more than five thousand', async () => {
    const requests = async (count: number) => {
      const names = Array.from({ length: count }, (_, index) => `${index}`);
      const all = await read({ tags: (page) => tagPage(page === 1 ? names : []) });
      return [all.requests.length, Object.keys(all.tags).length];
    };
    assert.deepEqual(await requests(5_000), [5_000, 0]);
    assert.deepEqual(await requests(5_001), [0, 5_001]);
  });
});

describe('a check of whether a survey is complete', () => {
  const failure = (facts: SurveyFacts) => {
    try {
      checkComplete(repository, surveyOf(facts));
    } catch (error) {
      assert.ok(error instanceof IncompleteInventoryError);
      assert.equal(error.repository, repository);
      return [error.check, error.expected, error.found];
    }
    return undefined;
  };
  const listed = [listedManifest('a', { tags: ['1'] })];
  const at = (name: string, seed: string) => listedTag(name, { digest: digestOf(seed) });

  it('passes where both lists agree', () => {
    assert.equal(failure({ manifests: listed, tags: [at('1', 'a'), at('2', 'a')] }), undefined);
    assert.equal(failure({ manifests: undefined, tags: [at('1', 'a')] }), undefined);
    assert.equal(failure({ manifests: [] }), undefined);
  });

  it('fails where tags are missing, and no list of manifests makes up for it', () => {
    const lists = { areTagsCut: true, tagCount: 9 };
    const cut = { manifests: undefined, tags: [at('1', 'a')], lists };
    assert.deepEqual(failure(cut), ['allTagsListed', 9, 1]);
    assert.equal(failure({ ...cut, manifests: listed }), undefined);
  });

  it('fails where manifests are missing', () => {
    const lists = { areManifestsCut: true };
    assert.deepEqual(failure({ manifests: listed, lists }), ['allManifestsListed', 1, 1]);
  });

  it('fails where a tag points at an image that the list of manifests does not have', () => {
    const all = [at('1', 'a'), at('2', 'b')];
    assert.deepEqual(failure({ manifests: listed, tags: all }), ['agreesWithTags', 2, 1]);
  });

  it('fails where it is not known where a tag points', () => {
    assert.equal(failure({ manifests: listed, tags: [listedTag('1')] }), undefined);
    assert.deepEqual(failure({ manifests: listed, tags: [listedTag('2')] }), ['agreesWithTags', 1, 0]);
    assert.equal(
      failure({ manifests: listed, tags: [listedTag('2')], asked: new Map([['2', a]]) }),
      undefined,
    );
    const unlisted = { manifests: undefined, tags: [listedTag('2'), at('1', 'a')] };
    assert.deepEqual(failure(unlisted), ['agreesWithTags', 2, 1]);
  });
});

describe('where tags of a plan point', () => {
  const lists = {
    manifests: manifests(manifest('a', { tags: ['1'] }), manifest('b')),
    tags: tags('1', tagAt('2', 'b')),
  };
  const completed = async (heads: NonNullable<RegistryContents['heads']>) => {
    const { survey, complete, fake } = surveyorIn({
      lists,
      registry: { heads: { 2: headOf('b', dockerImage), ...heads } },
    });
    const listed = await survey();
    const result = await complete(listed, 'a');
    return { asked: askedIn(result), disputed: [...result.claims.disputed.keys()], requests: fake.requests };
  };

  it('is asked where the list of tags does not tell', async () => {
    const { asked, disputed, requests } = await completed({ 1: headOf('a', dockerImage) });
    assert.deepEqual([asked, disputed], [{ 1: 'a', 2: 'b' }, []]);
    assert.deepEqual(requests, ['head 2', 'head 1']);
    assert.deepEqual((await completed({ 1: headOf('b', dockerImage) })).disputed, ['1']);
  });

  it('is not known where the registry does not answer, or has no such tag', async () => {
    assert.deepEqual((await completed({ 1: 'forbidden' })).asked, { 2: 'b' });
    assert.deepEqual((await completed({})).asked, { 1: null, 2: 'b' });
  });

  it('is asked only once', async () => {
    const { survey, complete, fake } = surveyorIn({
      lists: { manifests: manifests(manifest('a', { tags: ['1'] })), tags: tags('1') },
      registry: { heads: { 1: headOf('a', dockerImage) } },
    });
    await complete(await complete(await survey(), 'a'), 'a');
    assert.deepEqual(fake.requests, ['head 1']);
  });

  it('is not asked of more than five thousand tags', async () => {
    const requests = async (count: number) => {
      const own = Array.from({ length: count }, (_, index) => `${index}`);
      const { complete, fake } = surveyorIn({});
      const survey = surveyOf({
        manifests: [listedManifest('a', { tags: own, mediaType: dockerImage })],
        tags: own.map((name) => listedTag(name)),
      });
      await complete(survey, 'a');
      return fake.requests.length;
    };
    assert.deepEqual([await requests(5_000), await requests(5_001)], [5_000, 0]);
  });
});

describe('kinds of manifests that the lists do not tell', () => {
  const unknown = (seed: string, facts: object = {}) => manifest(seed, { media_type: null, ...facts });
  const heads = { a: headOf('a', dockerImage), b: headOf('b', dockerIndex), c: headOf('c', dockerImage) };

  it('are asked of all manifests for a plan with an untagged image, and stored', async () => {
    const { survey, complete, fake, written } = surveyorIn({
      lists: { manifests: manifests(unknown('a'), unknown('b', { tags: ['1'] }), manifest('c')) },
      registry: { heads },
    });
    const result = await complete(await survey(), 'a', 'x');
    assert.deepEqual(fake.requests, ['head a', 'head b']);
    assert.deepEqual([result.kind(a), result.kind(digestOf('b'))], ['image', 'index']);
    assert.deepEqual(written, [['a', 'b']]);
    assert.deepEqual(result.answers.stored.get(a), storedManifest({ mediaType: dockerImage }));
    await complete(result, 'a');
    assert.equal(fake.requests.length, 2);
    const mixed = surveyorIn({
      lists: { manifests: manifests(unknown('a'), unknown('b', { tags: ['1'] }), unknown('c')) },
      registry: { heads },
    });
    await mixed.complete(await mixed.survey(), 'a', 'b');
    assert.deepEqual(mixed.fake.requested('head'), ['a', 'b', 'c']);
  });

  it('are asked only of the planned images and what belongs to them, if these have tags', async () => {
    const { survey, complete, fake } = surveyorIn({
      lists: {
        manifests: manifests(unknown('a', { tags: ['1'] }), unknown('b'), unknown('c')),
        tags: tags(tagAt('1', 'a', { media_type: null, images: [{ digest: digestOf('c') }] })),
      },
      registry: { heads },
    });
    const listed = await survey();
    await complete(listed, 'a');
    assert.deepEqual(fake.requested('head'), ['a', 'c']);
  });

  it('stay unknown where the registry does not answer, or has no such manifest', async () => {
    const { survey, complete } = surveyorIn({
      lists: { manifests: manifests(unknown('a'), unknown('b')) },
      registry: { heads: { a: 'forbidden' } },
    });
    const result = await complete(await survey(), 'a');
    assert.deepEqual([result.kind(a), result.kind(digestOf('b'))], ['unknown', 'unknown']);
    assert.equal(result.answers.stored.size, 0);
  });

  it('do not replace what was read meanwhile', async () => {
    const { survey, complete, memory, fake } = surveyorIn({ lists: { manifests: manifests(unknown('a')) } });
    const { stored } = await memory();
    fake.contents = {
      heads: {
        get a() {
          stored.set(a, storedManifest({ mediaType: dockerImage, parts: [], subject: null }));
          return headOf('a', dockerImage);
        },
      },
    };
    const result = await complete(await survey(), 'a');
    assert.deepEqual(result.answers.stored.get(a)?.parts, []);
  });

  it('need no request and no writing where the lists tell them', async () => {
    const { survey, complete, fake, written } = surveyorIn({
      lists: { manifests: manifests(manifest('a')) },
    });
    const listed = await survey();
    assert.equal(await complete(listed, 'a'), listed);
    assert.deepEqual([fake.requests, written], [[], []]);
  });
});

describe('attachments of planned images', () => {
  const possible = manifest('s', { media_type: ociImage });
  const lists = { manifests: manifests(manifest('a'), possible) };
  const many = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

  interface Completed extends World {
    readonly mayRead?: boolean;
    readonly planned?: readonly string[];
  }
  const completed = async ({ mayRead = false, planned = ['a'], ...world }: Completed) => {
    const whole = surveyorIn({ lists, ...world });
    (await whole.memory()).mayRead = mayRead;
    const survey = await whole.complete(await whole.survey(), ...planned);
    const image = (seed: string) => survey.image(digestOf(seed), now);
    return { ...whole, result: survey, isInDoubt: image(planned[0] ?? '')?.arePartsUnknown };
  };

  it('are asked for, at any depth', async () => {
    const { result, fake, isInDoubt } = await completed({
      registry: { referrers: { a: ['s'], s: ['x'] } },
    });
    assert.deepEqual(fake.requests, ['referrers a', 'referrers s', 'referrers x']);
    assert.deepEqual(named(result.withDependents([a])), ['a', 's', 'x']);
    assert.equal(isInDoubt, undefined);
  });

  it('are not asked for where every other manifest is known to be something else', async () => {
    const { fake, isInDoubt } = await completed({
      lists: { manifests: manifests(manifest('a'), manifest('b')) },
    });
    assert.deepEqual([fake.requests, isInDoubt], [[], undefined]);
  });

  it('are asked for once, and again where the lists may not show them', async () => {
    const { survey, complete, fake } = await completed({});
    await complete(await survey(), 'a');
    assert.deepEqual(fake.requests, ['referrers a']);
    const cut = await completed({ lists: { tags: tags(tagAt('1', 'a')) } });
    await cut.complete(await cut.survey(), 'a');
    assert.deepEqual(cut.fake.requests, ['referrers a', 'referrers a']);
  });

  it('are not asked for of more than 25 images that exist', async () => {
    const of = (count: number) => ({
      lists: { manifests: manifests(...many(count).map((seed) => manifest(seed)), possible) },
      planned: [...many(count), 'x'],
    });
    const few = await completed(of(25));
    assert.deepEqual([few.fake.requests.length, few.isInDoubt], [25, undefined]);
    const more = await completed(of(26));
    assert.deepEqual([more.fake.requests.length, more.isInDoubt], [0, true]);
  });

  it('of many images are asked for only once, also where the lists may not show them', async () => {
    const { complete, survey, isInDoubt, memory } = await completed({
      lists: { tags: tags(...many(26).map((seed) => tagAt(seed, seed))) },
      planned: many(26),
    });
    assert.equal(isInDoubt, true);
    const known = await memory();
    many(26).forEach((seed) => known.noteReferrers(digestOf(seed), []));
    const result = await complete(await survey(), ...many(26));
    assert.equal(result.image(digestOf('n0'), now)?.arePartsUnknown, undefined);
  });

  it('are found by reading what may be one, where the registry does not tell and reading is agreed to', async () => {
    const registry: RegistryContents = {
      referrers: 'notOffered',
      contents: { s: contentOf(ociImage, { subject: a }) },
    };
    const agreed = await completed({ registry, mayRead: true });
    assert.deepEqual(agreed.fake.requests, ['referrers a', 'read s']);
    assert.deepEqual([named(agreed.result.attachmentsOf(a)), agreed.isInDoubt], [['s'], undefined]);
    const { ownRead } = agreed.result.answers.stored.get(s) ?? {};
    assert.deepEqual(ownRead, { at: now, pulledBefore: undefined });
    assert.deepEqual(agreed.written, [['s']]);
    const not = await completed({ registry });
    assert.deepEqual([not.fake.requests, not.isInDoubt], [['referrers a'], true]);
  });

  it('are not read where the registry has told', async () => {
    const { fake } = await completed({ mayRead: true });
    assert.deepEqual(fake.requests, ['referrers a']);
    const nothing = await completed({
      mayRead: true,
      planned: ['a', 's'],
      registry: { referrers: 'notOffered' },
    });
    assert.deepEqual(nothing.fake.requested('read'), []);
    const unlisted = await completed({
      lists: { tags: tags(tagAt('1', 'a')) },
      mayRead: true,
      registry: { referrers: 'notOffered' },
    });
    assert.deepEqual([unlisted.fake.requested('read'), unlisted.isInDoubt], [[], true]);
  });

  it('of many images are not read where the registry has told before', async () => {
    const whole = surveyorIn({
      lists: { manifests: manifests(...many(26).map((seed) => manifest(seed)), possible) },
    });
    const listed = await whole.survey();
    const memory = await whole.memory();
    memory.mayRead = true;
    many(26).forEach((seed) => memory.noteReferrers(digestOf(seed), []));
    await whole.complete(listed, ...many(26));
    assert.deepEqual(whole.fake.requests, []);
  });

  it('are read of at most a hundred manifests', async () => {
    const of = (count: number): Completed => ({
      lists: {
        manifests: manifests(
          manifest('a'),
          ...many(count).map((seed) => manifest(seed, { media_type: ociImage })),
        ),
      },
      registry: {
        referrers: 'notOffered',
        contents: Object.fromEntries(many(count).map((seed) => [seed, contentOf(ociImage)])),
      },
      mayRead: true,
    });
    const hundred = await completed(of(100));
    assert.deepEqual([hundred.fake.requested('read').length, hundred.isInDoubt], [100, undefined]);
    const more = await completed(of(101));
    assert.deepEqual([more.fake.requested('read'), more.isInDoubt], [[], true]);
  });

  it('are no longer in doubt once they are known', async () => {
    const { complete, survey, fake, isInDoubt } = await completed({ registry: { referrers: 'notOffered' } });
    assert.equal(isInDoubt, true);
    fake.contents = {};
    const result = await complete(await survey(), 'a');
    assert.equal(result.image(a, now)?.arePartsUnknown, undefined);
  });
});

describe('manifests that have come since it was asked which are attachments', () => {
  const listed = (...others: readonly string[]) => ({
    manifests: manifests(manifest('s', { media_type: ociImage }), ...others.map((seed) => manifest(seed))),
  });
  const many = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);

  const completed = async (
    others: readonly string[],
    mayRead: boolean,
    planned: readonly string[] = ['s'],
  ) => {
    const whole = surveyorIn({ lists: listed('a', 'b', ...others) });
    const memory = await whole.memory();
    memory.mayRead = mayRead;
    memory.noteAskedAll(surveyOf({ manifests: [listedManifest('s', { mediaType: ociImage })] }));
    memory.noteReferrers(a, []);
    const survey = await whole.survey();
    const before = named(await whole.surveyor.unaskedSubjects(repository, survey, plan(...planned)));
    const result = await whole.complete(survey, ...planned);
    const after = named(await whole.surveyor.unaskedSubjects(repository, result, plan(...planned)));
    return { before, asked: whole.fake.requested('referrers'), after };
  };

  it('are asked about, if reading was agreed to', async () => {
    assert.deepEqual(await completed([], true), { before: ['b'], asked: ['b'], after: [] });
    assert.deepEqual(await completed([], false), { before: ['b'], asked: [], after: ['b'] });
  });

  it('are asked about if there are at most a hundred', async () => {
    assert.equal((await completed(many(99), true)).asked.length, 100);
    assert.equal((await completed(many(100), true)).asked.length, 0);
  });

  it('do not matter to other plans', async () => {
    const { before, after } = await completed([], true, ['b']);
    assert.deepEqual([before, after], [[], []]);
    assert.deepEqual((await completed(['c'], true, ['b', 's'])).before, ['c']);
  });
});

describe('a reading that a plan needs', () => {
  const lists = { manifests: manifests(manifest('a'), manifest('x', { media_type: dockerIndex })) };
  const needed = async (world: World, ...planned: readonly string[]) => {
    const { surveyor, survey } = surveyorIn({ lists, ...world });
    return surveyor.neededReading(repository, await survey(), plan(...planned));
  };

  it('is of the indexes that may contain its images', async () => {
    assert.equal((await needed({}, 'a'))?.requests, 1);
    assert.equal(await needed({ lists: { manifests: manifests(manifest('a')) } }, 'a'), undefined);
  });

  it('is none if nothing may be read', async () => {
    assert.equal(await needed({ mayReadManifests: false }, 'a'), undefined);
  });

  it('is none if everything has been read since', async () => {
    const { surveyor, survey, memory } = surveyorIn({ lists });
    const listed = await survey();
    const known = await memory();
    known.stored.set(digestOf('x'), storedManifest({ mediaType: dockerIndex, parts: [], subject: null }));
    known.noteChange();
    assert.equal(await surveyor.neededReading(repository, listed, plan('a')), undefined);
  });

  it('logs and stores what it does', async () => {
    const { surveyor, survey, written } = surveyorIn({
      lists,
      registry: { contents: { x: contentOf(dockerIndex, { entries: [indexEntry('a')] }) } },
    });
    const listed = await survey();
    const reading = await surveyor.neededReading(repository, listed, plan('a'));
    await reading?.read({});
    assert.deepEqual(written, [['x']]);
    const result = await surveyor.current(repository, listed);
    assert.deepEqual(named(result.parentsOf(a)), ['x']);
  });
});

describe('indexes that are pushed during a deletion', () => {
  const world: World = {
    lists: { manifests: manifests(manifest('a'), manifest('x', { media_type: dockerIndex })) },
    registry: { contents: { x: contentOf(dockerIndex, { entries: [indexEntry('a')] }) } },
  };
  const read = async (mayRead: boolean, ...indexes: readonly string[]) => {
    const { surveyor, survey, memory, fake } = surveyorIn(world);
    (await memory()).mayRead = mayRead;
    const { signal } = new AbortController();
    const listed = await survey();
    const result = await surveyor.readNewIndexes(repository, listed, indexes.map(digestOf), signal);
    assert.ok(fake.requests.length === 0 || fake.signals.has(signal));
    return { isSame: result === listed, parents: named(result.parentsOf(a)), requests: fake.requests };
  };

  it('are read if reading was agreed to', async () => {
    assert.deepEqual(await read(true, 'x'), { isSame: false, parents: ['x'], requests: ['read x'] });
    assert.deepEqual(await read(false, 'x'), { isSame: true, parents: [], requests: [] });
    assert.deepEqual(await read(true), { isSame: true, parents: [], requests: [] });
  });
});
