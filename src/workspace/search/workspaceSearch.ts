import type { FoundReferences, SearchOptions } from '../../hub/codeReferences';
import type { Delay } from '../../hub/delay';
import type { RepositoryRef } from '../../hub/names';
import { Disposable, MutableDisposable, type IDisposable } from '../../util/dispose';
import { WorkspaceIndex, type WorkspaceIndexOptions } from './workspaceIndex';

/** How long what was found is kept up to date after a search without a listener for changes. */
const keptMs = 5 * 60_000;

export interface WorkspaceSearchOptions extends WorkspaceIndexOptions {
  readonly delay: Delay;
  readonly hasListeners: () => boolean;
}

/** Searches the open folders and editors, and watches them while that is of use. */
export class WorkspaceSearch extends Disposable {
  readonly #options: WorkspaceSearchOptions;
  readonly #index = this.register(new MutableDisposable<WorkspaceIndex>());
  /** Runs from the end of the last search. */
  readonly #timer = this.register(new MutableDisposable<IDisposable>());
  #searches = 0;

  constructor(options: WorkspaceSearchOptions) {
    super();
    this.#options = options;
  }

  /** Whether files are watched. */
  get isInUse(): boolean {
    return this.#index.value !== undefined;
  }

  /** @throws The reason of the signal. */
  async search(
    repositories: readonly RepositoryRef[],
    signal: AbortSignal,
    options?: SearchOptions,
  ): Promise<FoundReferences> {
    signal.throwIfAborted();
    this.#index.value ??= new WorkspaceIndex(this.#options);
    this.#searches += 1;
    this.#timer.value = undefined;
    try {
      return await this.#index.value.search(repositories, signal, options);
    } finally {
      this.#searches -= 1;
      if (this.#searches === 0) this.#startTimer();
    }
  }

  /** Ends the watching if there is no search, no recent search, and no listener. */
  endIfUnused(): void {
    if (this.#searches > 0 || this.#timer.value !== undefined || this.#options.hasListeners()) return;
    this.#index.value = undefined;
  }

  #startTimer(): void {
    const controller = new AbortController();
    this.#timer.value = { dispose: () => controller.abort() };
    this.#options.delay(keptMs, controller.signal).then(
      () => {
        this.#timer.value = undefined;
        this.endIfUnused();
      },
      () => undefined, // another search began
    );
  }
}
