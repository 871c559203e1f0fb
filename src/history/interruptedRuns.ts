import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connections } from '../connection/connections';
import type { CommandId } from '../contributions';
import { parseBaseUrl } from '../hub/http/baseUrl';
import { findAbandonedRuns } from '../journal/abandonedRuns';
import type { JournalFolder } from '../journal/journalFolder';
import { type FoundRun, isOwn, type ReconciledRun, type TakenUpRun } from '../journal/reconcileRun';
import type { UnreadableRun } from '../journal/runHistory';
import type { Settings } from '../settings';
import { Disposable } from '../util/dispose';
import type { Reconciliation } from './reconciliation';
import { recoverRun } from './recoverRun';
import { interruptedText, runText } from './texts/runs';

/** How soon runs are looked for again while another may come up: another process is at it, or its time has not come. */
const lookAgainMs = 5_000;

export interface InterruptedRunsOptions {
  readonly journal: JournalFolder;
  readonly connections: Pick<Connections, 'current' | 'onDidChange'>;
  readonly settings: Pick<Settings, 'apiUrl' | 'pageSize'>;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'error'>;
  /** What was shown of the run and of its repositories may be out of date. */
  readonly onDidReconcile: (reconciliation: Reconciliation) => void;
  readonly showHistory: () => Promise<void>;
  /** Runs were looked for, and looked into if there were any. */
  readonly onDidLook: () => void;
}

/**
 * Finds out what became of deletions that a crash, a reload or a lost connection interrupted, and of those whose answer was
 * lost. It only lists; nothing is ever sent for deletion again.
 */
export class InterruptedRuns extends Disposable {
  readonly #options: InterruptedRunsOptions;
  readonly #left = new AbortController();
  /** Ids of open runs whose findings were shown; once per session is enough. */
  readonly #reported = new Set<string>();
  /** Ids of runs for which a person was asked to sign in; once a session is enough. */
  readonly #asked = new Set<string>();
  /** Ids of runs whose files cannot be read. */
  readonly #logged = new Set<string>();
  /** Ids of runs that could not be listed; a timer does not try them again, another connection does. */
  readonly #unlisted = new Set<string>();
  #looking: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: InterruptedRunsOptions) {
    super();
    this.#options = options;
    this.register(
      options.connections.onDidChange(() => {
        this.#unlisted.clear();
        void this.look();
      }),
    );
  }

  /** Looks for runs that are due now. Failures reach the log. */
  look(): Promise<void> {
    clearTimeout(this.#timer);
    this.#looking = this.#looking
      .then(() => this.#look())
      .catch((error: unknown) => {
        this.#options.log.error(`Interrupted deletions: ${String(error)}`);
      })
      .finally(() => this.#options.onDidLook());
    return this.#looking;
  }

  override dispose(): void {
    this.#left.abort();
    clearTimeout(this.#timer);
    super.dispose();
  }

  async #look(): Promise<void> {
    const { journal } = this.#options;
    const { runs, isMoreExpected, unreadable } = await findAbandonedRuns(journal.history, journal.liveness);
    unreadable.forEach((run) => {
      this.#logUnreadable(run);
    });
    let isLookedAgain = isMoreExpected;
    for (const found of runs) {
      if (this.isDisposed) {
        return;
      }
      if (!this.#unlisted.has(found.id)) {
        isLookedAgain = (await this.#tryRecover(found)) || isLookedAgain;
      }
    }
    if (isLookedAgain && !this.isDisposed) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.look(), lookAgainMs);
    }
  }

  /** A failure keeps no other run from being looked into; it is not tried again before the connection changes. */
  async #tryRecover(found: FoundRun): Promise<boolean> {
    try {
      return await this.#recover(found);
    } catch (error) {
      this.#unlisted.add(found.id);
      this.#options.log.error(`Interrupted deletion ${found.id}: ${String(error)}`);
      return false;
    }
  }

  #logUnreadable({ id, unreadable }: UnreadableRun): void {
    if (!this.#logged.has(id)) {
      this.#logged.add(id);
      this.#options.log.error(`The file of the deletion ${id} cannot be read: ${unreadable}`);
    }
  }

  /** @returns Whether it may tell more when its time has come. */
  async #recover(found: FoundRun): Promise<boolean> {
    const { journal, connections, settings, log, onDidReconcile } = this.#options;
    const taken = await recoverRun(found, {
      journal,
      connection: connections.current,
      pageSize: settings.pageSize,
      signal: this.#left.signal,
      onDidReconcile,
    });
    switch (taken.kind) {
      case 'sandboxGone':
        log.info(`The deletion ${found.id} was interrupted; its sandbox no longer exists.`);
        return false;
      case 'sandboxInUse':
        return false; // looked at again when the sandbox is left
      case 'otherServer':
        once(this.#asked, found, () => this.#offerToSignIn(found));
        return false;
      case 'left':
        return false;
      case 'listed':
        return this.#report(found, taken.settled, taken.isNews);
    }
  }

  #report(found: FoundRun, settled: TakenUpRun, isNews: boolean): boolean {
    const { run, isUnlisted } = settled;
    if (run.finished === undefined) {
      if (isUnlisted) {
        this.#unlisted.add(found.id);
      }
      once(this.#reported, settled, () => this.#reportOpen(settled, isUnlisted));
      return !isUnlisted;
    }
    const isFirst = !isOwn(run, this.#options.journal.liveness) && !this.#reported.has(found.id);
    if (isFirst || isNews) {
      void this.#reportReconciled(settled, isFirst);
    }
    return false;
  }

  async #reportReconciled({ run }: ReconciledRun, isFirst: boolean): Promise<void> {
    const { journal } = this.#options;
    const result = runText(run, journal.liveness.now());
    const text = isFirst
      ? l10n.t('An interrupted deletion was checked. {0}', result)
      : l10n.t('A deletion was checked again. {0}', result);
    await this.#ask(vscode.window.showInformationMessage(text, showHistoryText()));
  }

  async #reportOpen(settled: ReconciledRun, isUnlisted: boolean): Promise<void> {
    const { run } = settled;
    const isOfThisWindow = isOwn(run, this.#options.journal.liveness);
    const result = runText(run, this.#options.journal.liveness.now());
    const text = isOfThisWindow
      ? l10n.t('The remaining images could not be listed. {0}', result)
      : isUnlisted
        ? l10n.t('A deletion was interrupted, and the remaining images could not be listed. {0}', result)
        : l10n.t('An interrupted deletion was checked. {0}', result);
    await this.#ask(vscode.window.showWarningMessage(text, showHistoryText(), giveUpText()), settled);
  }

  async #offerToSignIn(found: ReconciledRun): Promise<void> {
    const isInUse = found.run.plan.origin === originOf(this.#options.settings.apiUrl);
    const text = [interruptedText(found.run), isInUse ? signInAdvice() : signInElsewhereAdvice()].join(' ');
    const signIn = isInUse ? [signInText()] : [];
    await this.#ask(
      vscode.window.showWarningMessage(text, ...signIn, showHistoryText(), giveUpText()),
      found,
    );
  }

  async #ask(answer: Thenable<string | undefined>, { id }: Partial<ReconciledRun> = {}): Promise<void> {
    const { journal, showHistory, log } = this.#options;
    try {
      const chosen = await answer;
      if (chosen === showHistoryText()) {
        await showHistory();
      } else if (chosen === signInText()) {
        await vscode.commands.executeCommand('hubImages.account.signIn' satisfies CommandId);
      } else if (chosen === giveUpText() && id !== undefined) {
        await journal.reconcile(id, { look: 'givenUp', signal: this.#left.signal });
      }
    } catch (error) {
      log.error(`Interrupted deletions: ${String(error)}`);
    }
  }
}

function once(done: Set<string>, { id }: ReconciledRun, report: () => Promise<void>): void {
  if (!done.has(id)) {
    done.add(id);
    void report();
  }
}

function signInAdvice(): string {
  return l10n.t('Sign in to find out.');
}

function signInElsewhereAdvice(): string {
  return l10n.t('To find out, set "hubImages.apiUrl" to that server and sign in.');
}

function showHistoryText(): string {
  return l10n.t('Show Deletion History');
}

function signInText(): string {
  return l10n.t('Sign In');
}

function giveUpText(): string {
  return l10n.t('Do Not Check Again');
}

function originOf(apiUrl: string): string | undefined {
  try {
    return parseBaseUrl(apiUrl).origin;
  } catch {
    return undefined;
  }
}
