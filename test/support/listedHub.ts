import type { DeletionRight } from '../../src/hub/deletionRight';
import type { Digest } from '../../src/hub/digest';
import { HubError } from '../../src/hub/errors';
import { RegistryImageApi } from '../../src/hub/registry';
import { MemoryManifestStore } from '../../src/hub/registry/manifestStore';
import type { ManifestHead, Registry } from '../../src/hub/registry/registry';
import { type FakeAnswer, fakeFetch, type FakeRequest } from './fakeFetch';
import { createTestClient } from './hubHttp';
import { digestOf } from './images';

/** An image of a {@link ListedHub}. */
export interface HubImage {
  readonly tags?: readonly string[];
  /** Platforms of an index, by their seeds. */
  readonly parts?: readonly string[];
  readonly pushed?: string;
  readonly pulled?: string;
  readonly mediaType?: string;
}

/** Images by their seeds. */
export type HubImages = Readonly<Record<string, HubImage>>;

/** An entry of a list, as the server writes it. */
export type Entry = Readonly<Record<string, unknown>>;

const address = 'http://127.0.0.1:1';
const docker = 'application/vnd.docker.distribution.manifest.v2+json';
const dockerIndex = 'application/vnd.docker.distribution.manifest.list.v2+json';

/**
 * The repositories of today's Docker Hub without a connection. All of them have the same images. What the lists show and
 * what the registry has can differ, as they do for minutes after a change.
 */
export class ListedHub {
  readonly api: RegistryImageApi;
  /** Every request in its order, such as `list manifests`, `list tags`, `head 1.0`, `delete tag 1.0`, `delete a`. */
  readonly requests: string[] = [];
  readonly warnings: string[] = [];
  now = Date.UTC(2026, 5, 1);
  /** Why deletion is not granted, if it is not. */
  deletionRight: DeletionRight = 'notGranted';
  mayDelete = true;
  /** Whether the registry lists the names of tags. */
  listsTagNames = true;
  /** Answers instead of the usual ones, by the request. */
  readonly answers = new Map<string, () => FakeAnswer | Promise<FakeAnswer>>();
  /** Changes the entries of a list before it is answered. */
  readonly entries = new Map<'list manifests' | 'list tags', (entries: Entry[]) => readonly unknown[]>();
  /** What happens before the registry answers, by the request. */
  readonly before = new Map<string, () => unknown>();
  /** What the registry names as attachments, by the seed of their subject. */
  referrers: Readonly<Record<string, readonly string[]>> = {};
  /** What the lists show. */
  listed: HubImages;
  /** What the registry has. */
  stored: Record<string, HubImage>;
  readonly #seeds = new Map<string, string>();

  constructor(images: HubImages) {
    this.listed = images;
    this.stored = { ...images };
    const now = () => new Date(this.now);
    const { fetch } = fakeFetch((request) => this.#answer(request));
    const ignore = (): void => undefined;
    this.api = new RegistryImageApi({
      http: createTestClient(address, { fetch, now }).http,
      registry: this.#registry(),
      mayReadManifests: () => true,
      manifestStore: new MemoryManifestStore(),
      now,
      log: { debug: ignore, info: ignore, warn: (message) => void this.warnings.push(message) },
    });
  }

  /** Changes what the lists show and what the registry has. */
  set images(images: HubImages) {
    this.listed = images;
    this.stored = { ...images };
  }

  /** How often the lists have been read. */
  get readings(): number {
    return this.requests.filter((request) => request === 'list manifests').length;
  }

  /** The requests since the last call. */
  takeRequests(): readonly string[] {
    return this.requests.splice(0);
  }

  /** The lists are not answered before the returned function is called. */
  hold(request: 'list manifests' | 'list tags'): () => void {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    this.answers.set(request, async () => {
      await released;
      return { body: this.#list(request) };
    });
    return () => {
      this.answers.delete(request);
      release();
    };
  }

  async #answer({ method, url, signal }: FakeRequest): Promise<FakeAnswer> {
    const last = decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
    if (method === 'DELETE') {
      this.requests.push(`delete tag ${last}`);
      for (const [seed, image] of Object.entries(this.stored)) {
        this.stored[seed] = { ...image, tags: (image.tags ?? []).filter((tag) => tag !== last) };
      }
      return { status: 204 };
    }
    const request = `list ${last}`;
    this.requests.push(request);
    const aborted = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(new Error('aborted'));
      });
    });
    return Promise.race([this.answers.get(request)?.() ?? { body: this.#list(request) }, aborted]);
  }

  #list(request: string): unknown {
    const changed = (entries: Entry[]): readonly unknown[] =>
      [...this.entries].find(([list]) => list === request)?.[1](entries) ?? entries;
    const images = Object.entries(this.listed).map(([seed, image]) => ({
      ...image,
      digest: this.#digestOf(seed),
      mediaType: image.mediaType ?? (image.parts === undefined ? docker : dockerIndex),
      pushed: image.pushed ?? '2025-01-01T00:00:00Z',
      pulled: image.pulled ?? null,
    }));
    if (request === 'list manifests') {
      return {
        manifests: changed(
          images.map(({ digest, tags = [], mediaType, pushed, pulled }) => ({
            manifest_digest: digest,
            tags,
            media_type: mediaType,
            last_pushed: pushed,
            last_pulled: pulled,
          })),
        ),
      };
    }
    const results: Entry[] = images.flatMap(({ digest, tags = [], mediaType, pushed, pulled, parts = [] }) =>
      tags.map((name) => ({
        name,
        digest,
        media_type: mediaType,
        last_updated: pushed,
        tag_last_pushed: pushed,
        tag_last_pulled: pulled,
        images: parts.map((part) => ({ digest: this.#digestOf(part) })),
      })),
    );
    return { count: results.length, next: null, previous: null, results: changed(results) };
  }

  #registry(): Registry {
    const send = async (request: string): Promise<void> => {
      this.requests.push(request);
      await this.before.get(request)?.();
    };
    const seedOf = (digest: Digest): string => this.#seeds.get(digest) ?? digest;
    return {
      pullQuota: undefined,
      head: async (_repository, reference) => {
        const name = this.#seeds.get(reference) ?? reference;
        await send(`head ${name}`);
        return this.#headOf(name);
      },
      readManifest: async (_repository, digest) => {
        await send(`read ${seedOf(digest)}`);
        const image = this.stored[seedOf(digest)];
        const entry = { size: undefined, platform: undefined, isAttestation: false };
        return (
          image && {
            mediaType: image.mediaType ?? (image.parts === undefined ? docker : dockerIndex),
            entries: (image.parts ?? []).map((part) => ({ digest: this.#digestOf(part), ...entry })),
            subject: undefined,
          }
        );
      },
      referrers: async (_repository, subject) => {
        await send(`referrers ${seedOf(subject)}`);
        return (this.referrers[seedOf(subject)] ?? []).map((seed) => this.#digestOf(seed));
      },
      listTags: () =>
        this.listsTagNames
          ? Promise.resolve(Object.values(this.stored).flatMap(({ tags = [] }) => tags))
          : Promise.reject(new HubError('gone', { method: 'GET', path: '/v2/demo/app/tags/list' })),
      deletionRight: () => Promise.resolve(this.mayDelete ? 'granted' : this.deletionRight),
      mayDelete: async () => {
        await send('permission');
        return this.mayDelete;
      },
      deleteManifest: async (_repository, digest) => {
        await send(`delete ${seedOf(digest)}`);
        this.stored = Object.fromEntries(
          Object.entries(this.stored).filter(([seed]) => seed !== seedOf(digest)),
        );
        return { kind: 'deleted' };
      },
    };
  }

  #headOf(name: string): ManifestHead | undefined {
    for (const [seed, { tags = [], mediaType = docker }] of Object.entries(this.stored)) {
      if (seed === name || tags.includes(name)) {
        return { digest: this.#digestOf(seed), mediaType, kind: 'image' };
      }
    }
    return undefined;
  }

  #digestOf(seed: string): Digest {
    const digest = digestOf(seed);
    this.#seeds.set(digest, seed);
    return digest;
  }
}
