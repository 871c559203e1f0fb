import assert from 'node:assert/strict';
import type { Digest } from '../../../../src/hub/digest';
import type { HubQuery } from '../../../../src/hub/http/http';
import { parseRepositoryRef } from '../../../../src/hub/names';
import type { ListedTag } from '../../../../src/hub/registry/listWire';
import { RepositoryMemory } from '../../../../src/hub/registry/repositoryMemory';
import { RepositoryWatch } from '../../../../src/hub/registry/repositoryWatch';
import { Survey } from '../../../../src/hub/registry/survey';
import type { AskedTags } from '../../../../src/hub/registry/tagClaims';
import { digestOf } from '../../../support/images';
import { listedManifest, listedPart, listedTag, listsOf } from '../../../support/registryLists';
import { hubError } from '../../../support/removalRepository';

const repository = parseRepositoryRef('demo/app');
const origin = 'https://hub.example';
const path = '/v2/namespaces/demo/repositories/app/tags';
const index = 'application/vnd.oci.image.index.v1+json';
const day = (number: number) => new Date(Date.UTC(2026, 0, number));

/** An entry of the list of tags, as the server sends it. */
interface WireTag {
  readonly name: string;
  readonly digest?: Digest;
  readonly last_updated?: string;
  readonly media_type?: string;
  readonly images?: readonly { readonly digest: Digest }[];
}

const sent = (name: string, seed?: string, updated?: Date, facts: Partial<WireTag> = {}): WireTag => ({
  name,
  ...(seed !== undefined && { digest: digestOf(seed) }),
  ...(updated !== undefined && { last_updated: updated.toISOString() }),
  ...facts,
});
const known = (name: string, seed: string, lastUpdated: Date | undefined, facts: Partial<ListedTag> = {}) =>
  listedTag(name, { digest: digestOf(seed), lastUpdated, ...facts });
const page = (...results: readonly WireTag[]) => ({ count: results.length, next: null, results });
const firstPage = (...results: readonly WireTag[]) => ({
  ...page(...results),
  next: `${origin}${path}?page=2`,
});

interface Known {
  readonly tags?: readonly ListedTag[];
  readonly askedTags?: AskedTags;
  readonly isWithoutManifests?: boolean;
}

/** A watch over the images `a`, `b` and `c`; each request for the newest tags is answered with the next page. */
function setUp({ tags = [], askedTags = new Map(), isWithoutManifests = false }: Known, ...pages: unknown[]) {
  const manifests = ['a', 'b', 'c'].map((seed) =>
    listedManifest(seed, {
      tags: tags.filter(({ digest }) => digest === digestOf(seed)).map(({ name }) => name),
    }),
  );
  const before = new Survey(
    listsOf(isWithoutManifests ? undefined : manifests, tags),
    new RepositoryMemory(new Map()).answers(askedTags),
  );
  const anew = new Survey(listsOf([], []), before.answers);
  const queries: HubQuery[] = [];
  const signals: (AbortSignal | undefined)[] = [];
  const readings: string[] = [];
  const indexesRead: (readonly Digest[])[] = [];
  const watch = new RepositoryWatch(
    repository,
    {
      http: {
        origin,
        get: (asked, query, signal) => {
          assert.equal(asked, path);
          queries.push(query ?? {});
          signals.push(signal);
          const body = pages.shift();
          return body instanceof Error
            ? Promise.reject(body)
            : Promise.resolve({ method: 'GET', path, status: 200, body, headers: { get: () => null } });
        },
      },
      surveyor: {
        survey: (of, { signal }) => {
          assert.equal(of, repository);
          readings.push('lists');
          signals.push(signal);
          return Promise.resolve(anew);
        },
        readNewIndexes: (of, survey, unread, signal) => {
          assert.equal(of, repository);
          indexesRead.push(unread);
          signals.push(signal);
          return Promise.resolve(survey);
        },
      },
    },
    before,
  );
  const orderings = () => queries.map(({ ordering }) => ordering);
  const tagsOf = (...seeds: readonly string[]) => seeds.map((seed) => watch.survey.tagsOf(digestOf(seed)));
  return { watch, before, anew, queries, orderings, signals, readings, indexesRead, tagsOf };
}

describe('a look at the newest tags', () => {
  it('is one request, after which nothing is new', async () => {
    const tags = [known('1.0', 'a', day(1)), known('2.0', 'b', day(2))];
    const answer = page(sent('2.0', 'b', day(2)), sent('1.0', 'a', day(1)));
    const { watch, before, queries, readings, indexesRead } = setUp({ tags }, answer);
    assert.equal(watch.survey, before);
    await watch.look(undefined);
    assert.deepEqual(queries, [{ page: 1, page_size: 100, ordering: 'last_updated' }]);
    assert.equal(watch.survey, before, 'the same survey');
    assert.deepEqual([readings, indexesRead], [[], []]);
  });

  it('finds a tag that was moved, wherever any source said that it pointed', async () => {
    const { watch, tagsOf, readings } = setUp(
      { tags: [known('1.0', 'a', day(1)), known('2.0', 'b', day(1))] },
      page(sent('1.0', 'b', day(3)), sent('2.0', 'b', day(1))),
    );
    await watch.look(undefined);
    assert.deepEqual(
      tagsOf('a', 'b').map((tags) => [...tags].sort()),
      [[], ['1.0', '2.0']],
    );
    assert.equal(watch.survey.claims.disputed.size, 0);
    assert.deepEqual(
      watch.survey.lists.manifests?.map(({ tags }) => tags),
      [[], ['2.0'], []],
    );
    assert.deepEqual(readings, []);
  });

  it('outdates what the registry said about the tag before, and only about this one', async () => {
    const askedTags = new Map([
      ['1.0', digestOf('a')],
      ['asked', digestOf('c')],
    ]);
    const { watch, tagsOf } = setUp(
      { tags: [known('1.0', 'a', day(1))], askedTags },
      page(sent('1.0', 'b', day(3))),
    );
    await watch.look(undefined);
    assert.deepEqual(tagsOf('a', 'b', 'c'), [[], ['1.0'], ['asked']]);
  });

  it('finds a tag that was added, also where untagged images are not listed', async () => {
    for (const isWithoutManifests of [false, true]) {
      const tags = [known('1.0', 'a', day(1))];
      const answer = page(sent('new', 'b', day(3)), sent('1.0', 'a', day(1)));
      const { watch, tagsOf } = setUp({ tags, isWithoutManifests }, answer);
      await watch.look(undefined);
      assert.deepEqual(tagsOf('a', 'b'), [['1.0'], ['new']]);
      assert.equal(watch.survey.hasUntagged, !isWithoutManifests);
    }
  });

  it('finds one that was moved within a second, or pushed again, or whose platforms have become more', async () => {
    const images = (...seeds: readonly string[]) => ({
      images: seeds.map((seed) => ({ digest: digestOf(seed) })),
    });
    for (const [time, answer] of [
      [day(1), sent('1.0', 'b', day(1), images('p'))],
      [day(1), sent('1.0', 'a', day(2), images('p'))],
      [day(1), sent('1.0', 'a', undefined, images('p'))],
      [undefined, sent('1.0', 'a', day(1), images('p'))],
      [day(1), sent('1.0', 'a', day(1), images('p', 'q'))],
    ] as const) {
      const { watch } = setUp(
        { tags: [known('1.0', 'a', time, { parts: [listedPart('p')] })] },
        page(answer),
      );
      await watch.look(undefined);
      const [tag] = watch.survey.lists.tags;
      assert.deepEqual(
        [tag?.digest, tag?.lastUpdated?.toISOString(), tag?.parts.length],
        [answer.digest, answer.last_updated, answer.images?.length],
      );
    }
  });

  it('keeps what the list of manifests says about tags that have not changed', async () => {
    const tags = [known('1.0', 'a', day(1)), known('kept', 'a', day(1))];
    const answer = page(sent('1.0', 'b', day(3)), sent('kept', 'a', day(1)));
    const { watch } = setUp({ tags }, answer);
    await watch.look(undefined);
    assert.deepEqual(watch.survey.lists.manifests?.[0]?.tags, ['kept']);
  });

  it('has the content read of an index that a changed tag points at, and of no other', async () => {
    const tags = [known('old', 'a', day(1), { mediaType: index })];
    const changed = ['b', 'c'].map((seed) => sent(`new-${seed}`, seed, day(3), { media_type: index }));
    const other = sent('other', 'd', day(3), {
      media_type: 'application/vnd.docker.distribution.manifest.v2+json',
    });
    const answer = page(...changed, other, sent('old', 'a', day(1), { media_type: index }));
    const { watch, indexesRead, before } = setUp({ tags }, answer);
    assert.ok(before.graph.unread.has(digestOf('a')));
    await watch.look(undefined);
    assert.deepEqual(indexesRead, [[digestOf('b'), digestOf('c')]]);
  });

  it('compares the next one with what this one has found', async () => {
    const moved = sent('1.0', 'b', day(3));
    const { watch, indexesRead } = setUp({ tags: [known('1.0', 'a', day(1))] }, page(moved), page(moved));
    await watch.look(undefined);
    const { survey } = watch;
    await watch.look(undefined);
    assert.equal(watch.survey, survey);
    assert.equal(indexesRead.length, 1);
  });

  it('can be aborted in every request', async () => {
    const { signal } = new AbortController();
    const moved = setUp({ tags: [known('1.0', 'a', day(1))] }, page(sent('1.0', 'b', day(3))));
    await moved.watch.look(signal);
    assert.deepEqual(moved.signals, [signal, signal]);
    const unclear = setUp({}, page(sent('1.0')));
    await unclear.watch.look(signal);
    assert.deepEqual(unclear.signals, [signal, signal]);
  });
});

describe('the first page of many tags', () => {
  const tags = [known('1.0', 'a', day(1)), known('2.0', 'b', day(2)), known('3.0', 'c', day(3))];

  it('is enough if it is sorted and reaches back to a tag that has not changed', async () => {
    const { watch, tagsOf, orderings, readings } = setUp(
      { tags },
      firstPage(sent('new', 'a', day(4)), sent('3.0', 'c', day(3)), sent('2.0', 'b', day(2))),
    );
    await watch.look(undefined);
    assert.deepEqual(tagsOf('a'), [['1.0', 'new']]);
    assert.deepEqual([orderings(), readings], [['last_updated'], []]);
  });

  it('may have several entries of the same time', async () => {
    const { watch, orderings, readings } = setUp(
      { tags },
      firstPage(sent('new', 'a', day(3)), sent('3.0', 'c', day(3))),
    );
    await watch.look(undefined);
    assert.deepEqual([orderings(), readings], [['last_updated'], []]);
  });

  it('is read in the other order if it begins with the oldest, now and from then on', async () => {
    const newest = firstPage(sent('3.0', 'c', day(3)), sent('2.0', 'b', day(2)));
    const { watch, orderings, readings } = setUp(
      { tags },
      firstPage(sent('1.0', 'a', day(1)), sent('2.0', 'b', day(2))),
      newest,
      newest,
    );
    await watch.look(undefined);
    assert.deepEqual(orderings(), ['last_updated', '-last_updated']);
    await watch.look(undefined);
    assert.deepEqual(orderings().slice(2), ['-last_updated']);
    assert.deepEqual(readings, []);
  });

  for (const [title, answers] of [
    [
      'is in neither order',
      [firstPage(sent('2.0', 'b', day(2)), sent('3.0', 'c', day(3)), sent('1.0', 'a', day(1)))],
    ],
    ['has an entry without a time', [firstPage(sent('3.0', 'c'), sent('2.0', 'b', day(2)))]],
    ['has a last entry without a time', [firstPage(sent('3.0', 'c', day(3)), sent('2.0', 'b'))]],
    ['has only new tags', [firstPage(sent('5.0', 'a', day(5)), sent('4.0', 'a', day(4)))]],
    [
      'ends with a tag that was moved',
      [firstPage(sent('4.0', 'a', day(4)), sent('3.0', 'c', day(3)), sent('2.0', 'c', day(2)))],
    ],
    [
      'ends with a tag that was pushed again',
      [firstPage(sent('4.0', 'a', day(4)), sent('2.0', 'b', day(3)))],
    ],
    [
      'ends with a new tag without a digest',
      [firstPage(sent('4.0', 'a', day(4)), sent('new', undefined, day(3)))],
    ],
    [
      'begins with the oldest in both orders',
      [
        firstPage(sent('1.0', 'a', day(1)), sent('2.0', 'b', day(2))),
        firstPage(sent('1.0', 'a', day(1)), sent('2.0', 'b', day(2))),
      ],
    ],
    ['is empty in both orders', [firstPage(), firstPage()]],
  ] as const) {
    it(`does not tell what has changed if it ${title}, so that the lists are read again`, async () => {
      const { watch, anew, queries, readings } = setUp({ tags }, ...answers);
      await watch.look(undefined);
      assert.equal(queries.length, answers.length);
      assert.deepEqual(readings, ['lists']);
      assert.equal(watch.survey, anew);
    });
  }

  it('does not tell what has changed if it ends with a tag whose time was not known before', async () => {
    const unknown = [known('1.0', 'a', undefined)];
    const first = firstPage(sent('1.0', 'a', day(1)));
    const { watch, readings } = setUp({ tags: unknown }, first, first);
    await watch.look(undefined);
    assert.deepEqual(readings, ['lists']);
  });

  it('may be in any order if it is the only one', async () => {
    const { watch, orderings, readings } = setUp(
      { tags },
      page(sent('2.0', 'b', day(2)), sent('3.0', 'c'), sent('1.0', 'a', day(1))),
    );
    await watch.look(undefined);
    assert.deepEqual([orderings(), readings], [['last_updated'], []]);
  });
});

describe('a look that cannot use the newest tags', () => {
  const tags = [known('1.0', 'a', day(1))];

  it('reads the lists again where a changed tag does not say what it points at', async () => {
    const { watch, anew, readings } = setUp({ tags }, page(sent('new'), sent('1.0', 'a', day(1))));
    await watch.look(undefined);
    assert.deepEqual(readings, ['lists']);
    assert.equal(watch.survey, anew);
  });

  it('does not where such a tag was there before', async () => {
    const unknown = [listedTag('unknown', { lastUpdated: day(1) })];
    const { watch, before } = setUp({ tags: unknown }, page(sent('unknown', undefined, day(1))));
    await watch.look(undefined);
    assert.equal(watch.survey, before);
  });

  it('reads the lists again where the server rejects the order, or answers something else', async () => {
    for (const answer of [hubError('rejected', { status: 400 }), { results: 'none' }]) {
      const { watch, queries, readings } = setUp({ tags }, answer);
      await watch.look(undefined);
      assert.equal(queries.length, 1);
      assert.deepEqual(readings, ['lists']);
    }
  });

  it('fails where the request fails, and leaves the survey as it was', async () => {
    for (const kind of ['network', 'unauthenticated', 'rateLimited'] as const) {
      const { watch, before, readings } = setUp({ tags }, hubError(kind));
      await assert.rejects(watch.look(undefined), { kind });
      assert.equal(watch.survey, before);
      assert.deepEqual(readings, []);
    }
  });
});
