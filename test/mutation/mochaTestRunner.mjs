/**
 * Runs the bundled unit tests for Stryker with the mocha of this repository. Stryker's own runner for mocha does not
 * support mocha 12.
 */
import { declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import Mocha from 'mocha';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withoutLateEnd } from './lateEnds.mjs';
import { quickAndSlow, timeoutMsOf } from './testOrder.mjs';

/**
 * @import { InstrumenterContext } from '@stryker-mutator/api/core'
 * @import {
 *   CompleteDryRunResult, DryRunOptions, DryRunResult, MutantRunOptions, MutantRunResult, TestResult, TestRunner,
 * } from '@stryker-mutator/api/test-runner'
 * @import { RunnerSettings } from './mutationOptions'
 */

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'bundled-mocha', createRunner)];

createRunner.inject = tokens('options');

/** @param {import('@stryker-mutator/api/core').StrykerOptions} options */
function createRunner(options) {
  /** @type {unknown} */
  const settings = options['bundledMocha'];
  return new BundledMochaRunner(/** @type {RunnerSettings} */ (settings)); // as mutationOptions.ts writes it
}

/** @implements {TestRunner} */
class BundledMochaRunner {
  /**
   * @readonly
   * @type {RunnerSettings}
   */
  #settings;
  /** @type {Promise<Mocha> | undefined} */
  #loaded;
  /** @type {ReadonlyMap<string, number> | undefined} */
  #durations;
  #isLimited = false;
  #runs = 0;

  /** @param {RunnerSettings} settings */
  constructor(settings) {
    this.#settings = settings;
  }

  /** ES modules cannot be loaded a second time, so a mutant that acts while they are loaded needs a new process. */
  capabilities() {
    return { reloadEnvironment: false };
  }

  /**
   * @param {DryRunOptions} options
   * @returns {Promise<DryRunResult>}
   */
  async dryRun({ disableBail }) {
    const result = await this.#run({ disableBail });
    this.#remember(result.tests);
    const { mutantCoverage } = shared();
    return mutantCoverage === undefined ? result : { ...result, mutantCoverage };
  }

  /**
   * @param {MutantRunOptions} options
   * @returns {Promise<MutantRunResult>}
   */
  async mutantRun({ activeMutant, mutantActivation, hitLimit, testFilter, disableBail }) {
    const stryker = shared();
    stryker.hitLimit = hitLimit;
    stryker.hitCount = hitLimit === undefined ? undefined : 0;
    if (mutantActivation === 'static') {
      stryker.activeMutant = activeMutant.id;
    }
    try {
      await this.#load();
    } catch (error) {
      if (mutantActivation !== 'static') throw error;
      return noticedWhileLoading(error);
    }
    await this.#limitTimes();
    stryker.activeMutant = activeMutant.id;
    const result = await this.#runQuickTestsFirst(testFilter, disableBail);
    return toMutantRunResult(determineHitLimitReached(stryker.hitCount, stryker.hitLimit) ?? result);
  }

  /**
   * A change that a quick test notices needs no slow one.
   *
   * @param {string[] | undefined} testFilter
   * @param {boolean} disableBail
   */
  async #runQuickTestsFirst(testFilter, disableBail) {
    const durations = this.#knownDurations();
    const wanted = testFilter ?? [...durations.keys()];
    const result = { status: DryRunStatus.Complete, tests: /** @type {TestResult[]} */ ([]) };
    for (const titles of quickAndSlow(wanted, durations)) {
      const { tests } = await this.#run({ disableBail, testFilter: titles });
      result.tests.push(...tests);
      if (tests.some(({ status }) => status === TestStatus.Failed)) break;
    }
    return /** @type {CompleteDryRunResult} */ (result);
  }

  async #limitTimes() {
    if (this.#isLimited) return;
    this.#isLimited = true;
    const mocha = await this.#load();
    limitTimes(mocha.suite, this.#knownDurations());
  }

  get #durationsFile() {
    return join(this.#settings.folder, 'durations.json');
  }

  /**
   * For the processes that test the mutants.
   *
   * @param {readonly TestResult[]} tests
   */
  #remember(tests) {
    const durations = tests.map(({ id, timeSpentMs }) => [id, timeSpentMs]);
    writeFileSync(this.#durationsFile, JSON.stringify(durations));
  }

  /** @returns {ReadonlyMap<string, number>} In milliseconds, by full title; of all tests, without a mutant. */
  #knownDurations() {
    this.#durations ??= new Map(this.#readDurations());
    return this.#durations;
  }

  /** @returns {[string, number][]} */
  #readDurations() {
    return existsSync(this.#durationsFile)
      ? /** @type {[string, number][]} */ (JSON.parse(readFileSync(this.#durationsFile, 'utf8'))) // as written above
      : [];
  }

  #load() {
    this.#loaded ??= this.#loadFiles();
    return this.#loaded;
  }

  async #loadFiles() {
    const { folder, timeoutMs } = this.#settings;
    const mocha = new Mocha({ ui: 'bdd', timeout: timeoutMs, reporter: SilentReporter });
    mocha.cleanReferencesAfterRun(false); // the same tests run for many mutants
    mocha.files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.mjs'))
      .sort()
      .map((file) => resolve(folder, file));
    await mocha.loadFilesAsync();
    keepInTheirRun(mocha.suite, () => this.#runs);
    return mocha;
  }

  /**
   * @param {{ disableBail: boolean, testFilter?: string[] | undefined }} options
   * @returns {Promise<CompleteDryRunResult>}
   */
  async #run({ disableBail, testFilter }) {
    const mocha = await this.#load();
    setBail(mocha.suite, !disableBail);
    mocha.grep(testFilter === undefined ? /^/ : exactly(testFilter));
    const stryker = shared();
    this.#runs += 1;
    /** @type {Map<string, TestResult>} */
    const results = new Map();
    await new Promise((done) => {
      const runner = mocha.run(done);
      // What runs before the tests of a suite belongs to all of them. Stryker runs all tests for code without a test,
      // each time in a new process. What runs after a test belongs to that test.
      runner.on('suite', () => (stryker.currentTestId = undefined));
      runner.on('test', (test) => (stryker.currentTestId = test.fullTitle()));
      runner.on('pass', (test) => {
        const name = test.fullTitle();
        const timeSpentMs = test.duration ?? 0;
        if (!results.has(name))
          results.set(name, { id: name, name, timeSpentMs, status: TestStatus.Success });
      });
      runner.on('fail', (failed, error) => {
        const name = (failed.ctx?.currentTest ?? failed).fullTitle();
        const failureMessage = error instanceof Error ? (error.stack ?? error.message) : String(error);
        results.set(name, { id: name, name, timeSpentMs: 0, status: TestStatus.Failed, failureMessage });
      });
    });
    return { status: DryRunStatus.Complete, tests: [...results.values()] };
  }
}

class SilentReporter extends Mocha.reporters.Base {}

/**
 * The tests do not even begin, as `npm run test:unit` would fail.
 *
 * @param {unknown} error
 * @returns {MutantRunResult}
 */
function noticedWhileLoading(error) {
  const failureMessage = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: MutantRunStatus.Killed, killedBy: [], failureMessage, nrOfTests: 0 };
}

/**
 * What the mutated code and Stryker share in this process. The mutated code tests all of it for `undefined`.
 *
 * @typedef {{ [Key in keyof InstrumenterContext]: InstrumenterContext[Key] | undefined }} SharedState
 * @returns {SharedState}
 */
function shared() {
  const world = /** @type {{ __stryker__?: SharedState }} */ (globalThis);
  world.__stryker__ ??= {};
  return world.__stryker__;
}

/**
 * @param {Mocha.Suite} suite
 * @param {boolean} isBailing
 */
function setBail(suite, isBailing) {
  suite.bail(isBailing);
  for (const inner of suite.suites) setBail(inner, isBailing);
}

/**
 * @param {Mocha.Suite} suite
 * @param {ReadonlyMap<string, number>} durations
 */
function limitTimes(suite, durations) {
  for (const test of suite.tests) {
    test.timer = undefined; // of the run before, which would be started again
    test.timeout(timeoutMsOf(durations.get(test.fullTitle()), test.timeout()));
  }
  for (const inner of suite.suites) limitTimes(inner, durations);
}

/**
 * @param {Mocha.Suite} suite
 * @param {() => number} currentRun
 */
function keepInTheirRun(suite, currentRun) {
  for (const test of suite.tests) {
    if (test.fn?.length === 0) {
      test.fn = withoutLateEnd(/** @type {Mocha.AsyncFunc} */ (test.fn), currentRun); // takes no callback
    }
  }
  for (const inner of suite.suites) keepInTheirRun(inner, currentRun);
}

/** @param {readonly string[]} titles */
function exactly(titles) {
  const escaped = titles.map((title) => title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^(?:${escaped.join('|')})$`);
}
