/** More changed files than these are not read one by one: all are read again. */
const limit = 1000;

/** What has changed since it was read, numbered so that a reading settles only what it has seen. */
export class Changes {
  #last = 0;
  /** Number of the last change after which everything has to be read; nothing was read yet. */
  #everythingAt: number | undefined = 0;
  /** By key of the folder and path, the number of the last change. */
  readonly #paths = new Map<string, Map<string, number>>();
  #count = 0;

  /** Number of the last change. */
  get last(): number {
    return this.#last;
  }

  /** Whether single files do not do. */
  get needsEverything(): boolean {
    return this.#everythingAt !== undefined;
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
    this.#everythingAt = this.#last;
    this.#paths.clear();
    this.#count = 0;
  }

  /** Whether nothing is left to be read of the changes up to that number. */
  isSettled(number: number): boolean {
    if (this.#everythingAt !== undefined && this.#everythingAt <= number) return false;
    return [...this.#paths.values()].every((paths) => [...paths.values()].every((at) => at > number));
  }

  /** What has to be read; `everything` if single files do not do. */
  pending(): 'everything' | ReadonlyMap<string, readonly string[]> {
    if (this.#everythingAt !== undefined) return 'everything';
    return new Map([...this.#paths].map(([folder, paths]) => [folder, [...paths.keys()]]));
  }

  /** All changes up to that number were read. */
  settle(number: number): void {
    if (this.#everythingAt !== undefined && this.#everythingAt <= number) this.#everythingAt = undefined;
    for (const paths of this.#paths.values()) {
      for (const [path, at] of paths) {
        if (at <= number && paths.delete(path)) this.#count -= 1;
      }
    }
  }
}
