import type { CountedRepository, ImageCounts, RepositoryRow } from '../../src/namespaceOverview/protocol';

/** One repository as it is shown. The same object as long as nothing of it changes. */
export interface ShownRepository extends RepositoryRow {
  /** `undefined` if its images are not counted. */
  readonly counts: ImageCounts | undefined;
  /** Why they could not be, or not again. */
  readonly failure: string | undefined;
}

/** What is known of all repositories together. */
export interface Totals {
  readonly repositories: number;
  /** Of those whose storage is known. */
  readonly storageBytes: number;
  /** Repositories whose storage is known. */
  readonly measured: number;
  /** Repositories whose images are counted. */
  readonly counted: number;
  readonly images: number;
  readonly inactive: number;
  /** Images of unknown activity. Zero if the server counts them as inactive. */
  readonly unknown: number;
  /** Entries of lists that could not be read, so that `images` may be too low. */
  readonly unread: number;
  /** Images that may be parts of others, so that `images` may be too high. */
  readonly undetermined: number;
}

/** The repositories of the namespace and what is known of their images. */
export class Repositories {
  #all: ShownRepository[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #counted = new Map<string, CountedRepository>();

  /** In the order of the extension. */
  get all(): readonly ShownRepository[] {
    return this.#all;
  }

  get totals(): Totals {
    const counted = this.#all.flatMap(({ counts }) => counts ?? []);
    return {
      repositories: this.#all.length,
      storageBytes: sum(this.#all.map(({ storageBytes }) => storageBytes ?? 0)),
      measured: this.#all.filter(({ storageBytes }) => storageBytes !== null).length,
      counted: counted.length,
      images: sum(counted.map(({ total }) => total)),
      inactive: sum(counted.map(({ inactive }) => inactive)),
      unknown: sum(counted.map(({ unknown }) => unknown ?? 0)),
      unread: sum(counted.map(({ unread }) => unread)),
      undetermined: sum(counted.map(({ undetermined }) => undetermined)),
    };
  }

  get(name: string): ShownRepository | undefined {
    const index = this.#indexes.get(name);
    return index === undefined ? undefined : this.#all[index];
  }

  /** Takes a new list; what is known of the images of those that are still there stays. */
  take(rows: readonly RepositoryRow[]): void {
    this.#all = rows.map((row) => shown(row, this.#counted.get(row.name)));
    this.#indexes.clear();
    this.#all.forEach(({ name }, index) => this.#indexes.set(name, index));
  }

  takeCounts(repositories: readonly CountedRepository[]): void {
    for (const counted of repositories) {
      this.#counted.set(counted.name, counted);
      const index = this.#indexes.get(counted.name);
      const known = index === undefined ? undefined : this.#all[index];
      if (index !== undefined && known !== undefined) {
        this.#all[index] = shown(known, counted);
      }
    }
    this.#all = [...this.#all]; // another list, so that what was made of it is made anew
  }
}

function shown(
  { name, isPrivate, storageBytes, lastPushed, pulls }: RepositoryRow,
  counted: CountedRepository | undefined,
): ShownRepository {
  return {
    name,
    isPrivate,
    storageBytes,
    lastPushed,
    pulls,
    counts: counted?.counts ?? undefined,
    failure: counted?.failure ?? undefined,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
