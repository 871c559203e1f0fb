import * as vscode from 'vscode';
import type { HubConnection } from '../connection/hubConnection';
import { overviewPanelType } from '../contributions';
import { countRequests } from '../hub/http/requestWatch';
import type { Inventory } from '../hub/listing/inventory';
import { formatRepository } from '../hub/names';
import { Disposable } from '../util/dispose';
import { showError } from '../util/showError';
import { WebviewTab } from '../webview/webviewTab';
import { figuresMessage, type OverviewContext, overviewTitle, stateMessage } from './overviewMessages';
import type { OpenOverview } from './overviews';
import { type DeletionWantedMessage, type FromWebview, isFromWebview, type ToWebview } from './protocol';
import { RepositoryOverview, type RepositoryOverviewOptions } from './repositoryOverview';

export interface OverviewPanelOptions extends Pick<
  RepositoryOverviewOptions,
  'repository' | 'pageSize' | 'now' | 'windowDays' | 'begin'
> {
  readonly connection: HubConnection;
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  /** Words for an error, and what to do about it. */
  readonly describe: (error: unknown) => string;
  /** Whether its connection is the one in use. */
  readonly isInUse: () => boolean;
  readonly onDidChangeConnection: vscode.Event<unknown>;
  /** The repository was changed or read anew elsewhere. */
  readonly onDidOutdate: vscode.Event<unknown>;
  /**
   * Makes a plan of the images that lie before the instant of the inventory.
   *
   * @param seen How many of them the person saw.
   */
  readonly plan: (inventory: Inventory, seen: number) => Promise<void>;
}

/** The overview of one repository in an editor tab. It owns what was read; the webview only shows it. */
export class OverviewPanel extends Disposable implements OpenOverview {
  readonly connection: HubConnection;
  readonly #options: OverviewPanelOptions;
  readonly #overview: RepositoryOverview;
  readonly #context: OverviewContext;
  readonly #tab: WebviewTab<FromWebview, ToWebview>;

  /** Opens the panel and begins to read. */
  static open(options: OverviewPanelOptions): OverviewPanel {
    const panel = new OverviewPanel(options);
    panel.#read();
    return panel;
  }

  private constructor(options: OverviewPanelOptions) {
    super();
    this.#options = options;
    this.connection = options.connection;
    this.#context = {
      isSandbox: options.connection.kind === 'sandbox',
      describe: options.describe,
    };
    this.#overview = this.register(
      new RepositoryOverview({
        ...options,
        api: options.connection.images,
        clock: () => performance.now(),
        onDidChange: this.#scheduleState,
        onDidRead: this.#postFigures,
      }),
    );
    this.#tab = this.register(
      new WebviewTab<FromWebview, ToWebview>({
        ...options,
        viewType: overviewPanelType,
        bundle: 'overview',
        title: overviewTitle(this.#overview),
        isReceived: isFromWebview,
        receive: (message) => {
          this.#handle(message);
        },
      }),
    );
    this.#tab.onDidClose(() => {
      this.dispose();
    });
    this.register(
      options.onDidChangeConnection(() => {
        this.#overview.leave(!options.isInUse());
      }),
    );
    this.register(
      options.onDidOutdate(() => {
        this.#overview.outdate();
      }),
    );
  }

  get subject(): string {
    return formatRepository(this.#overview.repository);
  }

  reveal(): void {
    this.#tab.reveal();
  }

  onDidClose(listener: () => void): void {
    this.#tab.onDidClose(listener);
  }

  readonly #scheduleState = (): void => {
    this.#tab.schedule(() => {
      this.#postState();
    });
  };

  #postState(): void {
    this.#tab.post(stateMessage(this.#overview, this.#context));
  }

  readonly #postFigures = (): void => {
    const { contents } = this.#overview;
    if (contents !== undefined && !this.isDisposed) {
      this.#tab.post(figuresMessage(contents, this.#options.now()));
    }
  };

  #handle(message: FromWebview): void {
    switch (message.type) {
      case 'ready':
        this.#postFigures();
        this.#postState();
        return;
      case 'deletionWanted':
        void this.#plan(message);
        return;
      case 'digestCopied':
        void vscode.env.clipboard.writeText(message.digest);
        return;
      case 'action':
        this.#act(message.action);
        return;
    }
  }

  #act(action: Extract<FromWebview, { type: 'action' }>['action']): void {
    switch (action) {
      case 'readAgain':
        this.#read();
        return;
      case 'cancel':
        this.#overview.cancel();
        return;
    }
  }

  #read(): void {
    void countRequests('Overview', this.#options.log, () => this.#overview.read());
  }

  /** A line that nobody could have drawn comes to nothing. */
  async #plan({ activeFrom, count }: DeletionWantedMessage): Promise<void> {
    const line = new Date(activeFrom);
    if (Number.isNaN(line.getTime()) || line > this.#options.now()) {
      return;
    }
    try {
      const inventory = await countRequests('Plan of an overview', this.#options.log, () =>
        this.#overview.inventoryAt(line),
      );
      if (inventory !== undefined && this.#options.isInUse()) {
        await this.#options.plan(inventory, count);
      }
    } catch (error) {
      this.#options.log.error(error instanceof Error ? error : String(error));
      void showError(this.#options.describe(error));
    }
  }
}
