import assert from 'node:assert/strict';
import { HubError } from '../../../../src/hub/errors';
import { readUncounted, type UncountedPage } from '../../../../src/hub/listing/uncountedListing';

const bad = { position: 0, count: 1, reason: 'expected text' };
const page = (facts: Partial<UncountedPage<string>>): UncountedPage<string> => ({
  items: [],
  unread: [],
  hasNext: true,
  ...facts,
});

describe('readUncounted', () => {
  it('ends a list that has new entries forever, and says that there are more', async () => {
    let requests = 0;
    const found = await readUncounted({
      pageSize: 1,
      read: (number) => Promise.resolve(page({ items: [`n${(requests = number)}`] })),
    });
    assert.equal(requests, 1_000);
    assert.equal(found.items.length, 1_000);
    assert.deepEqual(found.unread, [
      { position: 1_000, count: undefined, reason: 'next: more than 1000 pages' },
    ]);
  });

  it('ends a list that repeats entries that cannot be read', async () => {
    const numbers: number[] = [];
    const found = await readUncounted({
      pageSize: 1,
      read: (number) => {
        numbers.push(number);
        return Promise.resolve(page({ unread: [bad] }));
      },
    });
    assert.deepEqual(numbers, [1, 2]);
    assert.deepEqual(
      found.unread.map(({ position, count }) => [position, count]),
      [
        [0, 1],
        [1, 1],
        [2, undefined],
      ],
    );
  });

  it('reads on while a page has one entry that is new', async () => {
    const pages = [
      page({ items: ['a', 'b'] }),
      page({ items: ['b', 'c'] }),
      page({ items: ['d'], hasNext: false }),
    ];
    const found = await readUncounted({
      pageSize: 2,
      read: (number) => Promise.resolve(pages[number - 1] ?? page({})),
    });
    assert.deepEqual(found, { items: ['a', 'b', 'c', 'd'], unread: [] });
  });

  it('throws where the first page is missing', async () => {
    const missing = new HubError('notFound', { method: 'GET', path: '/v2/list', status: 404 });
    await assert.rejects(readUncounted({ pageSize: 1, read: () => Promise.reject(missing) }), missing);
  });
});
