import type { ImageKey } from '../../../src/hub/deletionRequest';
import type { SandboxRepository, SandboxWorld } from '../../../src/sandbox/index';

/** A repository was changed by somebody. Times are ticks: how many things had happened before. */
export interface WorldChange {
  readonly tick: number;
  /** Number of a person, or `others`. */
  readonly by: number | 'others';
  readonly repository: string;
  readonly removed: readonly ImageKey[];
}

/** Knows who removed what, by looking at the world after everything that can change it. */
export class ObservedWorld {
  readonly changes: WorldChange[] = [];
  readonly #repositories: readonly SandboxRepository[];
  readonly #known = new Map<string, { revision: number; keys: ReadonlySet<ImageKey> }>();
  readonly #children = new Map<ImageKey, Set<ImageKey>>();
  #tick = 0;

  constructor(world: SandboxWorld) {
    this.#repositories = [...world.namespaces].flatMap(({ repositories }) => [...repositories.values()]);
    this.look('others');
    this.changes.length = 0;
  }

  get tick(): number {
    return this.#tick;
  }

  /** @returns What was changed since the last look; it is put down to this one. */
  look(by: number | 'others'): readonly WorldChange[] {
    this.#tick += 1;
    const found = this.#repositories.flatMap((repository) => this.#lookAt(repository, by));
    this.changes.push(...found);
    return found;
  }

  has(key: ImageKey): boolean {
    const [name = '', digest = ''] = key.split('@');
    return this.#repositories.some(
      (repository) => fullNameOf(repository) === name && repository.get(digest) !== undefined,
    );
  }

  /** The images, and all that they hold as children, ever held included. */
  withChildren(keys: Iterable<ImageKey>): ReadonlySet<ImageKey> {
    const all = new Set(keys);
    for (const key of all) {
      this.#children.get(key)?.forEach((child) => all.add(child));
    }
    return all;
  }

  isChangedSince(tick: number, repository: string, except?: number): boolean {
    return this.changes.some(
      (change) => change.tick > tick && change.repository === repository && change.by !== except,
    );
  }

  #lookAt(repository: SandboxRepository, by: number | 'others'): readonly WorldChange[] {
    const name = fullNameOf(repository);
    const before = this.#known.get(name);
    if (before?.revision === repository.revision) {
      return [];
    }
    const keys = new Set<ImageKey>();
    for (const { digest, children } of repository.manifests) {
      const key: ImageKey = `${repository.namespace}/${repository.name}@${digest}`;
      keys.add(key);
      for (const child of children) {
        const known = this.#children.get(key) ?? new Set();
        this.#children.set(key, known.add(`${repository.namespace}/${repository.name}@${child}`));
      }
    }
    this.#known.set(name, { revision: repository.revision, keys });
    const removed = [...(before?.keys ?? [])].filter((key) => !keys.has(key));
    return [{ tick: this.#tick, by, repository: name, removed }];
  }
}

function fullNameOf({ namespace, name }: SandboxRepository): string {
  return `${namespace}/${name}`;
}
