import type { DeletionConfirmation } from '../../src/hub/deletion/confirmation';
import { DeletionFlow } from '../../src/hub/deletion/deletionFlow';
import { MemoryRepositoryLocks } from '../../src/hub/deletion/memoryRepositoryLocks';
import { planDeletion } from '../../src/hub/deletion/plan';
import type { Digest } from '../../src/hub/digest';
import type { ImageApi } from '../../src/hub/imageApi';
import { readInventory } from '../../src/hub/listing/inventory';
import type { Image } from '../../src/hub/model';
import type { RepositoryRef } from '../../src/hub/names';
import { RegistryClient, RegistryImageApi } from '../../src/hub/registry';
import { MemoryManifestStore } from '../../src/hub/registry/manifestStore';
import { createTestClient } from './hubHttp';
import { MemoryJournal } from './memoryJournal';
import type { SandboxFixture } from './sandbox';

export interface TodayHubOptions {
  /** The demo's account unless said otherwise. */
  readonly username?: string;
  /** `undefined` reads the registry as nobody. */
  readonly secret?: string | undefined;
  readonly now: () => Date;
  readonly mayReadManifests?: boolean;
}

/** A deletion and what was written down of it. */
export interface TestDeletion {
  readonly flow: DeletionFlow;
  readonly journal: MemoryJournal;
  readonly confirmations: readonly DeletionConfirmation[];
}

const clients = new Set<RegistryClient>();

afterEach(() => {
  for (const client of clients) {
    client.dispose();
  }
  clients.clear();
});

/** Images of a sandbox by what today's Docker Hub offers; disposed after the test. */
export function registryImageApi(hub: SandboxFixture, options: TodayHubOptions): ImageApi {
  const { username = 'demo', now, mayReadManifests = true } = options;
  const password = 'secret' in options ? options.secret : `sandbox-${username}`;
  const token = () => Promise.resolve(hub.sandbox.tokens.issue(username));
  const { http } = createTestClient(hub.url, { accessToken: token, now });
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined };
  const registry = new RegistryClient({
    baseUrl: new URL(hub.url),
    realm: new URL('/token', hub.url),
    service: 'registry.docker.io',
    credentials: () => Promise.resolve(password === undefined ? undefined : { username, password }),
    timeoutMs: () => 5_000,
    maxConcurrentRequests: () => 8,
    log,
    now,
  });
  clients.add(registry);
  return new RegistryImageApi({
    http,
    registry,
    mayReadManifests: () => mayReadManifests,
    manifestStore: new MemoryManifestStore(),
    now,
    log,
  });
}

/** Every image that stands for itself, after the user has agreed to reading whatever is needed to tell. */
export async function listed(
  api: ImageApi,
  repository: RepositoryRef,
  activeFrom: Date,
): Promise<readonly Image[]> {
  const options = { activeFrom, pageSize: 100 };
  const { images } = await readInventory(api, repository, options);
  return (await readNeeded(api, repository, images))
    ? (await readInventory(api, repository, options)).images
    : images;
}

/**
 * Reads the contents that a plan of these images needs, as a user does who agrees to it.
 *
 * @returns Whether anything had to be read.
 */
export async function readNeeded(
  api: ImageApi,
  repository: RepositoryRef,
  images: readonly Image[],
): Promise<boolean> {
  const digests = images.map(({ digest }) => digest);
  const needed = await api.neededReading?.(repository, digests);
  await needed?.read({});
  return needed !== undefined;
}

export interface DeletionOptions {
  readonly activeFrom: Date;
  readonly now: () => Date;
  readonly batchSize?: number;
}

/** Plans the deletion of these images, accepts everything and carries it out. */
export async function carryOut(
  api: ImageApi,
  repository: RepositoryRef,
  images: readonly Image[],
  options: DeletionOptions,
): Promise<TestDeletion> {
  const deletion = await review(api, repository, images, options);
  await deletion.flow.delete();
  return deletion;
}

/** Plans the deletion of these images and accepts everything, up to the last question. */
export async function review(
  api: ImageApi,
  repository: RepositoryRef,
  images: readonly Image[],
  { activeFrom, now, batchSize = 25 }: DeletionOptions,
): Promise<TestDeletion> {
  const journal = new MemoryJournal();
  const confirmations: DeletionConfirmation[] = [];
  const flow = new DeletionFlow({
    plan: planDeletion({
      origin: 'http://127.0.0.1',
      scope: 'chosen',
      activeFrom,
      images: images.map((image) => ({ repository, image })),
    }),
    api,
    username: 'demo',
    journal,
    locks: new MemoryRepositoryLocks(),
    now,
    delay: (_ms, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('aborted'));
        });
      }),
    batchSize,
    pageSize: 100,
    confirm: (confirmation) => {
      confirmations.push(confirmation);
      return Promise.resolve(true);
    },
    onDidChange: () => undefined,
    onDidDelete: () => undefined,
  });
  await flow.dryRun();
  for (const acceptance of ['current_tag', 'is_active', 'collateral'] as const) {
    flow.acceptAll(acceptance, true);
  }
  return { flow, journal, confirmations };
}

/** Last parts of the paths of all requests that delete. */
export function deletionsOn({ exchanges }: Pick<SandboxFixture, 'exchanges'>): readonly string[] {
  return exchanges
    .filter(({ method }) => method === 'DELETE')
    .map(({ path }) => decodeURIComponent(path.split('/').at(-1) ?? ''));
}

/** Of the images of a list, by their digests. */
export function digestsOf(images: readonly Image[]): ReadonlySet<Digest> {
  return new Set(images.map(({ digest }) => digest));
}
