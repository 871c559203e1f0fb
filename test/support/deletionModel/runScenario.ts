import type { Exchange } from '../../../src/sandbox/index';
import { ModelHub } from './modelHub';
import { ModelPerson } from './modelPerson';
import { isMoment } from './moments';
import type { WorldChange } from './observedWorld';
import type { Scenario } from './scenario';
import type { Violation } from './violation';

/** What one run came to. */
export interface RunReport {
  readonly requests: number;
  readonly faults: number;
  /** Changes that others made, the two people of a run included. */
  readonly changes: number;
  readonly deletionRequests: number;
  readonly raced: number;
  readonly hidden: number;
  readonly continued: number;
  readonly looks: number;
  /** How often each outcome was told. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** What the properties forbid; empty for a good run. */
  readonly violations: readonly Violation[];
}

/**
 * Plays a scenario to its end. Nothing in it waits longer than a short time-out.
 *
 * @param tell Told of each exchange in one line, to look at a run.
 */
export async function runScenario(
  scenario: Scenario,
  tell: (line: string) => void = () => undefined,
): Promise<RunReport> {
  const hub = await ModelHub.of(scenario);
  const people = scenario.people.map((spec, index) => new ModelPerson(index, spec, hub, scenario.api));
  let requests = 0;
  let deletionRequests = 0;
  hub.watch((exchange, person, changes) => {
    requests += 1;
    tell(describeExchange(exchange, person, changes));
    const isDeletion = exchange.method === 'DELETE' || isMoment({ of: 'delete' }, exchange);
    deletionRequests += isDeletion ? 1 : 0;
    people[person]?.didExchange(exchange, hub.observed.tick, changes);
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
    raced: people.reduce((sum, { log }) => sum + log.raced, 0),
    hidden: people.reduce((sum, { log }) => sum + log.hidden, 0),
    continued: people.reduce((sum, { continued }) => sum + continued, 0),
    looks: people.reduce((sum, { looks }) => sum + looks, 0),
    violations: people.flatMap(({ log }) => log.violations),
  };
}

function describeExchange(
  { method, path, status, faults }: Exchange,
  person: number,
  changes: readonly WorldChange[],
): string {
  const effects = changes.flatMap(({ removed, tags }) => [
    ...removed.map((key) => `-${key}`),
    ...tags.map(({ tag, before, after }) => `${tag}: ${before ?? 'none'} > ${after ?? 'none'}`),
  ]);
  return [person, method, path, status ?? 'no answer', ...faults, ...effects].join(' ');
}
