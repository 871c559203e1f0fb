import assert from 'node:assert/strict';
import * as shape from '../../../src/hub/wireShape';
import { HubError } from '../../../src/hub/errors';

const answer = (body: unknown) => ({ method: 'GET', path: '/v2/x', status: 200, body });
const listing = shape.object({
  results: shape.list(shape.object({ digest: shape.digest, at: shape.instant })),
});
const good = { digest: 'sha256:abc' };

describe('decode', () => {
  it('tolerates fields it does not know and drops them', () => {
    const body = { more: 1, results: [{ ...good, extra: 'x', at: '2026-01-01T00:00:00.123456789Z' }] };
    assert.deepEqual(shape.decode(listing, answer(body)), {
      results: [{ digest: 'sha256:abc', at: new Date('2026-01-01T00:00:00.123Z') }],
    });
  });

  for (const unknown of [{}, { at: null }, { at: '' }, { at: '0001-01-01T00:00:00Z' }]) {
    it(`takes ${JSON.stringify(unknown)} for a time that is not known`, () => {
      const { results } = shape.decode(listing, answer({ results: [{ ...good, ...unknown }] }));
      assert.equal(results[0]?.at, undefined);
    });
  }

  const wrong: [body: unknown, reason: string][] = [
    [null, 'expected an object'],
    ['text', 'expected an object'],
    [{}, 'results: missing'],
    [{ results: null }, 'results: expected a list'],
    [{ results: {} }, 'results: expected a list'],
    [{ results: [good, null] }, 'results[1]: expected an object'],
    [{ results: [good, good, good, { digest: 'latest' }] }, 'results[3].digest: expected a digest'],
    [{ results: [{}] }, 'results[0].digest: missing'],
    [{ results: [{ digest: 7 }] }, 'results[0].digest: expected a digest'],
    [{ results: [{ ...good, at: 'yesterday' }] }, 'results[0].at: expected a time'],
    [{ results: [{ ...good, at: 0 }] }, 'results[0].at: expected a time'],
  ];
  for (const [body, reason] of wrong) {
    it(`names the place: ${reason}`, () => {
      assert.throws(
        () => shape.decode(listing, answer(body)),
        (error) => {
          assert.ok(error instanceof HubError);
          assert.equal(error.kind, 'protocol');
          assert.equal(error.reason, reason);
          assert.equal(error.path, '/v2/x');
          assert.equal(error.status, 200);
          return true;
        },
      );
    });
  }

  it('never repeats what the server sent', () => {
    assert.throws(
      () => shape.decode(listing, answer({ results: [{ digest: 'hostile <b>' }] })),
      (error: Error) => !error.message.includes('hostile'),
    );
  });
});

describe('count', () => {
  const decodeCount = (value: unknown) => shape.decode(shape.count, answer(value));
  it('accepts whole numbers from zero on', () => {
    assert.equal(decodeCount(0), 0);
    assert.equal(decodeCount(12_345), 12_345);
  });
  for (const value of [-1, 1.5, '1', null, true, 2 ** 60]) {
    it(`rejects ${JSON.stringify(value)}`, () => {
      assert.throws(() => decodeCount(value), HubError);
    });
  }
});

describe('names', () => {
  const cases: [schema: shape.WireSchema<string>, good: string, bad: string, reason: RegExp][] = [
    [shape.namespaceName, 'acme', 'Acme/x', /expected the name of a namespace/],
    [shape.repositoryName, 'api', '../api', /expected the name of a repository/],
    [shape.oneOf(['a', 'b']), 'a', 'c', /expected a or b/],
  ];
  for (const [schema, right, bad, reason] of cases) {
    it(`accepts ${right} and rejects ${bad}`, () => {
      assert.equal(shape.decode(schema, answer(right)), right);
      assert.throws(() => shape.decode(schema, answer(bad)), reason);
    });
  }
});

describe('emptyableList', () => {
  const schema = shape.object({ tags: shape.emptyableList(shape.text) });
  for (const body of [{}, { tags: null }, { tags: [] }]) {
    it(`takes ${JSON.stringify(body)} for an empty list`, () => {
      assert.deepEqual(shape.decode(schema, answer(body)).tags, []);
    });
  }
  it('rejects an entry of another kind', () => {
    assert.throws(() => shape.decode(schema, answer({ tags: ['a', 1] })), /tags\[1\]: expected text/);
  });
});

describe('readableList', () => {
  const read = (body: unknown) =>
    shape.decode(shape.readableList(shape.object({ digest: shape.digest })), answer(body));

  it('keeps what it can read, and says of each other entry where it is and why', () => {
    assert.deepEqual(read([good, null, { digest: 'hostile <b>' }, { digest: 'sha256:def' }, {}]), {
      items: [{ digest: 'sha256:abc' }, { digest: 'sha256:def' }],
      unread: [
        { position: 1, count: 1, reason: 'expected an object' },
        { position: 2, count: 1, reason: 'digest: expected a digest' },
        { position: 4, count: 1, reason: 'digest: missing' },
      ],
    });
  });

  it('is complete where nothing is set apart', () => {
    assert.deepEqual(read([]), { items: [], unread: [] });
  });

  for (const body of [null, undefined, {}, 'text', 7]) {
    it(`rejects ${JSON.stringify(body)}, which is no list`, () => {
      assert.throws(() => read(body), HubError);
    });
  }
});
