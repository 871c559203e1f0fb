import * as vscode from 'vscode';
import type { Connections } from '../connection/connections';
import type { DeletionJournal } from '../hub/deletion/journal';
import type { RepositoryLocks } from '../hub/deletion/repositoryLocks';
import type { JournalFolder } from '../journal/journalFolder';
import type { ServerKind } from '../journal/journalFormat';
import type { Settings } from '../settings';
import { Disposable } from '../util/dispose';
import type { RunsCheck } from './checkRuns';
import type { HistoryDocument } from './historyDocument';
import type { InterruptedRuns } from './interruptedRuns';
import type { Reconciliation } from './reconciliation';

/** Long enough to be out of the way of a window that opens. */
const idleMs = 2_000;

export interface DeletionHistoryOptions {
  /** Made when the first deletion begins. */
  readonly folder: vscode.Uri;
  readonly extensionVersion: string;
  readonly connections: Pick<Connections, 'current' | 'onDidChange'>;
  readonly settings: Pick<Settings, 'apiUrl' | 'pageSize' | 'journalLimits'>;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'error'>;
  readonly now: () => Date;
}

/** The history of deletions. Its code and the journal's files are read only when they are needed. */
export class DeletionHistory extends Disposable {
  readonly #options: DeletionHistoryOptions;
  readonly #reconciled = this.register(new vscode.EventEmitter<Reconciliation>());
  /** A run was looked into after its deletion: what was shown of it and of its repositories may be out of date. */
  readonly onDidReconcile = this.#reconciled.event;
  readonly #didCountUnfinished = this.register(new vscode.EventEmitter<number>());
  /** The number of deletions that are not over although none of them is under way has changed. */
  readonly onDidCountUnfinished = this.#didCountUnfinished.event;
  /** As reported last. */
  #unfinished = 0;
  #counting = Promise.resolve();
  #journal: Promise<JournalFolder> | undefined;
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

  /** The journal for a deletion on this kind of server. */
  journal(server: ServerKind): DeletionJournal {
    return {
      begin: async (plan) => (await this.journalFolder()).store.journal(server).begin(plan),
    };
  }

  /** The locks that all windows share. */
  readonly locks: RepositoryLocks = {
    acquire: async (place) => (await this.journalFolder()).locks.acquire(place),
  };

  journalFolder(): Promise<JournalFolder> {
    this.#journal ??= this.#open().catch((error: unknown) => {
      this.#journal = undefined; // it may work the next time
      throw error;
    });
    return this.#journal;
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
   * @throws The journal could not be read or written.
   */
  async check(signal: AbortSignal, report: (done: number, total: number) => void): Promise<RunsCheck> {
    const { connections, settings } = this.#options;
    const { checkRuns } = await import('./checkRuns');
    const journal = await this.journalFolder();
    const connection = connections.current;
    const { pageSize } = settings;
    const onDidReconcile = this.#didReconcile;
    try {
      return await checkRuns({ journal, connection, pageSize, signal, onDidReconcile }, report);
    } finally {
      void this.#countUnfinished();
    }
  }

  /**
   * Lets a person take over what processes left that the system cannot identify.
   *
   * @returns Whether the person did.
   */
  async takeOver(open: RunsCheck['open']): Promise<boolean> {
    const { takeOver } = await import('./takeOver');
    const isTakenOver = await takeOver(await this.journalFolder(), open);
    void this.#countUnfinished();
    return isTakenOver;
  }

  /** Looks, in a moment, for deletions that were interrupted, and asks a server only if there are any. */
  recoverInterruptedRuns(): void {
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

  readonly #didReconcile = (reconciliation: Reconciliation): void => {
    this.#reconciled.fire(reconciliation);
  };

  async #watch(): Promise<void> {
    const { InterruptedRuns } = await import('./interruptedRuns');
    const journal = await this.journalFolder();
    const showHistory = () => this.show();
    const onDidReconcile = this.#didReconcile;
    const onDidLook = () => void this.#countUnfinished();
    this.#interrupted ??= this.register(
      new InterruptedRuns({ ...this.#options, journal, onDidReconcile, showHistory, onDidLook }),
    );
    await this.#interrupted.look();
  }

  /** One count after the other, so that the last one to be asked for is the last to be known. Never rejects. */
  #countUnfinished(): Promise<void> {
    return (this.#counting = this.#counting.then(() => this.#countOnce()));
  }

  /** Never rejects: a journal that cannot be read is reported where it is needed. */
  async #countOnce(): Promise<void> {
    try {
      const { countUnfinishedRuns } = await import('../journal/abandonedRuns');
      const { history, liveness } = await this.journalFolder();
      const count = await countUnfinishedRuns(history, liveness);
      if (count !== this.#unfinished && !this.isDisposed) {
        this.#unfinished = count;
        this.#didCountUnfinished.fire(count);
      }
    } catch (error) {
      this.#options.log.error(`Unfinished deletions: ${String(error)}`);
    }
  }

  async #open(): Promise<JournalFolder> {
    const { extensionVersion, now, settings, log } = this.#options;
    const { JournalFolder } = await import('../journal/journalFolder');
    return new JournalFolder({
      folder: this.folder,
      extensionVersion,
      now,
      limits: () => settings.journalLimits,
      onDidRelease: () => {
        this.recoverInterruptedRuns(); // it may have left something open
      },
      onRetentionFailed: (error, fileName) => {
        log.error(
          `Old history could not be removed${fileName === undefined ? '' : `, ${fileName}`}: ${String(error)}`,
        );
      },
    });
  }
}
