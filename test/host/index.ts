import { isSuccess, runMocha } from '../run/support/runMocha';

/**
 * Runs the tests inside the extension host.
 *
 * @param files Each loads one file of tests; mocha's `describe` and `it` exist only while they are called.
 * @throws When a test failed, or there was none: the host then ends with exit code 1.
 */
export async function runFiles(files: readonly (() => void)[]): Promise<void> {
  process.setSourceMapsEnabled(true);
  const counts = await runMocha({
    timeoutMs: 20_000,
    slowMs: 1000,
    load: (mocha) => {
      mocha.suite.emit('pre-require', globalThis, '', mocha);
      for (const load of files) load();
    },
  });
  if (!isSuccess(counts))
    throw new Error(`${counts.failed} of ${counts.passed + counts.failed} host tests failed`);
}
