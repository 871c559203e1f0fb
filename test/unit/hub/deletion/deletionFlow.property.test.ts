import assert from 'node:assert/strict';
import fc from 'fast-check';
import { runScenario, type RunReport } from '../../../support/deletionModel/runScenario';
import { type ModelApiKind, scenariosOf } from '../../../support/deletionModel/scenario';
import type { Rule } from '../../../support/deletionModel/violation';

/** How often, and from where: `HUB_IMAGES_RUNS=50000`, `HUB_IMAGES_SEED=123`, `HUB_IMAGES_PATH=12:0:3`. */
const runs = Number(process.env['HUB_IMAGES_RUNS'] ?? 2_000);
/** The same flows in every ordinary run, so that it fails for a change and not by chance; the long run takes new ones. */
const seed = Number(process.env['HUB_IMAGES_SEED'] ?? 20_261_123);
const path = process.env['HUB_IMAGES_PATH'];

/** So few prove nothing about what the runs cover; whoever asks for them has a reason. */
const fewRuns = 1_000;

/** Far more than a run needs on a busy computer. Flows that never end are noticed by the number of their requests. */
const msPerRun = 200;

/** What is known to fail on each API. */
const known: Readonly<Record<ModelApiKind, readonly Rule[]>> = { management: [], registry: [] };

describe('deletion flow under random faults', () => {
  for (const api of ['management', 'registry'] as const) {
    it(`does what was approved and tells what became of it, ${runs} times on the ${api} API`, async function () {
      this.timeout(60_000 + runs * msPerRun);
      this.slow(runs * msPerRun);
      const total = new Totals();
      try {
        await fc.assert(
          fc.asyncProperty(scenariosOf(api), async (scenario) => {
            const report = await runScenario(scenario);
            total.add(report);
            assert.deepEqual(
              report.violations.filter(({ rule }) => !known[api].includes(rule)),
              [],
            );
          }),
          { numRuns: runs, seed, ...(path === undefined ? {} : { path }) },
        );
      } finally {
        console.log(`      ${total.describe()}, seed ${seed}`);
      }
      assert.ok(
        path !== undefined || runs < fewRuns || total.covers(runs),
        'the runs are too tame to show anything',
      );
    });
  }
});

const nothing = {
  requests: 0,
  deletionRequests: 0,
  faults: 0,
  changes: 0,
  raced: 0,
  hidden: 0,
  continued: 0,
  looks: 0,
};
type Counts = typeof nothing;

class Totals {
  #runs = 0;
  readonly #numbers = { ...nothing };
  readonly #outcomes = new Map<string, number>();

  add({ outcomes, ...numbers }: RunReport): void {
    this.#runs += 1;
    for (const name of Object.keys(this.#numbers) as (keyof Counts)[]) {
      this.#numbers[name] += numbers[name];
    }
    for (const [outcome, count] of outcomes) {
      this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + count);
    }
  }

  describe(): string {
    const { requests, deletionRequests, faults, changes, raced, hidden, continued, looks } = this.#numbers;
    const outcomes = [...this.#outcomes].sort().map(([outcome, count]) => `${count} ${outcome}`);
    return (
      `${this.#runs} runs, ${requests} requests (${deletionRequests} that delete), ${faults} faults, ` +
      `${changes} changes by others, ${raced} lost to a race, ${hidden} that no list showed, ` +
      `${continued} dry runs continued, ${looks} runs looked into later; outcomes: ${outcomes.join(', ') || 'none'}`
    );
  }

  /** Whether everything that the properties speak of has happened. */
  covers(wanted: number): boolean {
    const { deletionRequests, faults, changes, continued, looks } = this.#numbers;
    return (
      this.#runs >= wanted &&
      deletionRequests > 0 &&
      faults > 0 &&
      changes > 0 &&
      continued > 0 &&
      looks > 0 &&
      this.#outcomes.size === 6
    );
  }
}
