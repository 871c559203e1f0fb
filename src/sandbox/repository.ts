import type { IndexEntry, SandboxManifest } from './manifest';
import { manifestOf, type Push } from './push';
import type { PullList, RepositoryOptions } from './repositoryOptions';
import type { Role } from './role';

/** Called with the repository as it still is. */
export type ChangeListener = (repository: SandboxRepository) => void;

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
  readonly listedMediaTypes: ReadonlyMap<string, string | null | undefined>;
  readonly listsWithoutPulls: ReadonlySet<PullList>;
  readonly unlistedParts: ReadonlySet<string>;
  readonly listedParts: ReadonlyMap<string, readonly string[]>;
  readonly #options: RepositoryOptions;
  readonly #manifests = new Map<string, SandboxManifest>();
  readonly #tags = new Map<string, string>();
  readonly #tagTimes = new Map<string, Date>();
  /** Per tag every image that holds or once held it. */
  readonly #holders = new Map<string, Set<string>>();
  /** Per child the indexes that hold it. */
  readonly #indexes = new Map<string, Set<string>>();
  /** Per subject the manifests that are about it. */
  readonly #referrers = new Map<string, Set<string>>();
  readonly #listeners = new Set<ChangeListener>();
  #revision = 0;
  #tagsRevision = 0;
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
    this.listedMediaTypes = new Map(Object.entries(options.listedMediaTypes ?? {}));
    this.listsWithoutPulls = new Set(options.listsWithoutPulls);
    this.unlistedParts = new Set(options.unlistedParts);
    this.listedParts = new Map(Object.entries(options.listedParts ?? {}));
    this.#options = options;
  }

  /** Grows with every change; what was computed from an older one is out of date. */
  get revision(): number {
    return this.#revision;
  }

  /** As {@link revision}, of the tags alone. */
  get tagsRevision(): number {
    return this.#tagsRevision;
  }

  get size(): number {
    return this.#manifests.size;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Newest push or retag. */
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

  /** When the tag was last pointed at an image; `undefined` where that is not known. */
  tagUpdatedAt(tag: string): Date | undefined {
    return this.#tagTimes.get(tag);
  }

  /** The given time, or the next millisecond after the newest that the repository knows, whichever is later. */
  nextTime(now = new Date(0)): Date {
    const newest = this.#lastUpdated;
    return newest === undefined || newest < now ? now : new Date(newest.getTime() + 1);
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

  /** Manifests whose subject is this one, whether or not it is there. */
  referrersOf(digest: string): Iterable<string> {
    return this.#referrers.get(digest) ?? [];
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
    this.#tagTimes.forEach((at, tag) => copy.#tagTimes.set(tag, at));
    this.#indexes.forEach((digests, child) => copy.#indexes.set(child, new Set(digests)));
    this.#referrers.forEach((digests, subject) => copy.#referrers.set(subject, new Set(digests)));
    copy.#revision = this.#revision;
    copy.#tagsRevision = this.#tagsRevision;
    copy.#sizeBytes = this.#sizeBytes;
    copy.#lastUpdated = this.#lastUpdated;
    return copy;
  }

  /** @returns Ends it. The listener is called right before each change. */
  onWillChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Uploads an image, or uploads it again; its tags leave the images they pointed at. */
  push(push: Push): void {
    this.#willChange();
    this.#push(push);
  }

  /** Downloads an image. Unlike Docker Hub, which notes a pull at most hourly, every pull counts at once. */
  pull(digest: string, at: Date): void {
    this.#willChange();
    this.#put({ ...this.#known(digest), lastPulled: at });
  }

  /**
   * Points a tag at an image of the repository.
   *
   * @param at Just after everything else that is known to have happened, unless said otherwise.
   */
  retag(tag: string, digest: string, at = this.nextTime()): void {
    this.#willChange();
    this.#retag(tag, digest, at);
  }

  /** Removes a tag; the image it pointed at stays and remembers it. */
  removeTag(tag: string): void {
    this.#willChange();
    this.#dropTag(tag);
    this.#revision += 1;
  }

  /** Removes exactly these images with the tags that point at them. The caller decides what else is deleted along with them. */
  remove(digests: Iterable<string>): void {
    this.#willChange();
    for (const digest of digests) {
      const manifest = this.#manifests.get(digest);
      if (manifest !== undefined) {
        this.#remove(manifest);
      }
    }
    this.#revision += 1;
  }

  #willChange(): void {
    this.#listeners.forEach((listener) => {
      listener(this);
    });
  }

  #push(push: Push): void {
    const { digest, at } = push;
    const known = this.#manifests.get(digest);
    const manifest = manifestOf(push, known);
    if (known !== undefined) {
      this.#unlink(known);
    }
    this.#put(manifest);
    this.#link(manifest);
    if (push.children !== undefined) {
      this.#pushMissing(manifest.entries, at);
    }
    push.tags?.forEach((tag) => {
      this.#retag(tag, digest, at);
    });
    this.#note(at);
  }

  #pushMissing(entries: readonly IndexEntry[], at: Date | undefined): void {
    for (const { digest, platform } of entries) {
      if (!this.#manifests.has(digest)) {
        this.#push({ digest, at, ...(platform && { platform }) });
      }
    }
  }

  #retag(tag: string, digest: string, at: Date | undefined): void {
    const manifest = this.#known(digest);
    this.#tags.set(tag, digest);
    if (at === undefined) {
      this.#tagTimes.delete(tag);
    } else {
      this.#tagTimes.set(tag, at);
    }
    this.#note(at);
    setOf(this.#holders, tag).add(digest);
    if (!manifest.tagHistory.includes(tag)) {
      this.#put({ ...manifest, tagHistory: [...manifest.tagHistory, tag] });
    }
    this.#revision += 1;
    this.#tagsRevision += 1;
  }

  #dropTag(tag: string): void {
    this.#tags.delete(tag);
    this.#tagTimes.delete(tag);
    this.#tagsRevision += 1;
  }

  #remove(manifest: SandboxManifest): void {
    this.currentTags(manifest).forEach((tag) => {
      this.#dropTag(tag);
    });
    manifest.tagHistory.forEach((tag) => discard(this.#holders, tag, manifest.digest));
    this.#unlink(manifest);
    this.#manifests.delete(manifest.digest);
    this.#sizeBytes -= manifest.sizeBytes;
  }

  /** To what it holds and what it is about. */
  #link({ digest, children, subject }: SandboxManifest): void {
    children.forEach((child) => setOf(this.#indexes, child).add(digest));
    if (subject !== undefined) {
      setOf(this.#referrers, subject).add(digest);
    }
  }

  /** From what it holds and what it is about. */
  #unlink({ digest, children, subject }: SandboxManifest): void {
    children.forEach((child) => {
      discard(this.#indexes, child, digest);
    });
    if (subject !== undefined) {
      discard(this.#referrers, subject, digest);
    }
  }

  #put(manifest: SandboxManifest): void {
    this.#sizeBytes += manifest.sizeBytes - (this.#manifests.get(manifest.digest)?.sizeBytes ?? 0);
    this.#manifests.set(manifest.digest, manifest);
    this.#revision += 1;
  }

  #note(at: Date | undefined): void {
    if (at !== undefined && (this.#lastUpdated === undefined || at > this.#lastUpdated)) {
      this.#lastUpdated = at;
    }
  }

  #known(digest: string): SandboxManifest {
    const manifest = this.#manifests.get(digest);
    if (manifest === undefined) {
      throw new Error(`${this.namespace}/${this.name} has no image ${digest}`);
    }
    return manifest;
  }
}

function setOf(sets: Map<string, Set<string>>, key: string): Set<string> {
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
