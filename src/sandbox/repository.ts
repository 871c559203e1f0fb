import type { Platform, SandboxManifest } from './manifest';
import type { Role } from './role';

export interface RepositoryOptions {
  readonly isPrivate?: boolean;
  readonly description?: string;
  readonly pullCount?: number;
  readonly registeredAt?: Date;
  /** Roles that differ from those in the namespace, by user name. */
  readonly roles?: Readonly<Record<string, Role>>;
  /** Tags whose entries in the listing have no digest, as the service has it for older pushes. */
  readonly tagsWithoutDigest?: readonly string[];
  /** Digests of images that the entries of their tags name without saying so. */
  readonly partsWithoutDigest?: readonly string[];
  /** Regular expressions; a tag that one of them matches as a whole cannot be deleted. */
  readonly immutableTags?: readonly string[];
}

export interface Push {
  readonly digest: string;
  /** Tags that point at the image from now on. */
  readonly tags?: readonly string[];
  /** Missing: the time is not known. */
  readonly at?: Date | undefined;
  /** Makes the image an index; children that are not there yet are pushed with it. */
  readonly children?: readonly string[];
  readonly sizeBytes?: number;
  /** linux/amd64 unless said otherwise. */
  readonly platform?: Platform;
}

const defaultPlatform: Platform = { os: 'linux', architecture: 'amd64' };
const defaultSizeBytes = 48_000_000;

/**
 * Manifests and tags of one repository. Everything that is asked per request is found by key, so that a hundred
 * thousand images cost no more than ten. The methods change it as people with a registry client would.
 */
export class SandboxRepository {
  readonly namespace: string;
  readonly name: string;
  readonly isPrivate: boolean;
  readonly description: string;
  readonly pullCount: number;
  readonly registeredAt: Date | undefined;
  readonly roles: ReadonlyMap<string, Role>;
  readonly tagsWithoutDigest: ReadonlySet<string>;
  readonly partsWithoutDigest: ReadonlySet<string>;
  readonly immutableTags: readonly string[];
  readonly #options: RepositoryOptions;
  readonly #manifests = new Map<string, SandboxManifest>();
  readonly #tags = new Map<string, string>();
  /** Per tag every image that holds or once held it. */
  readonly #holders = new Map<string, Set<string>>();
  /** Per child the indexes that hold it. */
  readonly #indexes = new Map<string, Set<string>>();
  #revision = 0;
  #sizeBytes = 0;
  #lastUpdated: Date | undefined;

  constructor(namespace: string, name: string, options: RepositoryOptions = {}) {
    this.namespace = namespace;
    this.name = name;
    this.isPrivate = options.isPrivate ?? false;
    this.description = options.description ?? '';
    this.pullCount = options.pullCount ?? 0;
    this.registeredAt = options.registeredAt;
    this.roles = new Map(Object.entries(options.roles ?? {}));
    this.tagsWithoutDigest = new Set(options.tagsWithoutDigest);
    this.partsWithoutDigest = new Set(options.partsWithoutDigest);
    this.immutableTags = options.immutableTags ?? [];
    this.#options = options;
  }

  /** Grows with every change; what was computed from an older one is out of date. */
  get revision(): number {
    return this.#revision;
  }

  get size(): number {
    return this.#manifests.size;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  get lastUpdated(): Date | undefined {
    return this.#lastUpdated;
  }

  /** In the order in which they were first pushed. */
  get manifests(): Iterable<SandboxManifest> {
    return this.#manifests.values();
  }

  /** Current tags and the digests they point at. */
  get tags(): ReadonlyMap<string, string> {
    return this.#tags;
  }

  get(digest: string): SandboxManifest | undefined {
    return this.#manifests.get(digest);
  }

  currentTags(manifest: SandboxManifest): readonly string[] {
    return manifest.tagHistory.filter((tag) => this.#tags.get(tag) === manifest.digest);
  }

  /** Every image that holds or once held the tag. */
  holdersOf(tag: string): Iterable<string> {
    return this.#holders.get(tag) ?? [];
  }

  /** Indexes that hold the image as a child. */
  indexesOf(digest: string): Iterable<string> {
    return this.#indexes.get(digest) ?? [];
  }

  isChild(digest: string): boolean {
    return this.#indexes.has(digest);
  }

  isImmutable(tag: string): boolean {
    return this.immutableTags.some((rule) => new RegExp(`^(?:${rule})$`).test(tag));
  }

  /** As it is now; later changes of the one are none of the other. */
  copy(): SandboxRepository {
    const copy = new SandboxRepository(this.namespace, this.name, this.#options);
    this.#manifests.forEach((manifest, digest) => copy.#manifests.set(digest, manifest));
    this.#tags.forEach((digest, tag) => copy.#tags.set(tag, digest));
    this.#holders.forEach((digests, tag) => copy.#holders.set(tag, new Set(digests)));
    this.#indexes.forEach((digests, child) => copy.#indexes.set(child, new Set(digests)));
    copy.#revision = this.#revision;
    copy.#sizeBytes = this.#sizeBytes;
    copy.#lastUpdated = this.#lastUpdated;
    return copy;
  }

  /** Uploads an image, or uploads it again; its tags leave the images they pointed at. */
  push({ digest, tags = [], at, children, sizeBytes, platform }: Push): void {
    const known = this.#manifests.get(digest);
    this.#put({
      digest,
      tagHistory: known?.tagHistory ?? [],
      lastPushed: at,
      lastPulled: known?.lastPulled,
      children: children ?? known?.children ?? [],
      sizeBytes: sizeBytes ?? known?.sizeBytes ?? defaultSizeBytes,
      platform: platform ?? known?.platform ?? defaultPlatform,
    });
    for (const child of children ?? []) {
      if (!this.#manifests.has(child)) {
        this.push({ digest: child, at });
      }
      entryOf(this.#indexes, child).add(digest);
    }
    tags.forEach((tag) => this.retag(tag, digest));
    if (at !== undefined && (this.#lastUpdated === undefined || at > this.#lastUpdated)) {
      this.#lastUpdated = at;
    }
  }

  /** Downloads an image. Unlike the Hub, which notes a pull at most hourly, every pull counts at once. */
  pull(digest: string, at: Date): void {
    this.#put({ ...this.#known(digest), lastPulled: at });
  }

  /** Points a tag at an image of the repository. */
  retag(tag: string, digest: string): void {
    const manifest = this.#known(digest);
    this.#tags.set(tag, digest);
    entryOf(this.#holders, tag).add(digest);
    if (!manifest.tagHistory.includes(tag)) {
      this.#put({ ...manifest, tagHistory: [...manifest.tagHistory, tag] });
    }
    this.#revision += 1;
  }

  /** Removes a tag; the image it pointed at stays and remembers it. */
  removeTag(tag: string): void {
    this.#tags.delete(tag);
    this.#revision += 1;
  }

  /** Removes exactly these images with the tags that point at them. The caller decides what else is deleted along with them. */
  remove(digests: Iterable<string>): void {
    for (const digest of digests) {
      const manifest = this.#manifests.get(digest);
      if (manifest !== undefined) {
        this.#remove(manifest);
      }
    }
    this.#revision += 1;
  }

  #remove(manifest: SandboxManifest): void {
    this.currentTags(manifest).forEach((tag) => this.#tags.delete(tag));
    manifest.tagHistory.forEach((tag) => discard(this.#holders, tag, manifest.digest));
    manifest.children.forEach((child) => discard(this.#indexes, child, manifest.digest));
    this.#manifests.delete(manifest.digest);
    this.#sizeBytes -= manifest.sizeBytes;
  }

  #put(manifest: SandboxManifest): void {
    this.#sizeBytes += manifest.sizeBytes - (this.#manifests.get(manifest.digest)?.sizeBytes ?? 0);
    this.#manifests.set(manifest.digest, manifest);
    this.#revision += 1;
  }

  #known(digest: string): SandboxManifest {
    const manifest = this.#manifests.get(digest);
    if (manifest === undefined) {
      throw new Error(`${this.namespace}/${this.name} has no image ${digest}`);
    }
    return manifest;
  }
}

function entryOf(sets: Map<string, Set<string>>, key: string): Set<string> {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set);
  return set;
}

function discard(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key);
  set?.delete(value);
  if (set?.size === 0) {
    sets.delete(key);
  }
}
