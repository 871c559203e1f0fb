import assert from 'node:assert/strict';
import { parseRepositoryRef } from '../../../../src/hub/names';
import { readLists, type ReadListsOptions } from '../../../../src/hub/registry/repositoryLists';
import { digestOf } from '../../../support/images';
import {
  type ListAnswers,
  listServer,
  manifestPage,
  tagPage,
  type TagPageFacts,
  type WireAnswer,
} from '../../../support/listServer';
import { rejectsWith } from '../../../support/rejects';

const repository = parseRepositoryRef('demo/app');

async function read(answers: ListAnswers, options: ReadListsOptions = {}) {
  const server = listServer(answers);
  return { server, lists: await readLists(server.http, repository, options) };
}

/** Names of as many tags, beginning with the number. */
const numbered = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => `${from + index}`);

describe('the list of manifests', () => {
  /** Pages by their cursors. */
  const readPages = async (pages: Readonly<Record<string, WireAnswer>>) => {
    const { server, lists } = await read({ manifests: (cursor) => pages[cursor] ?? 'server' });
    const { manifests, areManifestsCut } = lists;
    return { digests: manifests?.map(({ digest }) => digest), areManifestsCut, cursors: server.cursors };
  };

  it('is read page by page until a page has no cursor', async () => {
    const { digests, areManifestsCut, cursors } = await readPages({
      '': manifestPage(['b', 'a'], 'one'),
      one: manifestPage(['d'], 'two'),
      two: manifestPage(['c']),
    });
    assert.deepEqual(digests, ['b', 'a', 'd', 'c'].map(digestOf));
    assert.deepEqual([areManifestsCut, cursors], [false, ['', 'one', 'two']]);
  });

  it('is requested in the largest pages, together with the tags', async () => {
    const { server } = await read({
      manifests: (cursor) => manifestPage([`at ${cursor}`], cursor === '' ? 'one' : ''),
    });
    assert.deepEqual([...server.urls].sort(), [
      '/v2/namespaces/demo/repositories/app/manifests?page_size=100',
      '/v2/namespaces/demo/repositories/app/manifests?page_size=100&last_evaluated_key=one',
      '/v2/namespaces/demo/repositories/app/tags?page=1&page_size=100',
    ]);
  });

  it('ends with an empty page, whatever its cursor', async () => {
    const { digests, areManifestsCut, cursors } = await readPages({
      '': manifestPage(['a'], 'one'),
      one: manifestPage([], 'two'),
    });
    assert.deepEqual([digests, areManifestsCut, cursors], [[digestOf('a')], false, ['', 'one']]);
  });

  it('is cut where a cursor repeats itself', async () => {
    const { digests, areManifestsCut, cursors } = await readPages({
      '': manifestPage(['a'], 'one'),
      one: manifestPage(['b'], 'two'),
      two: manifestPage(['c'], 'one'),
    });
    assert.deepEqual(digests, ['a', 'b', 'c'].map(digestOf));
    assert.deepEqual([areManifestsCut, cursors], [true, ['', 'one', 'two']]);
  });

  it('is cut where a page with a cursor has nothing new', async () => {
    const { areManifestsCut, cursors } = await readPages({
      '': manifestPage(['a'], 'one'),
      one: manifestPage(['b', 'a'], 'two'),
      two: manifestPage(['a', 'b'], 'three'),
    });
    assert.deepEqual([areManifestsCut, cursors], [true, ['', 'one', 'two']]);
  });

  it('is cut after ten thousand cursors', async () => {
    const { server, lists } = await read({
      manifests: (cursor) => manifestPage([cursor], String(Number(cursor) + 1)),
    });
    assert.deepEqual([lists.areManifestsCut, server.cursors.length], [true, 10_001]);
  });

  it('may not exist', async () => {
    const { digests, areManifestsCut } = await readPages({ '': 'gone' });
    assert.deepEqual([digests, areManifestsCut], [undefined, false]);
  });

  it('fails with any other error, and with any error later', async () => {
    await rejectsWith('forbidden', readPages({ '': 'forbidden' }));
    await rejectsWith('gone', readPages({ '': manifestPage(['a'], 'one'), one: 'gone' }));
    await rejectsWith('protocol', readPages({ '': { manifests: null } }));
    await rejectsWith('protocol', readPages({ '': { manifests: {} } }));
  });
});

describe('the list of tags', () => {
  /** Pages from the first one; any other does not exist. */
  const readPages = async (...pages: readonly WireAnswer[]) => {
    const { server, lists } = await read({ tags: (page) => pages[page - 1] ?? 'notFound' });
    const { tags, tagCount, areTagsCut } = lists;
    return { names: tags.map(({ name }) => name), tagCount, areTagsCut, pages: server.pages };
  };
  const full = (number: number, facts: TagPageFacts) => tagPage(numbered(100 * number, 100), facts);

  it('may be one page', async () => {
    const one = { names: ['1', '2'], tagCount: 2, areTagsCut: false, pages: [1] };
    assert.deepEqual(await readPages(tagPage(['1', '2'])), one);
    assert.deepEqual(await readPages(tagPage([])), { names: [], tagCount: 0, areTagsCut: false, pages: [1] });
  });

  it('has as many pages as the count says', async () => {
    const facts = { count: 250 };
    const { names, ...rest } = await readPages(
      full(0, { ...facts, hasNext: true }),
      full(1, { ...facts, hasNext: true }),
      tagPage(numbered(200, 50), facts),
    );
    assert.deepEqual(names, numbered(0, 250));
    assert.deepEqual(rest, { tagCount: 250, areTagsCut: false, pages: [1, 2, 3] });
  });

  it('may have pages of the size that the server chooses', async () => {
    const facts = { count: 5, hasNext: true };
    const all = await readPages(
      tagPage(['1', '2'], facts),
      tagPage(['3', '4'], facts),
      tagPage(['5'], { count: 5 }),
    );
    assert.deepEqual(all, { names: numbered(1, 5), tagCount: 5, areTagsCut: false, pages: [1, 2, 3] });
  });

  it('is read as far as the count says, also behind a page that is not full', async () => {
    const { names } = await readPages(
      tagPage(numbered(0, 50), { count: 150 }),
      tagPage(['more'], { count: 150 }),
    );
    assert.deepEqual(names, [...numbered(0, 50), 'more']);
  });

  it('is read on where it has more than the count says', async () => {
    const facts = { count: 100, hasNext: true };
    const linked = await readPages(full(0, facts), full(1, facts), tagPage(numbered(200, 1), { count: 100 }));
    assert.deepEqual([linked.names.length, linked.tagCount, linked.areTagsCut], [201, 100, false]);
    assert.deepEqual(linked.pages, [1, 2, 3]);
  });

  it('is read on after a full page without a link', async () => {
    const { pages, areTagsCut, names } = await readPages(full(0, {}), tagPage(['more']));
    assert.deepEqual([pages, areTagsCut, names.length], [[1, 2], false, 101]);
    const ended = await readPages(full(0, {}));
    assert.deepEqual([ended.pages, ended.areTagsCut], [[1, 2], false]);
  });

  it('has each tag once, as the last page shows it', async () => {
    const { lists } = await read({
      tags: (page) =>
        page === 1
          ? tagPage([{ name: 'a', full_size: 1 }, 'b'], { count: 4, hasNext: true })
          : tagPage([{ name: 'a', full_size: 2 }, 'c'], { count: 4 }),
    });
    assert.deepEqual(
      lists.tags.map(({ name, sizeBytes }) => [name, sizeBytes]),
      [
        ['a', 2],
        ['b', undefined],
        ['c', undefined],
      ],
    );
  });

  it('may end before its count, which includes deleted tags for a while', async () => {
    const short = await readPages(full(0, { count: 350, hasNext: true }), tagPage(['x'], { count: 350 }));
    assert.deepEqual([short.areTagsCut, short.pages], [false, [1, 2, 3, 4]]);
    const empty = await readPages(full(0, { count: 101, hasNext: true }), tagPage([], { count: 101 }));
    assert.deepEqual([empty.areTagsCut, empty.pages], [false, [1, 2]]);
  });

  it('is cut where a full page leads to one that does not exist', async () => {
    const { areTagsCut, pages } = await readPages(full(0, { count: 300, hasNext: true }));
    assert.deepEqual([areTagsCut, pages], [true, [1, 2, 3]]);
    assert.equal((await readPages(tagPage(['1', '2'], { count: 9, hasNext: true }))).areTagsCut, false);
    assert.equal((await readPages(full(0, { count: 300 }))).areTagsCut, false);
  });

  it('is cut where the server refuses a page', async () => {
    const { areTagsCut, names, pages } = await readPages(full(0, { count: 200, hasNext: true }), 'forbidden');
    assert.deepEqual([areTagsCut, names.length, pages], [true, 100, [1, 2]]);
    assert.equal((await readPages(full(0, {}), 'forbidden')).areTagsCut, true);
  });

  it('is cut where a page in between is not full', async () => {
    const facts = { count: 5, hasNext: true };
    const { areTagsCut, names } = await readPages(
      tagPage(['1', '2'], facts),
      tagPage(['3'], facts),
      tagPage(['4', '5'], { count: 5 }),
    );
    assert.deepEqual([areTagsCut, names], [true, numbered(1, 5)]);
    const first = await readPages(tagPage(['1'], facts), tagPage(['2', '3'], facts), tagPage(['4']));
    assert.equal(first.areTagsCut, true);
    const gap = await readPages(tagPage(['1', '2'], facts), tagPage([], facts), tagPage(['3'], { count: 5 }));
    assert.equal(gap.areTagsCut, true);
  });

  it('is cut where a page has nothing new', async () => {
    const facts = { count: 2, hasNext: true };
    const { areTagsCut, pages } = await readPages(
      tagPage(['1', '2'], facts),
      tagPage(['2', '3'], facts),
      tagPage(['1', '3'], facts),
      tagPage(['4'], { count: 2 }),
    );
    assert.deepEqual([areTagsCut, pages], [true, [1, 2, 3]]);
  });

  it('is complete where the last page that is linked is empty', async () => {
    const { areTagsCut, pages } = await readPages(full(0, { count: 100, hasNext: true }), tagPage([]));
    assert.deepEqual([areTagsCut, pages], [false, [1, 2]]);
  });

  it('ends with an empty page, whatever its count and its link', async () => {
    const facts = { count: 100, hasNext: true };
    assert.deepEqual((await readPages(full(0, facts), tagPage([], facts), tagPage(['x']))).pages, [1, 2]);
    assert.deepEqual((await readPages(tagPage([], { count: 3, hasNext: true }), tagPage(['x']))).pages, [1]);
  });

  it('is read ten pages at a time, and no further than a page that is missing', async () => {
    let open = 0;
    let most = 0;
    const { server } = await read({
      tags: (page) => {
        open += 1;
        most = Math.max(most, open);
        queueMicrotask(() => (open -= 1));
        return page >= 13 ? 'notFound' : tagPage([`${page}`], { count: 40, hasNext: true });
      },
    });
    assert.deepEqual([Math.max(...server.pages), most], [21, 10]);
    const refused = await readPages(tagPage(['1'], { count: 40, hasNext: true }), 'forbidden');
    assert.deepEqual([Math.max(...refused.pages), refused.areTagsCut], [11, true]);
    const all = await read({
      tags: (page) => tagPage(page > 13 ? [] : [`${page}`], { count: 13, hasNext: page < 13 }),
    });
    assert.deepEqual([...all.server.pages], numbered(1, 14).map(Number));
  });

  it('is cut after ten thousand pages', async () => {
    const endless = async (count: number) => {
      const { server, lists } = await read({
        tags: (page) => tagPage([`${page}`], { count, hasNext: true }),
      });
      return [lists.areTagsCut, server.pages.length];
    };
    assert.deepEqual(await endless(20_000), [true, 10_000]);
    assert.deepEqual(await endless(9_995), [true, 10_000]);
  });

  it('fails with any other error', async () => {
    await rejectsWith('notFound', readPages('notFound'));
    await rejectsWith('server', readPages(full(0, { count: 101, hasNext: true }), 'server'));
    await rejectsWith('protocol', readPages({ count: 1 }));
  });
});

describe('a reading of both lists', () => {
  const answers: ListAnswers = {
    manifests: (cursor) => (cursor === '' ? manifestPage(['a', 'b'], 'one') : manifestPage(['c'])),
    tags: (page) =>
      page === 1 ? tagPage(['1', '2'], { count: 3, hasNext: true }) : tagPage(['3'], { count: 3 }),
  };

  it('reports how many entries it has read', async () => {
    const reported: number[] = [];
    await read(answers, { onProgress: (done) => reported.push(done) });
    assert.deepEqual([reported.length, reported.at(-1)], [4, 6]);
    assert.deepEqual(
      reported,
      [...reported].sort((a, b) => a - b),
    );
  });

  it('shows the first page of tags', async () => {
    const shown: string[][] = [];
    await read(answers, { onFirstTags: (tags) => shown.push(tags.map(({ name }) => name)) });
    assert.deepEqual(shown, [['1', '2']]);
  });

  it('can be aborted', async () => {
    const { signal } = new AbortController();
    const { server } = await read(answers, { signal });
    assert.deepEqual([...server.signals], [signal]);
  });
});
