import type { FoundReferences, ReferenceSource, SearchOptions } from '../hub/codeReferences';
import { delay, type Delay } from '../hub/delay';
import type { RepositoryRef } from '../hub/names';
import { Disposable, type IDisposable } from '../util/dispose';
import type { WorkspaceSearch } from './search/workspaceSearch';

export interface WorkspaceReferencesOptions {
  readonly log: { warn(message: string): void };
  readonly delay?: Delay;
  /** Loads what searches them. */
  readonly load?: typeof loadSearch;
}

/** References in the open folders and editors. What searches them is loaded with the first search. */
export class WorkspaceReferences extends Disposable implements ReferenceSource {
  readonly #options: WorkspaceReferencesOptions;
  readonly #listeners = new Set<() => void>();
  #loading: Promise<WorkspaceSearch> | undefined;
  #search: WorkspaceSearch | undefined;

  constructor(options: WorkspaceReferencesOptions) {
    super();
    this.#options = options;
  }

  async search(
    repositories: readonly RepositoryRef[],
    signal: AbortSignal,
    options?: SearchOptions,
  ): Promise<FoundReferences> {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = undefined; // the next search tries again
      throw error;
    });
    try {
      const search = await this.#loading;
      return await search.search(repositories, signal, options);
    } catch (error) {
      if (!signal.aborted) {
        this.#options.log.warn(`the workspace could not be searched: ${String(error)}`);
      }
      throw error;
    }
  }

  onDidChange(listener: () => void): IDisposable {
    const own = () => {
      listener();
    };
    this.#listeners.add(own);
    const dispose = () => {
      this.#listeners.delete(own);
      this.#search?.endIfUnused();
    };
    return { dispose };
  }

  async #load(): Promise<WorkspaceSearch> {
    const { load = loadSearch } = this.#options;
    const { WorkspaceSearch } = await load();
    this.#search = this.register(
      new WorkspaceSearch({
        delay,
        ...this.#options,
        hasListeners: () => this.#listeners.size > 0,
        onChange: () => {
          for (const listener of [...this.#listeners]) listener();
        },
      }),
    );
    return this.#search;
  }
}

function loadSearch() {
  return import('./search/workspaceSearch');
}
