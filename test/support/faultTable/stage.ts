import { DeletionFlow } from '../../../src/hub/deletion/deletionFlow';
import { MemoryRepositoryLocks } from '../../../src/hub/deletion/memoryRepositoryLocks';
import { planDeletion } from '../../../src/hub/deletion/plan';
import { HubDirectory } from '../../../src/hub/directory';
import { HubHttp, parseBaseUrl } from '../../../src/hub/http/http';
import { ManagementImageApi } from '../../../src/hub/management/managementImageApi';
import { parseRepositoryRef } from '../../../src/hub/names';
import { HubSession, type SignedIn } from '../../../src/hub/session/session';
import {
  digestOf,
  type ExchangeRequest,
  type Fault,
  Sandbox,
  SandboxWorld,
} from '../../../src/sandbox/index';
import { MemoryJournal } from '../deletionModel/memoryJournal';
import { imagesToChoose } from '../deletionModel/modelWorld';
import { sandboxAddress, sandboxFetch } from '../sandboxFetch';

export const stageNow = new Date('2026-03-31T12:00:00Z');
const dayMs = 24 * 60 * 60 * 1000;
export const stageActiveFrom = new Date(stageNow.getTime() - 30 * dayMs);

export const owner = { username: 'owner', password: 'sandbox-owner' } as const;
export const repository = parseRepositoryRef('team/app');
/** The plan of the deletion phases: two untagged images, which go first, and the one that is `latest`. */
export const planned = ['old one', 'old two', 'latest'].map(digestOf);
/** Was `latest`, is active, and falls with it. */
export const collateral = digestOf('former latest');

function stageWorld(): SandboxWorld {
  const daysAgo = (days: number) => new Date(stageNow.getTime() - days * dayMs);
  const world = new SandboxWorld();
  world.addUser({ ...owner, plan: 'team' });
  world.addOrganisation('team', { owner: 'admin' });
  world.addRepository('team/other').push({ digest: digestOf('other'), at: daysAgo(1) });
  const app = world.addRepository('team/app');
  app.push({ digest: collateral, tags: ['latest'], at: daysAgo(3) });
  app.push({ digest: digestOf('latest'), tags: ['latest'], at: daysAgo(50) });
  app.push({ digest: digestOf('old one'), at: daysAgo(90) });
  app.push({ digest: digestOf('old two'), at: daysAgo(80) });
  app.push({ digest: digestOf('kept'), tags: ['1.0'], at: daysAgo(70) });
  app.push({ digest: digestOf('kept too'), tags: ['1.1'], at: daysAgo(75) });
  app.push({ digest: digestOf('never pulled or pushed') });
  return world;
}

export interface StageOptions {
  readonly timeoutMs: number;
  readonly signsInAgain: boolean;
  readonly clockErrorMs: number;
}

/** One client before a small Hub, for one cell of the table. */
export class Stage {
  readonly sandbox: Sandbox;
  readonly http: HubHttp;
  readonly api: ManagementImageApi;
  readonly directory: HubDirectory;
  readonly session: HubSession;
  readonly journal: MemoryJournal;
  readonly abort = new AbortController();
  /** Requests that were sent again. */
  repeated = 0;
  flow: DeletionFlow | undefined;
  /** The page of a listing that meets the fault; `undefined`: any. */
  faultyPage: string | undefined = '2';
  /** Asked for each record of the journal, from 1, just as it is written. */
  isDiskFull: (record: number) => boolean = () => false;

  constructor(options: StageOptions, sandbox?: Sandbox) {
    this.sandbox = sandbox ?? new Sandbox({ world: stageWorld(), now: () => stageNow });
    this.journal = new MemoryJournal((record) => this.isDiskFull(record));
    let signedIn: SignedIn | undefined = this.#issue();
    this.http = new HubHttp({
      baseUrl: parseBaseUrl(sandboxAddress),
      accessToken: () => Promise.resolve(signedIn?.token),
      onUnauthenticated: () => {
        signedIn = this.#issue();
        return Promise.resolve(options.signsInAgain);
      },
      timeoutMs: () => options.timeoutMs,
      maxConcurrentRequests: () => 1,
      log: { debug: () => undefined, info: () => (this.repeated += 1), warn: () => undefined },
      now: () => new Date(stageNow.getTime() + options.clockErrorMs),
      delay: (_ms, signal) => (signal.aborted ? Promise.reject(new Error('aborted')) : Promise.resolve()),
      random: () => 0.5,
      fetch: sandboxFetch(this.sandbox),
    });
    this.api = new ManagementImageApi(this.http);
    this.directory = new HubDirectory(this.http);
    this.session = new HubSession(this.http, {
      get: () => Promise.resolve(signedIn),
      set: (next) => {
        signedIn = next;
        return Promise.resolve();
      },
      delete: () => Promise.resolve(),
    });
  }

  get world(): SandboxWorld {
    return this.sandbox.world;
  }

  has(digest: string): boolean {
    return this.world.repository('team/app').get(digest) !== undefined;
  }

  /** Lets the fault meet the next requests for which this holds. */
  inject(fault: Fault, times: number | 'always', when: (request: ExchangeRequest) => boolean): void {
    this.sandbox.faults.add({ on: { when }, times, fault });
  }

  /** Gives up whatever is under way, as a person would. */
  readonly cancel = (): void => {
    this.abort.abort();
    this.flow?.cancel();
  };

  openFlow(digests: readonly string[] = planned): DeletionFlow {
    const images = imagesToChoose(this.world).filter(({ image }) => digests.includes(image.digest));
    this.flow = new DeletionFlow({
      plan: planDeletion({
        origin: this.http.origin,
        scope: 'chosen',
        activeFrom: stageActiveFrom,
        images,
      }),
      api: this.api,
      username: owner.username,
      journal: this.journal,
      locks: new MemoryRepositoryLocks(),
      batchSize: 2,
      pageSize: 2,
      now: () => this.http.serverNow(),
      delay: (_ms, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('aborted'));
          });
        }),
      confirm: () => Promise.resolve(true),
      onDidChange: () => undefined,
      onDidDelete: () => undefined,
    });
    return this.flow;
  }

  dispose(): void {
    this.flow?.close();
    this.http.dispose();
  }

  #issue(): SignedIn {
    return { username: owner.username, token: this.sandbox.tokens.issue(owner.username) };
  }
}
