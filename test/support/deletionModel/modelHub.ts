import nodeFetch from 'node-fetch';
import type { HubFetch } from '../../../src/hub/http';
import { Sandbox, startSandbox, type Exchange } from '../../../src/sandbox/index';
import { sandboxAddress, sandboxFetch } from '../sandboxFetch';
import { faultKinds } from './faultKinds';
import { isMoment } from './moments';
import { makeChange, modelNow, modelUser, worldOf } from './modelWorld';
import { ObservedWorld, type WorldChange } from './observedWorld';
import type { Scenario } from './scenario';

/** The Hub of one run: a sandbox with its faults, what others do, and somebody who watches. */
export class ModelHub {
  readonly sandbox: Sandbox;
  readonly observed: ObservedWorld;
  readonly repositoryCount: number;
  readonly fetch: HubFetch;
  readonly #people = new Map<string, number>();
  #elapsedMs = 0;

  private constructor(scenario: Scenario, sandbox: Sandbox, observed: ObservedWorld) {
    this.sandbox = sandbox;
    this.observed = observed;
    this.repositoryCount = scenario.repositories.length;
    this.fetch = scenario.isOverSockets ? nodeFetch : sandboxFetch(sandbox);
  }

  static async of(scenario: Scenario): Promise<ModelHub> {
    const world = worldOf(scenario);
    let hub: ModelHub | undefined;
    const options = { world, now: () => hub?.now() ?? modelNow };
    const sandbox = scenario.isOverSockets ? await startSandbox(options) : new Sandbox(options);
    hub = new ModelHub(scenario, sandbox, new ObservedWorld(world));
    hub.#addChanges(scenario);
    hub.#addFaults(scenario);
    return hub;
  }

  get url(): string {
    return this.sandbox.url === '' ? sandboxAddress : this.sandbox.url;
  }

  readonly now = (): Date => new Date(modelNow.getTime() + this.#elapsedMs);

  passTime(ms: number): void {
    this.#elapsedMs += ms;
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
