import { join, resolve } from 'node:path';
import type { PartialStrykerOptions } from '@stryker-mutator/api/core';
import type { MutationTarget } from './targets';

/** What the test runner needs to know. */
export interface RunnerSettings {
  /** Bundled tests, in the copy of the repository that Stryker makes. */
  readonly folder: string;
  readonly timeoutMs: number;
}

const bundles = 'out/mutation';

/** Runs of the property test: each mutant that it covers needs all of them. */
const propertyRuns = 20;

/** @param folder Where the reports are written. */
export function mutationOptions({ source, tests }: MutationTarget, folder: string): PartialStrykerOptions {
  const runner: RunnerSettings = { folder: join(bundles, 'test/unit'), timeoutMs: 10_000 };
  process.env['HUB_IMAGES_RUNS'] ??= String(propertyRuns);
  return {
    mutate: [source.endsWith('.ts') ? source : `${source}/**/*.ts`],
    testRunner: 'bundled-mocha',
    plugins: [resolve('test/mutation/mochaTestRunner.mjs')],
    bundledMocha: runner,
    buildCommand: ['node', 'esbuild.mjs', '--tests=unit', `--out=${bundles}`, ...tests].join(' '),
    coverageAnalysis: 'perTest',
    concurrency: 2,
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
