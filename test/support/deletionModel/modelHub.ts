import nodeFetch from 'node-fetch';
import type { HubFetch } from '../../../src/hub/http/http';
import { type Exchange, Sandbox, startSandbox } from '../../../src/sandbox/index';
import { sandboxAddress, sandboxFetch } from '../sandboxFetch';
import { faultKinds } from './faultKinds';
import { makeChange, modelNow, modelUser, worldOf } from './modelWorld';
import { isMoment } from './moments';
import { ObservedWorld, type WorldChange } from './observedWorld';
import type { Scenario } from './scenario';

/** Time passes only where a scenario lets it. */
export class ModelClock {
  #elapsedMs = 0;

  readonly now = (): Date => new Date(modelNow.getTime() + this.#elapsedMs);

  pass(ms: number): void {
    this.#elapsedMs += ms;
  }
}

/** The Hub of one run: a sandbox with its faults, what others do, and somebody who watches. */
export class ModelHub {
  readonly sandbox: Sandbox;
  readonly clock: ModelClock;
  readonly observed: ObservedWorld;
  readonly repositoryCount: number;
  readonly fetch: HubFetch;
  readonly #people = new Map<string, number>();

  private constructor(scenario: Scenario, sandbox: Sandbox, clock: ModelClock, observed: ObservedWorld) {
    this.clock = clock;
    this.sandbox = sandbox;
    this.observed = observed;
    this.repositoryCount = scenario.repositories.length;
    this.fetch = scenario.isOverSockets ? nodeFetch : sandboxFetch(sandbox);
  }

  static async of(scenario: Scenario): Promise<ModelHub> {
    const world = worldOf(scenario);
    const clock = new ModelClock();
    const options = { world, now: clock.now };
    const sandbox = scenario.isOverSockets ? await startSandbox(options) : new Sandbox(options);
    const hub = new ModelHub(scenario, sandbox, clock, new ObservedWorld(world));
    hub.#addChanges(scenario);
    hub.#addFaults(scenario);
    return hub;
  }

  get url(): string {
    return this.sandbox.url === '' ? sandboxAddress : this.sandbox.url;
  }

  issueToken(person: number): string {
    const token = this.sandbox.tokens.issue(modelUser);
    this.#people.set(`JWT ${token}`, person);
    return token;
  }

  /** @param listener Told whose exchange it was and what it changed. */
  watch(listener: (exchange: Exchange, person: number, changes: readonly WorldChange[]) => void): void {
    this.sandbox.onDidExchange((exchange) => {
      const person = this.#people.get(exchange.requestHeaders.authorization ?? '') ?? 0;
      listener(exchange, person, this.observed.look(person));
    });
  }

  #addFaults({ faults }: Scenario): void {
    for (const { at, times, name } of faults) {
      this.sandbox.faults.add({
        on: { when: (request) => isMoment(at, request), nth: at.nth },
        times,
        fault: faultKinds[name],
      });
    }
  }

  #addChanges({ changes, repositories }: Scenario): void {
    for (const change of changes) {
      this.sandbox.faults.add({
        on: { when: (request) => isMoment(change.at, request), nth: change.at.nth },
        fault: {
          kind: 'before',
          change: (world) => {
            if (change.kind === 'revokeTokens') {
              this.sandbox.tokens.revokeAll();
            } else {
              makeChange(world, change, repositories.length);
              this.observed.look('others');
            }
          },
        },
      });
    }
  }
}
