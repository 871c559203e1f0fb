import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** What a suite of tests came to. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0 };

/** Name of the variable that tells a suite, in whatever process it runs, where to leave its counts. */
export const COUNTS_FILE = 'HUB_IMAGES_TEST_COUNTS';

export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (left, right) => ({
      passed: left.passed + right.passed,
      failed: left.failed + right.failed,
      skipped: left.skipped + right.skipped,
    }),
    noCounts,
  );
}

/** `12 passed, 1 failed`: a line of this form closes every run. */
export function describeCounts({ passed, failed }: Counts): string {
  return `${String(passed)} passed, ${String(failed)} failed`;
}

export function writeCounts(counts: Counts, file = process.env[COUNTS_FILE]): void {
  if (file !== undefined && file !== '') writeFileSync(file, JSON.stringify(counts));
}

/** Undefined where the suite never came to its end. */
export function readCounts(file: string): Counts | undefined {
  if (!existsSync(file)) return undefined;
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof value !== 'object' || value === null) return undefined;
  const { passed, failed, skipped } = value as Partial<Record<keyof Counts, unknown>>; // each is looked at below
  if (typeof passed !== 'number' || typeof failed !== 'number' || typeof skipped !== 'number')
    return undefined;
  return { passed, failed, skipped };
}
