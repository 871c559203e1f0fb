import type { DeletionConfirmation } from '../../../src/hub/deletion/confirmation';
import { DeletionFlow } from '../../../src/hub/deletion/deletionFlow';
import { MemoryRepositoryLocks } from '../../../src/hub/deletion/memoryRepositoryLocks';
import { planDeletion } from '../../../src/hub/deletion/plan';
import { HubDirectory } from '../../../src/hub/directory';
import { parseBaseUrl } from '../../../src/hub/http/baseUrl';
import { HubHttp } from '../../../src/hub/http/http';
import type { PlannedImage } from '../../../src/hub/deletionRequest';
import { parseDigest } from '../../../src/hub/digest';
import type { ImageApi, NeededReading } from '../../../src/hub/imageApi';
import { ManagementImageApi } from '../../../src/hub/management/managementImageApi';
import { parseRepositoryRef } from '../../../src/hub/names';
import { RegistryClient, RegistryImageApi } from '../../../src/hub/registry';
import { MemoryManifestStore } from '../../../src/hub/registry/manifestStore';
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

/** What the images are called whose digests may be seen. */
export const imageNames = [
  'old one',
  'old two',
  'latest',
  'former latest',
  'kept',
  'kept too',
  'never pulled or pushed',
  'platform of kept',
  'signature of kept',
  'attachment of kept',
  'untagged index',
  'platform of untagged',
  'index of old one',
  'attachment of old one',
  'signature of latest',
  'pushed meanwhile',
];

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

/** The same images, of which `latest` and `kept` are indexes, `kept` is signed in both ways, and one index has no tag. */
function todaysStageWorld(): SandboxWorld {
  const world = stageWorld();
  const app = world.repository('team/app');
  const at = new Date(stageNow.getTime() - 95 * dayMs);
  app.push({ digest: digestOf('latest'), tags: ['latest'], at, children: [collateral] });
  app.push({ digest: digestOf('kept'), tags: ['1.0'], at, children: [digestOf('platform of kept')] });
  app.push({
    digest: digestOf('signature of kept'),
    tags: [`${digestOf('kept').replace(':', '-')}.sig`],
    at,
  });
  app.push({ digest: digestOf('attachment of kept'), subject: digestOf('kept'), at });
  app.push({ digest: digestOf('untagged index'), at, children: [digestOf('platform of untagged')] });
  return world;
}

export interface StageOptions {
  readonly api: 'management' | 'registry';
  readonly timeoutMs: number;
  readonly signsInAgain: boolean;
  readonly clockErrorMs: number;
  /** How late the lists show what was deleted. */
  readonly listLagMs?: number;
}

/** One client before a small Hub, for one cell of the table. */
export class Stage {
  readonly options: StageOptions;
  readonly sandbox: Sandbox;
  readonly http: HubHttp;
  readonly api: ImageApi;
  readonly #registry: RegistryClient | undefined;
  readonly directory: HubDirectory;
  readonly session: HubSession;
  readonly journal: MemoryJournal;
  readonly abort = new AbortController();
  #elapsedMs = 0;
  /** Requests that were sent again. */
  repeated = 0;
  flow: DeletionFlow | undefined;
  /** Why the last reading failed. */
  readingError: unknown;
  /** The final confirmation that was shown last. */
  confirmation: DeletionConfirmation | undefined;
  /** How often a result was there to be shown before the images had been listed again. */
  earlyResults = 0;
  readonly #issued: string[] = [];
  /** What the person chooses from; `undefined`: whatever is there. */
  #listed: readonly PlannedImage[] | undefined;
  /** The page of a listing that meets the fault; `undefined`: any. */
  faultyPage: string | undefined = '2';
  /** Asked for each record of the journal, from 1, just as it is written. */
  isDiskFull: (record: number) => boolean = () => false;

  constructor(options: StageOptions, sandbox?: Sandbox) {
    this.options = options;
    const isToday = options.api === 'registry';
    this.sandbox =
      sandbox ??
      new Sandbox({
        world: isToday ? todaysStageWorld() : stageWorld(),
        now: this.now,
        listLag: { manifestsMs: options.listLagMs ?? 0, tagsMs: options.listLagMs ?? 0 },
        routes: isToday ? 'today' : 'all',
      });
    this.journal = new MemoryJournal((record) => this.isDiskFull(record));
    let signedIn: SignedIn | undefined = this.#issue();
    const world = {
      baseUrl: parseBaseUrl(sandboxAddress),
      timeoutMs: () => options.timeoutMs,
      maxConcurrentRequests: () => 1,
      log: { debug: () => undefined, info: () => (this.repeated += 1), warn: () => undefined },
      now: () => new Date(this.now().getTime() + options.clockErrorMs),
      delay: (_ms: number, signal: AbortSignal) =>
        signal.aborted ? Promise.reject(new DOMException('aborted', 'AbortError')) : Promise.resolve(),
      random: () => 0.5,
      fetch: sandboxFetch(this.sandbox),
    };
    this.http = new HubHttp({
      ...world,
      accessToken: () => Promise.resolve(signedIn?.token),
      onUnauthenticated: () => {
        signedIn = this.#issue();
        return Promise.resolve(options.signsInAgain);
      },
    });
    const now = () => this.http.serverNow();
    this.#registry = isToday
      ? new RegistryClient({
          ...world,
          realm: new URL('/token', sandboxAddress),
          service: 'registry.docker.io',
          credentials: () => Promise.resolve(owner),
          now,
        })
      : undefined;
    this.api =
      this.#registry === undefined
        ? new ManagementImageApi(this.http)
        : new RegistryImageApi({
            http: this.http,
            registry: this.#registry,
            mayReadManifests: () => true,
            manifestStore: new MemoryManifestStore(),
            now,
            log: { debug: () => undefined, info: () => undefined, warn: () => undefined },
          });
    this.directory = new HubDirectory(this.http);
    this.session = new HubSession(this.http, {
      get: () => Promise.resolve(signedIn),
      set: (next) => {
        signedIn = next;
        return Promise.resolve();
      },
      renew: (next) => {
        signedIn = next;
        return Promise.resolve(true);
      },
      delete: () => Promise.resolve(),
    });
  }

  /** The server's time. */
  readonly now = (): Date => new Date(stageNow.getTime() + this.#elapsedMs);

  pass(ms: number): void {
    this.#elapsedMs += ms;
  }

  get world(): SandboxWorld {
    return this.sandbox.world;
  }

  /** Bearer tokens that were issued. */
  get issuedTokens(): readonly string[] {
    return this.#issued;
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

  /** Lists the images and reads what a plan needs to know, as a person does before there is a review. */
  async list(): Promise<void> {
    const query = { activeFrom: stageActiveFrom, page: 1, pageSize: 100 };
    const { images } = await this.api.listImages(repository, query);
    this.#listed = images.map((image) => ({ repository, image }));
    const needed = await this.neededReading();
    await needed?.read({});
  }

  /** What has to be read before the review of the planned images. */
  neededReading(): Promise<NeededReading | undefined> {
    return (
      this.api.neededReading?.(repository, planned.map(parseDigest), this.abort.signal) ??
      Promise.resolve(undefined)
    );
  }

  openFlow(digests: readonly string[] = planned): DeletionFlow {
    const shown = this.#listed ?? imagesToChoose(this.world);
    const images = shown.filter(({ image }) => digests.includes(image.digest));
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
      confirm: (confirmation) => {
        this.confirmation = confirmation;
        return Promise.resolve(true);
      },
      onDidChange: () => {
        const { phase, summary } = this.flow ?? {};
        const isEarly = phase === 'deleting' || phase === 'verifying';
        this.earlyResults += isEarly && summary !== undefined ? 1 : 0;
      },
      onDidDelete: () => undefined,
    });
    return this.flow;
  }

  dispose(): void {
    this.flow?.close();
    this.http.dispose();
    this.#registry?.dispose();
  }

  #issue(): SignedIn {
    const token = this.sandbox.tokens.issue(owner.username);
    this.#issued.push(token);
    return { username: owner.username, token };
  }
}
