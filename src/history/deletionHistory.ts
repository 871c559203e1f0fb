import type * as vscode from 'vscode';
import type { Connections } from '../connection/connections';
import type { DeletionJournal } from '../hub/deletion/journal';
import type { RepositoryRef } from '../hub/names';
import type { Evidence } from '../journal/journalFolder';
import type { ServerKind } from '../journal/journalFormat';
import type { Settings } from '../settings';
import { Disposable } from '../util/dispose';
import type { RunsCheck } from './checkRuns';
import type { HistoryDocument } from './historyDocument';
import type { InterruptedRuns } from './interruptedRuns';

/** Long enough to be out of the way of a window that opens. */
const idleMs = 2_000;

export interface DeletionHistoryOptions {
  /** Made when the first deletion begins. */
  readonly folder: vscode.Uri;
  readonly extensionVersion: string;
  readonly connections: Pick<Connections, 'current' | 'onDidChange'>;
  readonly settings: Pick<Settings, 'apiUrl' | 'pageSize' | 'evidenceLimits'>;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'error'>;
  readonly now: () => Date;
  /** What was shown of them may be old. */
  readonly onDidSettle: (repositories: readonly RepositoryRef[]) => void;
}

/** The evidence of deletions. Its code and its files are read only when they are needed. */
export class DeletionHistory extends Disposable {
  readonly #options: DeletionHistoryOptions;
  #evidence: Promise<Evidence> | undefined;
  #document: HistoryDocument | undefined;
  #interrupted: InterruptedRuns | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(options: DeletionHistoryOptions) {
    super();
    this.#options = options;
  }

  get folder(): string {
    return this.#options.folder.fsPath;
  }

  get now(): () => Date {
    return this.#options.now;
  }

  /** Where a deletion on such a server leaves its evidence. */
  journal(server: ServerKind): DeletionJournal {
    return {
      begin: async (plan) => (await this.evidence()).store.journal(server).begin(plan),
    };
  }

  evidence(): Promise<Evidence> {
    this.#evidence ??= this.#open().catch((error: unknown) => {
      this.#evidence = undefined; // it may work the next time
      throw error;
    });
    return this.#evidence;
  }

  /** Opens all runs as a text that can be read, searched and copied. */
  async show(): Promise<void> {
    const { HistoryDocument } = await import('./historyDocument');
    this.#document ??= this.register(new HistoryDocument(this));
    await this.#document.show();
  }

  /**
   * Looks now into every deletion that is not over, by listing and nothing else.
   *
   * @throws The evidence could not be read or written.
   */
  async check(signal: AbortSignal, report: (done: number, total: number) => void): Promise<RunsCheck> {
    const { connections, settings, onDidSettle } = this.#options;
    const { checkRuns } = await import('./checkRuns');
    const evidence = await this.evidence();
    const connection = connections.current;
    const { pageSize } = settings;
    return checkRuns({ evidence, connection, pageSize, signal, onDidSettle }, report);
  }

  /** Looks, in a moment, for deletions that were interrupted, and asks a server only if there are any. */
  takeUpInterruptedRuns(): void {
    if (this.isDisposed) {
      return;
    }
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      this.#watch().catch((error: unknown) => {
        this.#options.log.error(`Interrupted deletions: ${String(error)}`);
      });
    }, idleMs);
  }

  override dispose(): void {
    clearTimeout(this.#idle);
    super.dispose();
  }

  async #watch(): Promise<void> {
    const { InterruptedRuns } = await import('./interruptedRuns');
    const evidence = await this.evidence();
    const showHistory = () => this.show();
    this.#interrupted ??= this.register(new InterruptedRuns({ ...this.#options, evidence, showHistory }));
    await this.#interrupted.look();
  }

  async #open(): Promise<Evidence> {
    const { extensionVersion, now, settings, log } = this.#options;
    const { Evidence } = await import('../journal/journalFolder');
    return new Evidence({
      folder: this.folder,
      extensionVersion,
      now,
      limits: () => settings.evidenceLimits,
      onDidRelease: () => {
        this.takeUpInterruptedRuns(); // it may have left something open
      },
      onRetentionFailed: (error) => {
        log.error(`Old evidence could not be removed: ${String(error)}`);
      },
    });
  }
}
