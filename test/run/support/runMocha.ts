import type Mocha from 'mocha';
import { writeCounts, type Counts, type FailedTest, type TimedTest } from './counts';
import { markReport } from './reportMark';

export interface MochaRun {
  /** Gives the tests to mocha, which has been set up. */
  readonly load: (mocha: Mocha) => Promise<void> | void;
  readonly timeoutMs: number;
  readonly slowMs: number;
  readonly grep?: string | undefined;
  /** One line for each test unless said otherwise. */
  readonly reporter?: 'dot';
}

/**
 * Runs tests with mocha in this process. On a CI machine a test that is skipped, or that keeps others from running,
 * fails.
 */
export async function runMocha({ load, timeoutMs, slowMs, grep, reporter }: MochaRun): Promise<Counts> {
  // mocha is an ES module: the host suite, which is CommonJS, can only load it so.
  const { default: MochaRunner } = await import('mocha');
  markReport(MochaRunner);
  const isCI = Boolean(process.env['CI']);
  const mocha = new MochaRunner({
    ui: 'bdd',
    timeout: timeoutMs,
    slow: slowMs,
    forbidOnly: isCI,
    forbidPending: isCI,
    ...(grep === undefined ? {} : { grep }),
    ...(reporter === undefined ? {} : { reporter }),
  });
  await load(mocha);
  const counts = await run(mocha);
  writeCounts(counts);
  return counts;
}

function run(mocha: Mocha): Promise<Counts> {
  return new Promise((resolve, reject) => {
    const tests: TimedTest[] = [];
    const failures: FailedTest[] = [];
    const runner = mocha.run((failed) => {
      const { passes = 0, pending = 0 } = runner.stats ?? {};
      resolve({ passed: passes, failed, skipped: pending, tests, failures });
    });
    const note = (done: Mocha.Runnable) => {
      tests.push({ title: done.fullTitle(), ms: done.duration ?? 0 });
    };
    runner.on('test end', note);
    runner.on('hook end', note);
    runner.on('fail', (failed: Mocha.Runnable, error: unknown) => {
      const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      failures.push({ title: failed.fullTitle(), reason });
    });
    runner.on('error', reject);
  });
}

/** A suite without a single test has lost its tests: that is a failure too. */
export function isSuccess({ passed, failed }: Counts): boolean {
  return failed === 0 && passed > 0;
}
