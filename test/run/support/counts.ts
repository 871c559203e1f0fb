import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';

const timedTest = v.object({ title: v.string(), ms: v.number() });
const failedTest = v.object({ title: v.string(), reason: v.string() });
const counts = v.object({
  passed: v.number(),
  failed: v.number(),
  skipped: v.number(),
  tests: v.array(timedTest),
  failures: v.array(failedTest),
});

/** A test, or a hook with what it prepares, and how long it took. */
export type TimedTest = Readonly<v.InferOutput<typeof timedTest>>;

/** A test or hook that failed, and the first line of its error. */
export type FailedTest = Readonly<v.InferOutput<typeof failedTest>>;

/** What a suite of tests came to. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** In the order in which they ended. */
  readonly tests: readonly TimedTest[];
  readonly failures: readonly FailedTest[];
}

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0, tests: [], failures: [] };

/** Name of the variable that tells a suite, in whatever process it runs, where to leave its counts. */
export const COUNTS_FILE = 'HUB_IMAGES_TEST_COUNTS';

export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (left, right) => ({
      passed: left.passed + right.passed,
      failed: left.failed + right.failed,
      skipped: left.skipped + right.skipped,
      tests: [...left.tests, ...right.tests],
      failures: [...left.failures, ...right.failures],
    }),
    noCounts,
  );
}

/** `12 passed, 1 failed`: a line of this form closes every run. */
export function describeCounts({ passed, failed }: Pick<Counts, 'passed' | 'failed'>): string {
  return `${String(passed)} passed, ${String(failed)} failed`;
}

export function writeCounts(all: Counts, file = process.env[COUNTS_FILE]): void {
  if (file !== undefined && file !== '') writeFileSync(file, JSON.stringify(all));
}

/** Undefined where the suite never came to its end. */
export function readCounts(file: string): Counts | undefined {
  if (!existsSync(file)) return undefined;
  const parsed = v.safeParse(counts, JSON.parse(readFileSync(file, 'utf8')));
  return parsed.success ? parsed.output : undefined;
}
