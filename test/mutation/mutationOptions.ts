import { readdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve, sep } from 'node:path';
import type { PartialStrykerOptions } from '@stryker-mutator/api/core';
import { type MutationTarget, ownTargetsIn } from './targets';

/** What the test runner needs to know. */
export interface RunnerSettings {
  /** Bundled tests, in the copy of the repository that Stryker makes. */
  readonly folder: string;
  readonly timeoutMs: number;
}

const bundles = 'out/mutation';

/** Two processes halve the time; on a computer that others use as well, one must do. */
const workers = 2;
const busyLoad = 4;

/** @param folder Where the reports are written. */
export function mutationOptions(target: MutationTarget, folder: string): PartialStrykerOptions {
  const runner: RunnerSettings = { folder: join(bundles, 'test/unit'), timeoutMs: 10_000 };
  const { source } = target;
  return {
    mutate: [
      source.endsWith('.ts') ? source : `${source}/**/*.ts`,
      ...ownTargetsIn(target).map((file) => `!${file}`),
    ],
    testRunner: 'bundled-mocha',
    plugins: [resolve('test/mutation/mochaTestRunner.mjs')],
    bundledMocha: runner,
    buildCommand: ['node', 'esbuild.mjs', '--tests=unit', `--out=${bundles}`, ...testFilesOf(target)].join(
      ' ',
    ),
    coverageAnalysis: 'perTest',
    concurrency: (loadavg()[0] ?? 0) > busyLoad ? 1 : workers,
    timeoutMS: 5_000,
    ignorePatterns: ['.vscode-test', 'artifacts', 'dist', 'docs', 'out'],
    tempDirName: 'out/stryker',
    disableTypeChecks: false, // esbuild does not check types
    reporters: ['html', 'json', 'progress-append-only'],
    htmlReporter: { fileName: join(folder, 'report.html') },
    jsonReporter: { fileName: join(folder, 'report.json') },
    allowConsoleColors: false,
    warnings: { unknownOptions: false, preprocessorErrors: true, unserializableOptions: true, slow: false },
  };
}

function testFilesOf({ tests, without = [] }: MutationTarget): readonly string[] {
  return tests.flatMap(testFilesIn).filter((file) => !without.includes(file));
}

/** @param path A folder, or one file. */
function testFilesIn(path: string): readonly string[] {
  if (path.endsWith('.ts')) {
    return [path];
  }
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => join(path, file).split(sep).join('/'));
}
