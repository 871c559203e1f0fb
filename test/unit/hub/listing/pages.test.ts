import assert from 'node:assert/strict';
import { type ListingRequest, readPages } from '../../../../src/hub/listing/pages';
import type { UnreadPart } from '../../../../src/hub/readableList';
import { text } from '../../../../src/hub/wireShape';
import { createTestClient } from '../../../support/hubHttp';
import { rejectsWith } from '../../../support/rejects';
import { hang, json, type Script, withScriptedServer } from '../../../support/scriptedServer';
import { until } from '../../../support/until';

interface Page {
  readonly count?: number;
  readonly next?: string | null;
  readonly results?: readonly string[];
}

describe('readPages', () => {
  const server = withScriptedServer();
  const all = Array.from({ length: 23 }, (_, index) => `item-${index}`);

  /** A listing of these entries, with some of its pages otherwise. */
  const listing =
    (entries: readonly string[], otherwise: Readonly<Record<number, Page | Script>> = {}): Script =>
    (request, response) => {
      const page = Number(request.query.get('page'));
      const size = Number(request.query.get('page_size'));
      const other = otherwise[page];
      if (typeof other === 'function') {
        other(request, response);
        return;
      }
      const isLast = page * size >= entries.length;
      const usual = {
        count: entries.length,
        next: isLast ? null : `${server.url}/v2/list?page=${page + 1}&page_size=${size}`,
        previous: null,
        results: entries.slice((page - 1) * size, page * size),
      };
      json(200, { ...usual, ...other })(request, response);
    };

  const request: ListingRequest<string> = {
    path: '/v2/list',
    pageSize: 10,
    item: text,
    keyOf: (item) => item,
  };

  async function readAll(facts: Partial<ListingRequest<string>> = {}): Promise<readonly string[]> {
    const items: string[] = [];
    for await (const page of readPages(createTestClient(server.url).http, { ...request, ...facts })) {
      items.push(...page.items);
    }
    return items;
  }

  it('gives all entries in their order, with one request a page', async () => {
    server.answer(listing(all));
    assert.deepEqual(await readAll({ query: { ordering: 'name' } }), all);
    assert.deepEqual(server.requests.map(({ query }) => query.toString()).sort(), [
      'ordering=name&page=1&page_size=10',
      'ordering=name&page=2&page_size=10',
      'ordering=name&page=3&page_size=10',
    ]);
  });

  it('needs one request for an empty listing', async () => {
    server.answer(listing([]));
    assert.deepEqual(await readAll(), []);
    assert.equal(server.requests.length, 1);
  });

  it('reads a last page that is full', async () => {
    server.answer(listing(all.slice(0, 20)));
    assert.equal((await readAll()).length, 20);
    assert.equal(server.requests.length, 2);
  });

  it('keeps the order when a later page arrives first', async () => {
    let release = (): void => undefined;
    server.answer(
      listing(all, {
        2: (incoming, response) => {
          release = () => listing(all)(incoming, response);
        },
        3: (incoming, response) => {
          listing(all)(incoming, response);
          response.once('finish', () => {
            release();
          });
        },
      }),
    );
    assert.deepEqual(await readAll(), all);
  });

  it('gives the first page before the others are there', async () => {
    server.answer(listing(all, { 2: hang, 3: hang }));
    const pages = readPages(createTestClient(server.url).http, request);
    const first = await pages.next();
    assert.deepEqual(first.value, { count: 23, items: all.slice(0, 10), unread: [] });
    await pages.return();
  });

  it('gives up the other pages when the reader stops', async () => {
    server.answer(listing(all, { 2: hang, 3: hang }));
    for await (const page of readPages(createTestClient(server.url).http, request)) {
      assert.equal(page.items.length, 10);
      await until(() => server.requests.length >= 3);
      break;
    }
    await until(() => server.requests.slice(1).every(({ gone }) => gone.aborted));
  });

  it('sends no more once one page has failed', async () => {
    server.answer(listing(all, { 2: json(403, { message: 'no' }), 3: hang }));
    await rejectsWith('forbidden', readAll());
  });

  it('stops at once when the caller gives up', async () => {
    server.answer(listing(all, { 2: hang }));
    const abort = new AbortController();
    const work = rejectsWith('cancelled', readAll({ signal: abort.signal }));
    await until(() => server.requests.length >= 3);
    abort.abort();
    await work;
  });

  it('reads on where the server gives fewer entries a page than asked for', async () => {
    const capped: Script = (incoming, response) => {
      incoming.query.set('page_size', '5');
      listing(all)(incoming, response);
    };
    server.answer(capped);
    assert.deepEqual(await readAll(), all);
    assert.equal(server.requests.length, 5);
  });

  it('takes a 404 after a short last page for the end', async () => {
    const next = '/v2/list?page=4';
    server.answer(listing(all, { 3: { next }, 4: json(404, { message: 'object not found' }) }));
    assert.deepEqual(await readAll(), all);
    assert.equal(server.requests.length, 4);
  });

  it('takes a 404 after a full last page for an error', async () => {
    const entries = all.slice(0, 20);
    server.answer(
      listing(entries, { 2: { next: '/v2/list?page=3' }, 3: json(404, { message: 'object not found' }) }),
    );
    const error = await rejectsWith('protocol', readAll());
    assert.equal(error.reason, 'next: page 3 does not exist');
  });

  it('takes a 404 for the end where every page is shorter than requested', async () => {
    const next = '/v2/list?page=3';
    const capped: Script = (incoming, response) => {
      const page = Number(incoming.query.get('page'));
      incoming.query.set('page_size', '5');
      const script =
        page > 2 ? json(404, { message: 'object not found' }) : listing(all.slice(0, 10), { 2: { next } });
      script(incoming, response);
    };
    server.answer(capped);
    assert.deepEqual(await readAll(), all.slice(0, 10));
    assert.equal(server.requests.length, 3);
  });

  const sizes: [rule: string, pages: readonly number[]][] = [
    ['the first page is the shortest', [3, 10, 10]],
    ['the first page is the longest', [9, 2, 2, 10]],
    ['a page in the middle is short', [10, 3, 10]],
    ['every page has one entry', [1, 1, 1, 1, 1]],
  ];
  for (const [rule, pages] of sizes) {
    it(`gives all entries where ${rule}`, async () => {
      const starts = pages.map((_, index) => pages.slice(0, index).reduce((sum, size) => sum + size, 0));
      const count = pages.reduce((sum, size) => sum + size, 0);
      server.answer((incoming, response) => {
        const page = Number(incoming.query.get('page'));
        const [start, size] = [starts[page - 1], pages[page - 1]];
        const next = page < pages.length ? `/v2/list?page=${page + 1}` : null;
        const script =
          start === undefined || size === undefined
            ? json(404, { message: 'object not found' })
            : json(200, { count, next, previous: null, results: all.slice(start, start + size) });
        script(incoming, response);
      });
      assert.deepEqual(await readAll(), all.slice(0, count));
    });
  }

  it('ends a listing that goes on forever, and says how much is missing', async () => {
    const count = 1_000_000;
    const requested: number[] = [];
    const endless: Parameters<typeof readPages>[0] = {
      origin: server.url,
      get: (path, query) => {
        const page = Number(query?.['page']);
        requested.push(page);
        const body = { count, next: `${path}?page=${page + 1}`, results: [`item-${page}`] };
        return Promise.resolve({ method: 'GET', path, status: 200, headers: new Headers(), body });
      },
    };
    const unread: UnreadPart[] = [];
    for await (const page of readPages(endless, request)) {
      unread.push(...page.unread);
    }
    assert.deepEqual(unread, [
      { position: 1_000, count: count - 1_000, reason: 'next: more than 1000 pages' },
    ]);
    assert.equal(requested.length, 1_000);
  });

  it('takes an empty page after the last for the end', async () => {
    server.answer(listing(all, { 3: { next: '/v2/list?page=4' } }));
    assert.deepEqual(await readAll(), all);
  });

  const contradictions: [rule: string, otherwise: Record<number, Page>, reason: string][] = [
    ['a count that changes', { 2: { count: 24 } }, 'count: was 23, is 24 on page 2'],
    ['a count that is too low', { 1: { count: 10 }, 2: { count: 10 } }, 'count: is 10, but page 2 has more'],
    [
      'a count that is too high',
      { 1: { count: 40 }, 2: { count: 40 }, 3: { count: 40 }, 4: { count: 40 } },
      'count: is 40, but the pages have 23',
    ],
    ['a page that is short', { 2: { results: all.slice(10, 19) } }, 'count: is 23, but the pages have 22'],
    ['a page that is empty', { 3: { results: [] } }, 'count: is 23, but the pages have 20'],
    ['a page that comes twice', { 2: { results: all.slice(0, 10) } }, 'results: page 2 repeats an entry'],
    ['pages that shift', { 3: { results: all.slice(19, 22) } }, 'results: page 3 repeats an entry'],
    ['an end that comes early', { 2: { next: null } }, 'count: is 23, but the pages have 20'],
    ['a next link to itself', { 2: { next: '/v2/list?page=2' } }, 'next: page 2 must lead to page 3'],
    [
      'a next link on another host',
      { 1: { next: 'https://evil.example.com/?page=2' } },
      'next: leads to another server, https://evil.example.com',
    ],
  ];
  for (const [rule, otherwise, reason] of contradictions) {
    it(`refuses ${rule}`, async () => {
      server.answer(listing(all, otherwise));
      const error = await rejectsWith('protocol', readAll());
      assert.equal(error.reason, reason);
      assert.equal(error.path, '/v2/list');
    });
  }
});
