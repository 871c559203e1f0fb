import type { ImageKey } from '../../../src/hub/deletionRequest';
import type { SandboxRepository, SandboxWorld } from '../../../src/sandbox/index';
import { imageKeyOf } from './keys';

/** Where a tag pointed before, and where it points now. */
export interface TagChange {
  readonly tag: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A repository was changed by somebody. Times are ticks: how many things had happened before. */
export interface WorldChange {
  readonly tick: number;
  readonly atMs: number;
  /** Number of a person, or `others`. */
  readonly by: number | 'others';
  readonly repository: string;
  readonly removed: readonly ImageKey[];
  readonly added: readonly ImageKey[];
  readonly tags: readonly TagChange[];
}

/** A repository as it was when somebody last looked. */
interface Known {
  readonly revision: number;
  readonly keys: ReadonlySet<ImageKey>;
  readonly tags: ReadonlyMap<string, string>;
}

const nothing: Known = { revision: -1, keys: new Set(), tags: new Map() };

/** Knows who changed what, by looking at the world after everything that can change it. */
export class ObservedWorld {
  readonly changes: WorldChange[] = [];
  readonly #repositories: ReadonlyMap<string, SandboxRepository>;
  readonly #nowMs: () => number;
  readonly #known = new Map<string, Known>();
  readonly #dependents = new Map<ImageKey, Set<ImageKey>>();
  readonly #everSeen = new Set<ImageKey>();
  #tick = 0;

  constructor(world: SandboxWorld, nowMs: () => number) {
    this.#nowMs = nowMs;
    this.#repositories = new Map(
      [...world.namespaces].flatMap(({ repositories }) =>
        [...repositories.values()].map((one) => [fullNameOf(one), one] as const),
      ),
    );
    this.look('others');
    this.changes.length = 0;
  }

  get tick(): number {
    return this.#tick;
  }

  /** @returns What was changed since the last look; it is put down to this one. */
  look(by: number | 'others'): readonly WorldChange[] {
    this.#tick += 1;
    const found = [...this.#repositories.values()].flatMap((repository) => this.#lookAt(repository, by));
    this.changes.push(...found);
    return found;
  }

  has(key: ImageKey): boolean {
    const [name = '', digest = ''] = key.split('@');
    return this.#repositories.get(name)?.get(digest) !== undefined;
  }

  /** Every image that was ever there. */
  everSeen(): readonly ImageKey[] {
    return [...this.#everSeen];
  }

  /** The tags that point at the image now. */
  tagsOf(key: ImageKey): readonly string[] {
    const [name = '', digest = ''] = key.split('@');
    const repository = this.#repositories.get(name);
    const manifest = repository?.get(digest);
    return repository === undefined || manifest === undefined ? [] : repository.currentTags(manifest);
  }

  /** The image that a tag points at, or pointed at before it was deleted. */
  imageAt(repository: string, tag: string): string | undefined {
    const move = this.lastMoveOf(repository, tag)?.tags.find((change) => change.tag === tag);
    return this.#repositories.get(repository)?.tags.get(tag) ?? move?.before;
  }

  /** Whether the tag exists now. */
  hasTag(repository: string, tag: string): boolean {
    return this.#repositories.get(repository)?.tags.has(tag) === true;
  }

  /** Digests of the indexes that contain the image now. */
  indexesOf(key: ImageKey): readonly string[] {
    const [name = '', digest = ''] = key.split('@');
    return [...(this.#repositories.get(name)?.indexesOf(digest) ?? [])];
  }

  /** The image that this one is about. */
  subjectOf(key: ImageKey): string | undefined {
    const [name = '', digest = ''] = key.split('@');
    return this.#repositories.get(name)?.get(digest)?.subject;
  }

  /** The images, all that they hold as children, ever held included, and what is attached to any of these. */
  withDependents(keys: Iterable<ImageKey>): ReadonlySet<ImageKey> {
    const all = new Set(keys);
    for (const key of all) {
      this.#dependents.get(key)?.forEach((each) => all.add(each));
    }
    return all;
  }

  isChangedSince(tick: number, repository: string, except?: number): boolean {
    return this.changes.some(
      (change) => change.tick > tick && change.repository === repository && change.by !== except,
    );
  }

  /** Whether the image is there, and nobody pushed it since. */
  isThereSince(tick: number, key: ImageKey): boolean {
    return this.has(key) && !this.changes.some((one) => one.tick > tick && one.added.includes(key));
  }

  /** Whether the image is gone, and was not there at any time since. */
  isGoneSince(tick: number, key: ImageKey): boolean {
    return !this.has(key) && !this.changes.some((one) => one.tick > tick && one.removed.includes(key));
  }

  /** When the tag was last moved; `undefined` if it is where the run found it. */
  lastMoveOf(repository: string, tag: string): WorldChange | undefined {
    return this.changes.findLast(
      (change) => change.repository === repository && change.tags.some((one) => one.tag === tag),
    );
  }

  /** When the image last lost a tag; `undefined` if it has all that the run found. */
  lastTagChangeOf(key: ImageKey): WorldChange | undefined {
    const [name, digest] = key.split('@');
    return this.changes.findLast(
      ({ repository, tags }) => repository === name && tags.some(({ before }) => before === digest),
    );
  }

  /** When the image was last pushed; `undefined` if it is as the run found it. */
  pushOf(key: ImageKey): WorldChange | undefined {
    return this.changes.findLast(({ added }) => added.includes(key));
  }

  #note(key: ImageKey, dependent: ImageKey): void {
    this.#dependents.set(key, (this.#dependents.get(key) ?? new Set()).add(dependent));
  }

  #lookAt(repository: SandboxRepository, by: number | 'others'): readonly WorldChange[] {
    const name = fullNameOf(repository);
    const before = this.#known.get(name) ?? nothing;
    if (before.revision === repository.revision) {
      return [];
    }
    const keys = new Set<ImageKey>();
    for (const { digest, children, subject } of repository.manifests) {
      const key = imageKeyOf(name, digest);
      keys.add(key);
      this.#everSeen.add(key);
      for (const child of children) {
        this.#note(key, imageKeyOf(name, child));
      }
      if (subject !== undefined) {
        this.#note(imageKeyOf(name, subject), key);
      }
    }
    const tags = new Map(repository.tags);
    this.#known.set(name, { revision: repository.revision, keys, tags });
    return [
      {
        tick: this.#tick,
        atMs: this.#nowMs(),
        by,
        repository: name,
        removed: [...before.keys].filter((key) => !keys.has(key)),
        added: [...keys].filter((key) => !before.keys.has(key)),
        tags: tagChanges(before.tags, tags),
      },
    ];
  }
}

function tagChanges(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly TagChange[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((tag) => ({ tag, before: before.get(tag), after: after.get(tag) }))
    .filter((change) => change.before !== change.after);
}

function fullNameOf({ namespace, name }: SandboxRepository): string {
  return `${namespace}/${name}`;
}
