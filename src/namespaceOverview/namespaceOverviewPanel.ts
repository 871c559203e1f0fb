import type * as vscode from 'vscode';
import type { CatalogEvent } from '../catalog/catalogEvent';
import type { HubConnection } from '../connection/hubConnection';
import { namespaceOverviewPanelType } from '../contributions';
import { countRequests } from '../hub/http/requestWatch';
import type { Repository } from '../hub/model';
import type { RepositoryRef } from '../hub/names';
import type { OpenOverview } from '../overview/overviews';
import { Disposable } from '../util/dispose';
import { WebviewTab } from '../webview/webviewTab';
import { NamespaceOverview, type NamespaceOverviewOptions } from './namespaceOverview';
import {
  countedRepository,
  type NamespaceOverviewContext,
  namespaceOverviewTitle,
  repositoriesMessage,
  stateMessage,
} from './namespaceOverviewMessages';
import { type FromWebview, isFromWebview, type ToWebview } from './protocol';

export interface NamespaceOverviewPanelOptions extends Pick<
  NamespaceOverviewOptions,
  'namespace' | 'atOnce' | 'list' | 'count' | 'known' | 'now'
> {
  readonly connection: HubConnection;
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  /** Whether the server is asked for the repositories of the namespace. */
  readonly isListed: boolean;
  /** Words for an error, and what to do about it. */
  readonly describe: (error: unknown) => string;
  /** Whether its connection is the one in use. */
  readonly isInUse: () => boolean;
  readonly onDidChangeConnection: vscode.Event<unknown>;
  readonly onDidChangeCatalog: vscode.Event<CatalogEvent>;
  /** The namespace is about to be read again. */
  readonly onDidBeginRefresh: vscode.Event<unknown>;
  /** Reads the namespace again, in the tree too. */
  readonly refresh: () => Promise<void>;
  /** Asks whether to count this number of repositories. */
  readonly mayCount: (repositories: number, averageMs: number | undefined) => Promise<boolean>;
  /** Shows the repository in the tree, or its overview. */
  readonly open: (repository: RepositoryRef, place: 'tree' | 'overview') => Promise<void>;
  /** Asks which images of the repositories are to be deleted, and plans it. */
  readonly deleteMatching: (repositories: readonly RepositoryRef[]) => Promise<void>;
}

/** The overview of one namespace in an editor tab. It owns what was read; the webview only shows it. */
export class NamespaceOverviewPanel extends Disposable implements OpenOverview {
  readonly connection: HubConnection;
  readonly #options: NamespaceOverviewPanelOptions;
  readonly #overview: NamespaceOverview;
  readonly #context: NamespaceOverviewContext;
  readonly #tab: WebviewTab<FromWebview, ToWebview>;
  /** Names of the repositories of which something is to be sent. */
  readonly #counted = new Set<string>();

  /** Opens the panel and begins to read. */
  static open(options: NamespaceOverviewPanelOptions): NamespaceOverviewPanel {
    const panel = new NamespaceOverviewPanel(options);
    void countRequests('Namespace overview', options.log, () => panel.#overview.read());
    return panel;
  }

  private constructor(options: NamespaceOverviewPanelOptions) {
    super();
    this.#options = options;
    this.connection = options.connection;
    this.#context = {
      isSandbox: options.connection.kind === 'sandbox',
      isListed: options.isListed,
      describe: options.describe,
    };
    this.#overview = this.register(
      new NamespaceOverview({
        ...options,
        clock: () => performance.now(),
        onDidChange: () => this.#schedule(),
        onDidList: () => this.#postRepositories(),
        onDidCount: (name) => {
          this.#counted.add(name);
          this.#schedule();
        },
      }),
    );
    this.#tab = this.register(
      new WebviewTab<FromWebview, ToWebview>({
        ...options,
        viewType: namespaceOverviewPanelType,
        bundle: 'namespaceOverview',
        title: namespaceOverviewTitle(this.#overview),
        isReceived: isFromWebview,
        receive: (message) => {
          this.#handle(message);
        },
      }),
    );
    this.#tab.onDidClose(() => {
      this.dispose();
    });
    this.#follow();
  }

  get subject(): string {
    return this.#overview.namespace;
  }

  reveal(): void {
    this.#tab.reveal();
  }

  onDidClose(listener: () => void): void {
    this.#tab.onDidClose(listener);
  }

  #follow(): void {
    const { onDidChangeConnection, onDidChangeCatalog, onDidBeginRefresh, isInUse } = this.#options;
    this.register(onDidChangeConnection(() => this.#overview.leave(!isInUse())));
    this.register(
      onDidChangeCatalog((event) => {
        if (isInUse()) {
          this.#overview.follow(event);
        }
      }),
    );
    this.register(
      onDidBeginRefresh(() => {
        // once everything was declared out of date
        queueMicrotask(() => this.#overview.refresh());
      }),
    );
  }

  #schedule(): void {
    this.#tab.schedule(() => {
      this.#post();
    });
  }

  /** Counts first, so that what the state says of them is true of what is shown. */
  #post(): void {
    const names = [...this.#counted];
    this.#counted.clear();
    this.#postCounts(names.flatMap((name) => this.#overview.repositories.get(name) ?? []));
    this.#tab.post(stateMessage(this.#overview, this.#context));
  }

  #postRepositories(): void {
    if (!this.isDisposed) {
      this.#tab.post(repositoriesMessage(this.#overview));
    }
  }

  #postCounts(repositories: readonly Repository[]): void {
    const counted = repositories.map((repository) =>
      countedRepository(this.#overview, repository, this.#options.describe),
    );
    if (counted.length > 0) {
      this.#tab.post({ type: 'counts', repositories: counted });
    }
  }

  #handle(message: FromWebview): void {
    switch (message.type) {
      case 'ready':
        if (this.#overview.list !== undefined) {
          this.#postRepositories();
        }
        this.#postCounts(
          [...this.#overview.repositories.values()].filter((one) => this.#overview.countedOf(one)),
        );
        this.#tab.post(stateMessage(this.#overview, this.#context));
        return;
      case 'rowsShown':
        this.#overview.show(message.names);
        return;
      case 'deletionWanted':
        this.#delete(message.names);
        return;
      case 'repositoryOpened':
        this.#open(message.name, message.in);
        return;
      case 'action':
        this.#act(message.action);
        return;
    }
  }

  #act(action: Extract<FromWebview, { type: 'action' }>['action']): void {
    switch (action) {
      case 'refresh':
        if (this.#options.isInUse()) {
          void this.#options.refresh();
        }
        return;
      case 'countAll':
        void this.#countAll();
        return;
      case 'cancel':
        this.#overview.cancel();
        return;
    }
  }

  async #countAll(): Promise<void> {
    const { uncounted, averageCountMs } = this.#overview;
    if (uncounted.length > 0 && (await this.#options.mayCount(uncounted.length, averageCountMs))) {
      await countRequests('Counting all repositories', this.#options.log, () => this.#overview.countAll());
    }
  }

  /** What the page names and is not listed comes to nothing. */
  #delete(names: readonly string[]): void {
    const repositories = names.flatMap((name) => this.#overview.repositories.get(name) ?? []);
    if (repositories.length > 0 && this.#options.isInUse()) {
      void this.#options.deleteMatching(repositories);
    }
  }

  #open(name: string, place: 'tree' | 'overview'): void {
    const repository = this.#overview.repositories.get(name);
    if (repository !== undefined && this.#options.isInUse()) {
      void this.#options.open(repository, place);
    }
  }
}
