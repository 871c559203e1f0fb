import type { HubConnection } from '../connection/hubConnection';
import { isSameRepository, type RepositoryRef } from '../hub/names';
import { Disposable, type IDisposable } from '../util/dispose';

/** An overview in a tab of its own. */
export interface OpenOverview extends IDisposable {
  readonly connection: HubConnection;
  readonly repository: RepositoryRef;
  reveal(): void;
  /** Calls back when the tab was closed. */
  readonly onDidClose: (listener: () => void) => void;
}

/** The overviews that are open, one for each repository of a connection. */
export class Overviews extends Disposable {
  readonly #open = new Set<OpenOverview>();

  find(connection: HubConnection, repository: RepositoryRef): OpenOverview | undefined {
    return [...this.#open].find(
      (open) => open.connection === connection && isSameRepository(open.repository, repository),
    );
  }

  add(overview: OpenOverview): void {
    this.#open.add(overview);
    overview.onDidClose(() => this.#open.delete(overview));
  }

  override dispose(): void {
    super.dispose();
    [...this.#open].forEach((overview) => {
      overview.dispose();
    });
  }
}
