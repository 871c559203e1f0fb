import { relative, sep } from 'node:path';
import type { MutantResult } from '@stryker-mutator/api/core';

/** A change of the code that no test notices. */
export interface Survivor {
  /** Such as `src/journal/run.ts`. */
  readonly file: string;
  /** From 1. */
  readonly lineNumber: number;
  /** The line with the changed part between « and », such as `if («count > 0») {`. */
  readonly code: string;
  /** What replaces the changed part. */
  readonly replacement: string;
  /** Whether any test runs the code at all. */
  readonly isCovered: boolean;
}

/** Changes that may survive, because nobody can tell the changed code from the original one. */
export interface AcceptedSurvivors {
  readonly file: string;
  readonly reason: string;
  /** As in {@link Survivor}: the code and its replacement. */
  readonly mutants: readonly (readonly [code: string, replacement: string])[];
}

export interface MutationScore {
  /** Number of changes that can be judged: all but those that do not compile or run. */
  readonly mutants: number;
  /** Number of changes that a test notices, also by taking too long. */
  readonly detected: number;
  /** In percent. */
  readonly score: number;
}

/** Long code, such as the body of a function, is shown by its beginning. */
const codeLimit = 120;

export function scoreOf(results: readonly Pick<MutantResult, 'status'>[]): MutationScore {
  const detected = results.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
  const mutants = detected + results.filter(isUndetected).length;
  return { mutants, detected, score: mutants === 0 ? 100 : (100 * detected) / mutants };
}

/** @param readSource Returns the text of a file, by the name in the result. */
export function survivorsOf(
  results: readonly MutantResult[],
  readSource: (file: string) => string,
): readonly Survivor[] {
  return changesOf(results.filter(isUndetected), readSource);
}

/**
 * Changes for which the tests took too long. On a computer that others use as well, an accepted change can be among them.
 *
 * @param readSource As for {@link survivorsOf}.
 */
export function timedOutOf(
  results: readonly MutantResult[],
  readSource: (file: string) => string,
): readonly Survivor[] {
  return changesOf(
    results.filter(({ status }) => status === 'Timeout'),
    readSource,
  );
}

function changesOf(
  results: readonly MutantResult[],
  readSource: (file: string) => string,
): readonly Survivor[] {
  return results
    .map(({ fileName, location, replacement, status }) => ({
      file: relative('.', fileName).split(sep).join('/'),
      lineNumber: location.start.line,
      code: markedCode(readSource(fileName), location),
      replacement: oneLine(replacement),
      isCovered: status !== 'NoCoverage',
    }))
    .sort((a, b) => (a.file === b.file ? a.lineNumber - b.lineNumber : a.file < b.file ? -1 : 1));
}

/**
 * Compares survivors with those that are accepted.
 *
 * @param timedOut Changes of which it is not known whether a test notices them.
 */
export function compareSurvivors(
  survivors: readonly Survivor[],
  accepted: readonly AcceptedSurvivors[],
  timedOut: readonly Survivor[] = [],
): {
  /** Survivors that nobody accepted. */
  readonly unexpected: readonly Survivor[];
  /** Accepted changes that a test notices, or that cannot be made any more. */
  readonly outdated: readonly string[];
} {
  const found = new Set([...survivors, ...timedOut].map(keyOf));
  const expected = accepted.flatMap(({ file, mutants }) =>
    mutants.map(([code, replacement]) => keyOf({ file, code, replacement })),
  );
  const known = new Set(expected);
  return {
    unexpected: survivors.filter((survivor) => !known.has(keyOf(survivor))),
    outdated: expected.filter((key) => !found.has(key)),
  };
}

/** Such as `src/journal/run.ts: if («count > 0») { → true`. */
export function keyOf({ file, code, replacement }: Pick<Survivor, 'file' | 'code' | 'replacement'>): string {
  return `${file}: ${code} → ${replacement}`;
}

function isUndetected({ status }: Pick<MutantResult, 'status'>): boolean {
  return status === 'Survived' || status === 'NoCoverage';
}

/** Lines and columns count from 1; the end is exclusive. */
function markedCode(source: string, { start, end }: MutantResult['location']): string {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const before = (lines[0] ?? '').slice(0, start.column - 1);
  const after = (lines.at(-1) ?? '').slice(end.column - 1);
  const all = lines.join('\n');
  const changed = all.slice(before.length, all.length - after.length);
  return `${before.trimStart()}«${oneLine(changed)}»${after.trimEnd()}`;
}

function oneLine(code: string): string {
  const line = code.replace(/\s+/g, ' ');
  return line.length > codeLimit ? `${line.slice(0, codeLimit)}…` : line;
}
