import * as vscode from 'vscode';
import { HubCatalog } from '../../src/catalog/hubCatalog';
import { ViewOptions, type KeyValueStore } from '../../src/catalog/viewOptions';
import { createConnection } from '../../src/connection/createConnection';
import type { HubConnection } from '../../src/connection/hubConnection';
import type { ImageApiKind } from '../../src/hub/autoImageApi';
import { parseNamespaceName, parseRepositoryRef, type RepositoryRef } from '../../src/hub/names';
import { HubTreeProvider } from '../../src/providers/hubTreeProvider';
import type { Node } from '../../src/providers/nodes';
import type { OperationId } from '../../src/sandbox/index';
import type { ReferenceSource } from '../../src/hub/codeReferences';
import { connectionOptions } from './connectionOptions';
import { FakeReferenceSource, nothingOpen } from './foundReferences';
import type { SandboxFixture } from './sandbox';

export interface TreeSetting {
  readonly namespaces?: readonly string[];
  readonly repositories?: readonly string[];
  readonly activityWindowDays?: number;
  readonly pageSize?: number;
  /** Patterns of the setting, read whenever they are needed. */
  readonly protect?: readonly string[];
  readonly api?: ImageApiKind;
  /** Who is signed in, the one in use first; nobody is named unless said otherwise. */
  readonly accounts?: readonly string[];
  /** In what is open in the editor; nothing is, unless said otherwise. */
  readonly references?: ReferenceSource;
  /** Who signs in; the demo's account unless said otherwise. */
  readonly credentials?: { readonly username: string; readonly password: string };
}

/** A tree on a sandbox, signed in, and what it told since. */
export class HubTreeFixture implements vscode.Disposable {
  readonly catalog: HubCatalog;
  readonly tree: HubTreeProvider;
  readonly viewOptions: ViewOptions;
  readonly changedRows: (Node | undefined)[] = [];
  readonly changedBadges: (vscode.Uri | undefined)[] = [];
  readonly context = new Map<string, unknown>();
  /** What was logged as a warning. */
  readonly warnings: string[] = [];
  /** Resolves when the editor has handled what was sent to it. */
  #editor: Promise<void> = Promise.resolve();
  readonly #sandbox: SandboxFixture;
  readonly #connection: HubConnection;
  readonly #didChangeConnection = new vscode.EventEmitter<void>();
  #isConnected = true;

  private constructor(
    sandbox: SandboxFixture,
    connection: HubConnection,
    didChooseImageApi: vscode.EventEmitter<ImageApiKind>,
    setting: TreeSetting,
  ) {
    this.#sandbox = sandbox;
    this.#connection = connection;
    this.viewOptions = new ViewOptions(memoryStore());
    const current = () => (this.#isConnected ? connection : undefined);
    const options = {
      connections: {
        get current() {
          return current();
        },
        account: setting.accounts?.[0],
        usernames: setting.accounts ?? [],
        onDidChange: this.#didChangeConnection.event,
        onDidChooseImageApi: didChooseImageApi.event,
      },
      settings: {
        namespaces: (setting.namespaces ?? []).map(parseNamespaceName),
        repositories: (setting.repositories ?? []).map(parseRepositoryRef),
        activityWindowDays: setting.activityWindowDays,
        api: setting.api,
        pageSize: setting.pageSize ?? 100,
        get protect() {
          return { kind: 'valid', patterns: setting.protect ?? [] } as const;
        },
      },
      viewOptions: this.viewOptions,
      log: {
        info: () => undefined,
        warn: (message: string) => void this.warnings.push(message),
        error: () => undefined,
      },
      now: () => new Date(),
    };
    this.catalog = new HubCatalog(options);
    this.tree = new HubTreeProvider({
      ...options,
      catalog: this.catalog,
      references: setting.references ?? new FakeReferenceSource([], nothingOpen),
      setContext: (key, value) => {
        this.context.set(key, value);
        return this.#editor;
      },
    });
    this.tree.onDidChangeTreeData((node) => this.changedRows.push(node));
    this.tree.onDidChangeBadges((uri) => this.changedBadges.push(uri));
  }

  static async open(sandbox: SandboxFixture, setting: TreeSetting = {}): Promise<HubTreeFixture> {
    const didChooseImageApi = new vscode.EventEmitter<ImageApiKind>();
    const connection = createConnection(
      connectionOptions(sandbox.url, {
        kind: 'sandbox',
        imageApi: setting.api,
        onDidChooseImageApi: (kind) => didChooseImageApi.fire(kind),
      }),
    );
    await connection.session.signIn(setting.credentials ?? { username: 'demo', password: 'sandbox-demo' });
    return new HubTreeFixture(sandbox, connection, didChooseImageApi, setting);
  }

  get origin(): string {
    return this.#connection.origin;
  }

  /** Has the contents read of every image that was listed, as a person is asked before a deletion. */
  async readContents(repository: RepositoryRef): Promise<void> {
    const digests = this.catalog.loadedImages(repository).map(({ digest }) => digest);
    const needed = await this.#connection.images.neededReading?.(repository, digests);
    if (needed === undefined) {
      throw new Error('there is nothing to read');
    }
    await needed.read({});
  }

  /** @returns Lets the editor handle what was sent to it in the meantime. */
  delayEditor(): () => void {
    let end: () => void = () => undefined;
    this.#editor = new Promise((resolve) => (end = resolve));
    return end;
  }

  readonly signOut = (): void => {
    this.#isConnected = false;
    this.#didChangeConnection.fire();
  };

  /** Rows under the path: `[]` the root, `['acme']` a namespace, `['acme', 'acme/api']` a repository. */
  readonly rows = async (...path: readonly string[]): Promise<readonly Node[]> => {
    let rows: readonly Node[] = await this.tree.getChildren();
    for (const id of path) {
      const row = rows.find((node) => node.id === id);
      if (row === undefined) {
        throw new Error(`no row ${id} among ${rows.map((node) => node.id).join(', ')}`);
      }
      rows = await this.tree.getChildren(row);
    }
    return rows;
  };

  readonly item = (node: Node | undefined): vscode.TreeItem => {
    if (node === undefined) {
      throw new Error('there is no such row');
    }
    const item = this.tree.getTreeItem(node);
    if (item instanceof Promise) {
      throw new Error('the editor was given no rows yet');
    }
    return item;
  };

  /** How many requests of this kind the sandbox has answered. */
  readonly requests = (operation: OperationId): number =>
    this.#sandbox.exchanges.filter((exchange) => exchange.operation === operation).length;

  dispose(): void {
    this.tree.dispose();
    this.catalog.dispose();
    this.#connection.dispose();
    this.#didChangeConnection.dispose();
  }
}

/** Waits until it holds; the test's own time limit ends it. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

function memoryStore(): KeyValueStore {
  const values = new Map<string, unknown>();
  return {
    get: (key) => values.get(key),
    update: (key, value) => Promise.resolve(void values.set(key, value)),
  };
}
