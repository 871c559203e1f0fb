import type { HubConnection } from '../connection/hubConnection';
import { Disposable, type IDisposable } from '../util/dispose';

/** An overview in a tab of its own. */
export interface OpenOverview extends IDisposable {
  readonly connection: HubConnection;
  /** Name of the repository or namespace. */
  readonly subject: string;
  reveal(): void;
  /** Calls back when the tab was closed. */
  readonly onDidClose: (listener: () => void) => void;
}

/** The overviews that are open, one for each repository and namespace of a connection. */
export class Overviews extends Disposable {
  readonly #open = new Set<OpenOverview>();

  /** Reveals the overview of the subject, or opens it. */
  show(connection: HubConnection, subject: string, open: () => OpenOverview): void {
    const known = [...this.#open].find((one) => one.connection === connection && one.subject === subject);
    if (known === undefined) {
      this.#add(open());
    } else {
      known.reveal();
    }
  }

  override dispose(): void {
    super.dispose();
    [...this.#open].forEach((overview) => {
      overview.dispose();
    });
  }

  #add(overview: OpenOverview): void {
    this.#open.add(overview);
    overview.onDidClose(() => this.#open.delete(overview));
  }
}
