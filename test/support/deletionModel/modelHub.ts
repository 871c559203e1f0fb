import nodeFetch from 'node-fetch';
import type { Delay } from '../../../src/hub/delay';
import type { HubFetch } from '../../../src/hub/http/http';
import { type Exchange, Sandbox, startSandbox } from '../../../src/sandbox/index';
import { sandboxAddress, sandboxFetch } from '../sandboxFetch';
import { faultOf } from './faultKinds';
import { makeChange, modelNow, modelUser, worldOf } from './modelWorld';
import { isMoment } from './moments';
import { ObservedWorld, type WorldChange } from './observedWorld';
import type { Scenario } from './scenario';

/** Header by which the model knows whose request it is. */
export const personHeader = 'x-model-person';

/** Time passes only where a scenario lets it, and where a client waits before it sends something again. */
export class ModelClock {
  #elapsedMs = 0;

  readonly now = (): Date => new Date(modelNow.getTime() + this.#elapsedMs);

  /** Waits no longer than it takes to let the time pass. */
  readonly delay: Delay = (ms, signal) => {
    if (signal.aborted) {
      return Promise.reject(new Error('aborted'));
    }
    this.pass(ms);
    return Promise.resolve();
  };

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
  readonly #msPerRequest: number;

  private constructor(scenario: Scenario, sandbox: Sandbox, clock: ModelClock) {
    this.clock = clock;
    this.sandbox = sandbox;
    this.observed = new ObservedWorld(sandbox.world, () => clock.now().getTime());
    this.repositoryCount = scenario.repositories.length;
    this.fetch = scenario.isOverSockets ? nodeFetch : sandboxFetch(sandbox);
    this.#msPerRequest = scenario.msPerRequest;
  }

  static async of(scenario: Scenario): Promise<ModelHub> {
    const clock = new ModelClock();
    const options = {
      world: worldOf(scenario),
      now: clock.now,
      listLag: scenario.listLag,
      routes: scenario.api === 'registry' ? 'today' : 'all',
    } as const;
    const sandbox = scenario.isOverSockets ? await startSandbox(options) : new Sandbox(options);
    const hub = new ModelHub(scenario, sandbox, clock);
    hub.#addChanges(scenario);
    hub.#addFaults(scenario);
    return hub;
  }

  get url(): string {
    return this.sandbox.url === '' ? sandboxAddress : this.sandbox.url;
  }

  issueToken(): string {
    return this.sandbox.tokens.issue(modelUser);
  }

  /** @param listener Told whose exchange it was and what it changed. */
  watch(listener: (exchange: Exchange, person: number, changes: readonly WorldChange[]) => void): void {
    this.sandbox.onDidExchange((exchange) => {
      const person = Number(exchange.requestHeaders[personHeader] ?? 0);
      const changes = this.observed.look(person);
      listener(exchange, person, changes);
      this.clock.pass(this.#msPerRequest);
    });
  }

  #addFaults({ faults }: Scenario): void {
    for (const { at, times, name } of faults) {
      this.sandbox.faults.add({
        on: { when: (request) => isMoment(at, request), nth: at.nth },
        times,
        fault: faultOf(name),
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
