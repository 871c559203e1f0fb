import type { FoundReferences, ReferenceSource, SearchReport } from '../codeReferences';
import type { RepositoryRef } from '../names';

/**
 * How far the search of the workspace for references to the images of a plan has come:
 *
 * - `off`: it is switched off in the settings
 * - `searching`: it is under way; nothing can be deleted
 * - `searched`: what it found is part of the review
 * - `skipped`: the person continued without it; what an earlier search found still counts
 * - `failed`: it has to be repeated or skipped
 */
export type ReferenceState =
  | { readonly kind: 'off' }
  | { readonly kind: 'searching' }
  | { readonly kind: 'searched'; readonly found: FoundReferences }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** What is recorded of the search when a plan is approved. */
export type ReferenceRecord =
  { readonly kind: 'off' } | { readonly kind: 'skipped' } | ({ readonly kind: 'searched' } & SearchReport);

export interface ReferenceCheckOptions {
  /** `undefined`: the search is switched off. */
  readonly source: ReferenceSource | undefined;
  /** Of the plan. */
  readonly repositories: readonly RepositoryRef[];
  /** Called with every change of the state. */
  readonly onDidChange: () => void;
}

interface Searching {
  /** Ends it besides. */
  readonly signal?: AbortSignal;
  /** Whether everything is read again. */
  readonly isThorough?: boolean;
}

/** Searches the workspace for references to the images of one plan, and again whenever a file has changed. */
export class ReferenceCheck {
  readonly #options: ReferenceCheckOptions;
  readonly #subscription: { dispose(): void } | undefined;
  #state: ReferenceState;
  #found: FoundReferences | undefined;
  /** Of the search that is under way. */
  #work: AbortController | undefined;
  /** Whether files have changed since that search began. */
  #isOutdated = false;
  #isClosed = false;

  constructor(options: ReferenceCheckOptions) {
    this.#options = options;
    this.#state = { kind: options.source === undefined ? 'off' : 'searching' };
    this.#subscription = options.source?.onDidChange(() => {
      this.#isOutdated = true;
      void this.#update();
    });
  }

  get state(): ReferenceState {
    return this.#state;
  }

  /** What was found last; `undefined` while nothing is known. */
  get found(): FoundReferences | undefined {
    return this.#found;
  }

  /** Whether a deletion need not wait for the search. */
  get isSettled(): boolean {
    return this.#state.kind !== 'searching' && this.#state.kind !== 'failed';
  }

  /** What is recorded of the search; `undefined` while it is not settled. */
  get record(): ReferenceRecord | undefined {
    switch (this.#state.kind) {
      case 'searched':
        return { kind: 'searched', ...this.#state.found.report };
      case 'off':
      case 'skipped':
        return this.#state;
      default:
        return undefined;
    }
  }

  /** Searches, also after a failure or after the search was skipped. Never rejects. */
  async start(): Promise<void> {
    const { source } = this.#options;
    if (source !== undefined && this.#work === undefined && !this.#isClosed) {
      const searching = this.#search(source);
      this.#become({ kind: 'searching' });
      await searching;
    }
  }

  /** Continues without the search. */
  skip(): void {
    if (!this.isSettled) {
      this.#end();
      this.#become({ kind: 'skipped' });
    }
  }

  /**
   * Searches everything once more, so that a deletion rests on the files as they are, whatever was reported of them. Does nothing if
   * the search was skipped or is switched off.
   *
   * @param signal Ends the search, which has failed then.
   */
  async refresh(signal: AbortSignal): Promise<void> {
    const { source } = this.#options;
    if (source !== undefined && this.#state.kind === 'searched') {
      this.#end();
      await this.#search(source, { signal, isThorough: true });
    }
  }

  /** Ends a search and reports nothing more. */
  close(): void {
    this.#isClosed = true;
    this.#subscription?.dispose();
    this.#end();
  }

  #end(): void {
    this.#work?.abort();
    this.#work = undefined;
  }

  async #update(): Promise<void> {
    const { source } = this.#options;
    if (
      source !== undefined &&
      this.#state.kind === 'searched' &&
      this.#work === undefined &&
      this.#isOutdated
    ) {
      await this.#search(source);
    }
  }

  /** The state stays what it was until the search has ended. */
  async #search(source: ReferenceSource, { signal, isThorough = false }: Searching = {}): Promise<void> {
    const work = new AbortController();
    this.#work = work;
    this.#isOutdated = false;
    const signals = [work.signal, ...(signal === undefined ? [] : [signal])];
    const state = await this.#ask(source, AbortSignal.any(signals), isThorough);
    if (this.#work === work) {
      this.#work = undefined;
      this.#become(state);
      void this.#update(); // for what has changed meanwhile
    }
  }

  async #ask(source: ReferenceSource, signal: AbortSignal, isThorough: boolean): Promise<ReferenceState> {
    try {
      const found = await source.search(this.#options.repositories, signal, { isThorough });
      return { kind: 'searched', found };
    } catch (error) {
      return { kind: 'failed', error };
    }
  }

  #become(state: ReferenceState): void {
    this.#state = state;
    this.#found = state.kind === 'searched' ? state.found : this.#found;
    this.#options.onDidChange();
  }
}
