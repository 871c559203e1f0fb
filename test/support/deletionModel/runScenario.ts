import { ModelHub } from './modelHub';
import { ModelPerson } from './modelPerson';
import type { Scenario } from './scenario';

/** What one run came to. */
export interface RunReport {
  readonly requests: number;
  readonly faults: number;
  /** Changes that others made, the two people of a run included. */
  readonly changes: number;
  readonly deletionRequests: number;
  readonly raced: number;
  readonly continued: number;
  /** How often each outcome was told. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** What the properties forbid; empty for a good run. */
  readonly violations: readonly string[];
}

/** Plays a scenario to its end. Nothing in it waits longer than a short time-out. */
export async function runScenario(scenario: Scenario): Promise<RunReport> {
  const hub = await ModelHub.of(scenario);
  const people = scenario.people.map((spec, index) => new ModelPerson(index, spec, hub));
  let requests = 0;
  let deletionRequests = 0;
  hub.watch((exchange, person, changes) => {
    requests += 1;
    const body = exchange.requestBody as { readonly dry_run?: boolean } | undefined; // our own client's
    deletionRequests += body?.dry_run === false ? 1 : 0;
    people[person]?.didExchange(
      exchange,
      hub.observed.tick,
      changes.flatMap(({ removed }) => removed),
    );
  });
  try {
    await Promise.all(people.map((person) => person.act()));
  } finally {
    await hub.sandbox.stop();
  }
  const outcomes = new Map<string, number>();
  for (const [outcome, count] of people.flatMap((person) => [...person.outcomes])) {
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + count);
  }
  return {
    requests,
    deletionRequests,
    outcomes,
    faults: hub.sandbox.faults.injected.filter(({ kind }) => kind !== 'before').length,
    changes: hub.observed.changes.filter(({ by }) => by === 'others').length,
    raced: people.reduce((sum, { raced }) => sum + raced, 0),
    continued: people.reduce((sum, { continued }) => sum + continued, 0),
    violations: people.flatMap(({ violations }) => violations),
  };
}
