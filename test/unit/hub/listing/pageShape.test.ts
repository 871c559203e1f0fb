import assert from 'node:assert/strict';
import { HubError } from '../../../../src/hub/errors';
import { decodePage } from '../../../../src/hub/listing/pageShape';
import { text } from '../../../../src/hub/wireShape';

const origin = 'https://hub.example.com';
const path = '/v2/list';
const decode = (fields: object, page = 3) =>
  decodePage(
    text,
    {
      method: 'GET',
      path,
      status: 200,
      body: { count: 9, next: null, previous: null, results: [], ...fields },
    },
    { origin, page },
  );

describe('decodePage', () => {
  it('reads count and entries', () => {
    assert.deepEqual(decode({ count: 2, results: ['a', 'b'] }), {
      count: 2,
      items: ['a', 'b'],
      hasNext: false,
    });
  });

  for (const next of [null, undefined, '']) {
    it(`takes ${JSON.stringify(next)} for the end`, () => {
      assert.equal(decode({ next }).hasNext, false);
    });
  }

  const links = [
    `${origin}${path}?page=4&page_size=20`,
    `${origin}${path}?&page=4&page_size=20`,
    `${origin}:443${path}?page=4`,
    '/v2/list?page=4',
    '?page=4',
    'list?page=4',
    `${origin}${path}?cursor=abc`,
  ];
  for (const next of links) {
    it(`accepts a next link ${next}`, () => {
      assert.equal(decode({ next }).hasNext, true);
    });
  }

  const refused: [next: string, reason: string][] = [
    ['https://evil.example.com/v2/list?page=4', 'next: leads to another server, https://evil.example.com'],
    ['http://hub.example.com/v2/list?page=4', 'next: leads to another server, http://hub.example.com'],
    [
      'https://hub.example.com:8443/list?page=4',
      'next: leads to another server, https://hub.example.com:8443',
    ],
    ['//evil.example.com/v2/list?page=4', 'next: leads to another server, https://evil.example.com'],
    [
      'https://hub.example.com@evil.example.com/?page=4',
      'next: leads to another server, https://evil.example.com',
    ],
    ['javascript:alert(1)', 'next: leads to another server, javascript:'],
    ['https://', 'next: expected a link'],
    ['?page=3', 'next: page 3 must lead to page 4'],
    ['?page=1', 'next: page 3 must lead to page 4'],
    ['?page=5', 'next: page 3 must lead to page 4'],
    ['?page=x', 'next: page 3 must lead to page 4'],
  ];
  for (const [next, reason] of refused) {
    it(`refuses a next link ${next}`, () => {
      assert.throws(
        () => decode({ next }),
        (error) => error instanceof HubError && error.kind === 'protocol' && error.reason === reason,
      );
    });
  }

  const wrong: [fields: object, reason: RegExp][] = [
    [{ count: null }, /count: expected a whole number/],
    [{ count: -1 }, /count: expected no negative number/],
    [{ next: 7 }, /next: expected text/],
    [{ results: null }, /results: expected a list/],
    [{ results: ['a', 7] }, /results\[1\]: expected text/],
  ];
  for (const [fields, reason] of wrong) {
    it(`refuses ${JSON.stringify(fields)}`, () => {
      assert.throws(() => decode(fields), reason);
    });
  }
});
