/**
 * Repositories whose lists are read at once although nobody pointed at each of them. With the registry API, a list is read as a
 * whole, in as many requests as it takes; so their number is what can be limited.
 */
const repositoryLimit = 10;

/** Which repositories of a document, or of a selection in it, are read: the first few. */
export class RepositoryBudget {
  readonly #names = new Set<string>();

  /** Whether the lists of the repository may be read. Once it may be, it always may. */
  covers(repository: string): boolean {
    if (this.#names.size < repositoryLimit) {
      this.#names.add(repository);
    }
    return this.#names.has(repository);
  }
}
