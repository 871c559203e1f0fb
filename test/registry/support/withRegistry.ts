import { join } from 'node:path';
import type { Digest } from '../../../src/hub/digest';
import type { Credentials } from '../../../src/hub/session/credentials';
import { RegistryClient } from '../../../src/hub/registry';
import type { RegistryClientOptions } from '../../../src/hub/registry/registryClient';
import { pushByHttp, type PushTarget } from './pushByHttp';
import { startRealRegistry, type RealRegistry } from './realRegistry';
import { createSigningKey, type SigningKey } from './signingKey';
import { Skopeo } from './skopeo';
import { writeLayout, type TestManifest } from './testImages';
import { createTemporaryFolder, type TemporaryFolder } from './temporaryFolder';
import { demo, service, startTokenServer, tokenOf, type TokenServer } from './tokenServer';

/** A registry that is there while the tests of one `describe` run. */
export interface RegistryFixture {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The same storage behind a registry that deletes nothing. */
  readonly urlWithoutDeletion: string;
  /** Its rules are the usual ones at the beginning of every test. */
  readonly tokens: TokenServer;
  /** What clients have written down in this test. */
  readonly log: readonly string[];
  /** Signed in as `demo`, and disposed of after the test. */
  readonly createClient: (options?: Partial<RegistryClientOptions>) => RegistryClient;
  /** Pushes it with everything that belongs to it, as a person would. */
  readonly push: (name: string, tag: string, manifest: TestManifest, ...options: string[]) => Promise<void>;
  /** @param credentials Of `demo` unless said otherwise; `null` for nobody. */
  readonly skopeo: (credentials?: Credentials | null) => Skopeo;
  /** Pushes it as it is, which not every program does with indexes inside indexes. */
  readonly pushByHttp: (name: string, manifest: TestManifest, ...tags: readonly string[]) => Promise<void>;
  readonly target: PushTarget;
  /** Gives more tags to what is there already. */
  readonly tag: (name: string, tags: readonly string[], manifest: TestManifest) => Promise<void>;
  /** Whether it has a layer or a configuration. */
  readonly hasBlob: (name: string, digest: Digest) => Promise<boolean>;
}

interface Started {
  readonly key: SigningKey;
  readonly tokens: TokenServer;
  readonly registries: readonly [RealRegistry, RealRegistry];
}

/** Call it inside `describe`. */
export function withRegistry(): RegistryFixture {
  let started: Started | undefined;
  let temporary: TemporaryFolder | undefined;
  let folder = '';
  let layouts = 0;
  const stops: (() => Promise<void>)[] = [];
  const clients: RegistryClient[] = [];
  const log: string[] = [];
  const current = () => {
    if (started === undefined) throw new Error('the registry runs only while tests do');
    return started;
  };

  before(async () => {
    temporary = await createTemporaryFolder('hub-images-registry-');
    folder = temporary.path;
    const key = await createSigningKey(folder);
    const tokens = await startTokenServer(key);
    stops.push(tokens.stop);
    const start = async (name: string, canDelete: boolean) => {
      const options = {
        storage: join(folder, 'storage'),
        folder: join(folder, name),
        canDelete,
        key,
        tokens,
      };
      const registry = await startRealRegistry(options);
      stops.push(registry.stop);
      return registry;
    };
    const registries = [await start('deleting', true), await start('keeping', false)] as const;
    started = { key, tokens, registries };
  });

  beforeEach(() => {
    current().tokens.reset();
    log.length = 0;
  });

  afterEach(() => {
    clients.splice(0).forEach((client) => {
      client.dispose();
    });
  });

  after(async () => {
    started = undefined;
    const results = await Promise.allSettled(stops.splice(0).map((stop) => stop()));
    temporary?.remove();
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  });

  const ask = (name: string, path: string, method: 'HEAD' | 'PUT', manifest?: TestManifest) => {
    const { key, registries } = current();
    return fetch(`${registries[0].url}/v2/${name}/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${tokenOf(key, name, ['pull', 'push', 'delete'])}`,
        ...(manifest !== undefined && { 'content-type': manifest.mediaType }),
      },
      ...(manifest !== undefined && { body: manifest.bytes }),
    });
  };

  const skopeo = (credentials: Credentials | null = demo) => {
    const { host } = new URL(current().registries[0].url);
    return new Skopeo({ host, folder, ...(credentials && { credentials }) });
  };

  const target: PushTarget = {
    get url() {
      return current().registries[0].url;
    },
    tokenFor: (name) => tokenOf(current().key, name, ['pull', 'push', 'delete']),
  };

  return {
    get url() {
      return current().registries[0].url;
    },
    get urlWithoutDeletion() {
      return current().registries[1].url;
    },
    get tokens() {
      return current().tokens;
    },
    log,
    createClient: (options) => {
      const { registries, tokens } = current();
      const write = (line: string) => void log.push(line);
      const client = new RegistryClient({
        baseUrl: new URL(registries[0].url),
        realm: tokens.realm,
        service,
        credentials: () => Promise.resolve(demo),
        timeoutMs: () => 10_000,
        maxConcurrentRequests: () => 8,
        log: { debug: write, info: write, warn: write },
        ...options,
      });
      clients.push(client);
      return client;
    },
    push: async (name, tag, manifest, ...options) => {
      layouts += 1;
      const layout = join(folder, `layout-${layouts}`);
      await writeLayout(layout, manifest);
      await skopeo().copyIn(layout, name, `:${tag}`, ...options);
    },
    skopeo,
    pushByHttp: (name, manifest, ...tags) => pushByHttp(target, name, manifest, ...tags),
    target,
    tag: async (name, tags, manifest) => {
      const left = tags.values();
      const work = async () => {
        for (const tag of left) {
          const { status } = await ask(name, `manifests/${tag}`, 'PUT', manifest);
          if (status !== 201) throw new Error(`${name}:${tag} was answered with ${status}`);
        }
      };
      await Promise.all(Array.from({ length: 8 }, work));
    },
    hasBlob: async (name, digest) => (await ask(name, `blobs/${digest}`, 'HEAD')).ok,
  };
}
