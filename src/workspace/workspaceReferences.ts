import type { FoundReferences, ReferenceSource } from '../hub/codeReferences';
import type { RepositoryRef } from '../hub/names';
import { Disposable, type IDisposable } from '../util/dispose';
import type { WorkspaceIndex } from './workspaceIndex';

/** References in the open folders and editors. What searches them is loaded with the first search. */
export class WorkspaceReferences extends Disposable implements ReferenceSource {
  readonly #listeners = new Set<() => void>();
  #index: Promise<WorkspaceIndex> | undefined;

  async search(repositories: readonly RepositoryRef[], signal: AbortSignal): Promise<FoundReferences> {
    signal.throwIfAborted();
    this.#index ??= this.#load();
    const index = await this.#index;
    return index.search(repositories, signal);
  }

  onDidChange(listener: () => void): IDisposable {
    const own = () => {
      listener();
    };
    this.#listeners.add(own);
    return { dispose: () => void this.#listeners.delete(own) };
  }

  async #load(): Promise<WorkspaceIndex> {
    const { WorkspaceIndex } = await import('./workspaceIndex');
    return this.register(new WorkspaceIndex());
  }
}
