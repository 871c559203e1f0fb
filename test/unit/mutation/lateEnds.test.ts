import assert from 'node:assert/strict';
import { withoutLateEnd } from '../../mutation/lateEnds.mjs';

/** A test that ends on demand, and a run that can end before it. */
function setUp() {
  const ends: string[] = [];
  const state = { run: 1 };
  let resolve: (value: string) => void = () => undefined;
  let reject: (error: Error) => void = () => undefined;
  const test = withoutLateEnd(
    () =>
      new Promise<string>((...both) => {
        [resolve, reject] = both;
      }),
    () => state.run,
  );
  const begin = () => {
    Promise.resolve(test.call(undefined)).then(
      (value) => ends.push(value),
      (error: unknown) => ends.push(String(error)),
    );
  };
  return {
    state,
    ends,
    begin,
    end: () => {
      resolve('passed');
    },
    fail: () => {
      reject(new Error('failed'));
    },
  };
}

const settle = () => new Promise(setImmediate);

describe('a test of several mutants', () => {
  it('ends with its run', async () => {
    const { ends, begin, end, fail } = setUp();
    begin();
    end();
    await settle();
    begin();
    fail();
    await settle();
    assert.deepEqual(ends, ['passed', 'Error: failed']);
  });

  it('never ends after its run, not even if it is under way again', async () => {
    for (const late of ['end', 'fail'] as const) {
      const made = setUp();
      made.begin();
      const ofFirstRun = made[late];
      made.state.run = 2;
      ofFirstRun();
      await settle();
      made.begin();
      made.end();
      await settle();
      assert.deepEqual(made.ends, ['passed']);
    }
  });

  it('returns or fails at once where it waits for nothing', () => {
    const returned = withoutLateEnd(
      () => 'value',
      () => 1,
    );
    const failing = withoutLateEnd(
      () => assert.fail('at once'),
      () => 1,
    );
    assert.equal(returned.call(undefined), 'value');
    assert.throws(() => failing.call(undefined), /at once/);
  });

  it('has the context that it is given', () => {
    const test = withoutLateEnd(
      function (this: { readonly name: string }) {
        return this.name;
      },
      () => 1,
    );
    assert.equal(test.call({ name: 'context' }), 'context');
  });
});
