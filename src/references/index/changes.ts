/** More changed files than these are not read one by one: all are read again. */
const limit = 1000;

/** That everything has to be read. */
interface Everything {
  /** Number of the first change that is not read. */
  readonly from: number;
  /** Number of the last change that needs it. */
  readonly at: number;
}

/** What has changed since it was read, numbered so that a reading settles only what it has seen. */
export class Changes {
  #last = 0;
  /** Set while everything has to be read; nothing was read yet. */
  #everything: Everything | undefined = { from: 0, at: 0 };
  /** By key of the folder and path, the number of the last change. */
  readonly #paths = new Map<string, Map<string, number>>();
  #count = 0;

  /** Number of the last change. */
  get last(): number {
    return this.#last;
  }

  /** Whether single files do not do. */
  get needsEverything(): boolean {
    return this.#everything !== undefined;
  }

  /** A file or folder has changed. */
  add(folder: string, path: string): void {
    this.#last += 1;
    const paths = this.#paths.get(folder) ?? new Map<string, number>();
    if (!paths.has(path)) this.#count += 1;
    this.#paths.set(folder, paths.set(path, this.#last));
    if (this.#count > limit) this.addEverything();
  }

  /** Everything has to be read again. */
  addEverything(): void {
    this.#last += 1;
    let from = this.#everything?.from ?? this.#last;
    for (const at of this.#numbers()) from = Math.min(from, at);
    this.#everything = { from, at: this.#last };
    this.#paths.clear();
    this.#count = 0;
  }

  /** Whether nothing is left to be read of the changes up to that number. */
  isSettled(number: number): boolean {
    if (this.#everything !== undefined && this.#everything.from <= number) return false;
    for (const at of this.#numbers()) if (at <= number) return false;
    return true;
  }

  /** What has to be read; `everything` if single files do not do. */
  pending(): 'everything' | ReadonlyMap<string, readonly string[]> {
    if (this.#everything !== undefined) return 'everything';
    return new Map([...this.#paths].map(([folder, paths]) => [folder, [...paths.keys()]]));
  }

  /** All changes up to that number were read. */
  settle(number: number): void {
    this.#everything = this.#everything && unread(this.#everything, number);
    for (const paths of this.#paths.values()) {
      for (const [path, at] of paths) {
        if (at <= number && paths.delete(path)) this.#count -= 1;
      }
    }
  }

  *#numbers(): Iterable<number> {
    for (const paths of this.#paths.values()) yield* paths.values();
  }
}

/** What is left of it when all changes up to that number were read. */
function unread({ from, at }: Everything, number: number): Everything | undefined {
  return at <= number ? undefined : { from: Math.max(from, number + 1), at };
}
