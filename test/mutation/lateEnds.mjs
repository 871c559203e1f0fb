/**
 * Returns the function of a test so that it never ends once the run in which it began is over. A test that a mutant lets
 * hang has noticed the mutant when its time is up. If what it waits for fails later, that must not count for the mutant that
 * is tested by then.
 *
 * @template Context
 * @template Result
 * @param {(this: Context) => Result} test
 * @param {() => number} currentRun
 * @returns {(this: Context) => Result | Promise<Awaited<Result>>}
 */
export function withoutLateEnd(test, currentRun) {
  return function () {
    const run = currentRun();
    const result = test.call(this);
    if (!(result instanceof Promise)) {
      return result;
    }
    return new Promise((resolve, reject) => {
      /** @type {<T>(end: (value: T) => void) => (value: T) => void} */
      const inTime = (end) => (value) => {
        if (currentRun() === run) {
          end(value);
        }
      };
      result.then(inTime(resolve), inTime(reject));
    });
  };
}
