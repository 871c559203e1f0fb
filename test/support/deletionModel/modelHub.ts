import nodeFetch from 'node-fetch';
import type { Delay } from '../../../src/hub/delay';
import type { HubFetch } from '../../../src/hub/http/http';
import {
  type Exchange,
  type IncomingRequest,
  type Reply,
  Sandbox,
  startSandbox,
} from '../../../src/sandbox/index';
import { HubError } from '../../../src/hub/errors';
import { sandboxAddress, sandboxFetch } from '../sandboxFetch';
import { type FaultName, faultOf } from './faultKinds';
import { makeChange, modelNow, modelUser, worldOf } from './modelWorld';
import { isMoment, type RequestLike } from './moments';
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
  /** Without connections, a request without an answer times out at once, however busy the computer is. */
  readonly fetch: HubFetch;
  readonly #msPerRequest: number;

  private constructor(scenario: Scenario, sandbox: Sandbox, clock: ModelClock) {
    this.clock = clock;
    this.sandbox = sandbox;
    this.observed = new ObservedWorld(sandbox.world, () => clock.now().getTime());
    this.repositoryCount = scenario.repositories.length;
    const fetch = scenario.isOverSockets ? nodeFetch : sandboxFetch({ exchange: this.#exchange });
    this.fetch = scenario.api === 'registry' ? travelling(fetch) : fetch;
    this.#msPerRequest = scenario.msPerRequest;
  }

  static async of(scenario: Scenario): Promise<ModelHub> {
    const clock = new ModelClock();
    const options = {
      world: worldOf(scenario),
      now: clock.now,
      listLag: scenario.listLag,
      hasReferrers: scenario.hasReferrers,
      deletesReferrers: scenario.hasReferrers && scenario.deletesReferrers, // who deletes them can also tell them
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

  readonly #exchange = async (request: IncomingRequest): Promise<Reply> => {
    const reply = await this.sandbox.exchange(request);
    if (reply.kind !== 'hang') {
      return reply;
    }
    await turn(2); // others go on meanwhile
    throw new HubError('timeout', { method: request.method, path: request.path });
  };

  #addFaults({ faults }: Scenario): void {
    for (const { at, times, name } of faults) {
      this.sandbox.faults.add({
        on: { when: (request) => isMoment(at, request) && mayHappen(name, request), nth: at.nth },
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
              makeChange(world, change, repositories.length, this.clock.now());
              this.observed.look('others');
            }
          },
        },
      });
    }
  }
}

/**
 * A registry stores a manifest by the digest of its content, so it may fail to send it, but does not send another content.
 * And it is the only source for attachments without a tag: docs/how-deletion-works.md describes what the checks can miss if
 * it does not name one of them.
 */
function mayHappen(name: FaultName, request: RequestLike): boolean {
  const isChanged = faultOf(name).kind === 'transformBody';
  const isIncomplete = name === 'entryLost';
  return (
    !(isChanged && isMoment({ of: 'index' }, request)) &&
    !(isIncomplete && isMoment({ of: 'referrers' }, request))
  );
}

/** Requests and answers that overtake each other, as over connections; always in the same order in the same run. */
function travelling(fetch: HubFetch): HubFetch {
  let requests = 0;
  return async (url, init) => {
    requests += 1;
    const turns = 1 + ((requests * 7) % 3);
    await turn(turns);
    const response = await fetch(url, init);
    await turn(4 - turns);
    return response;
  };
}

async function turn(times: number): Promise<void> {
  for (let left = times; left > 0; left -= 1) {
    await new Promise(setImmediate);
  }
}
