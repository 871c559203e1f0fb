import * as vscode from 'vscode';
import type { CommandId } from '../contributions';
import { outcomeCounts, repositoryNames } from '../evidence/documents/runWords';
import type { Evidence } from '../evidence/evidence';
import { findForsakenRuns } from '../evidence/forsakenRuns';
import { isOpen } from '../evidence/run';
import { repositoriesIn, type SettledRun } from '../evidence/settleRun';
import { parseBaseUrl } from '../hub/http';
import { instantText } from '../util/activityText';
import { Disposable } from '../util/dispose';
import type { DeletionHistoryOptions } from './deletionHistory';

/** How soon runs are looked for again while another process may leave one behind. */
const lookAgainMs = 15_000;

export interface InterruptedRunsOptions extends Pick<
  DeletionHistoryOptions,
  'connections' | 'settings' | 'log' | 'onDidSettle'
> {
  readonly evidence: Evidence;
  readonly showHistory: () => Promise<void>;
}

/**
 * Finds out what became of deletions that a crash, a reload or a lost connection interrupted. It only lists; nothing is
 * ever sent for deletion again.
 */
export class InterruptedRuns extends Disposable {
  readonly #options: InterruptedRunsOptions;
  readonly #left = new AbortController();
  /** Ids of runs that a person was told of and that are still open; once a session is enough. */
  readonly #told = new Set<string>();
  #looking: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: InterruptedRunsOptions) {
    super();
    this.#options = options;
    this.register(
      options.connections.onDidChange(() => {
        void this.look();
      }),
    );
  }

  /** Looks for interrupted runs now. Failures reach the log. */
  look(): Promise<void> {
    clearTimeout(this.#timer);
    this.#looking = this.#looking
      .then(() => this.#look())
      .catch((error: unknown) => {
        this.#options.log.error(`Interrupted deletions: ${String(error)}`);
      });
    return this.#looking;
  }

  override dispose(): void {
    this.#left.abort();
    clearTimeout(this.#timer);
    super.dispose();
  }

  async #look(): Promise<void> {
    const { evidence } = this.#options;
    const { runs, isMoreExpected } = await findForsakenRuns(evidence.history, evidence.liveness);
    for (const found of runs) {
      if (this.isDisposed) {
        return;
      }
      await this.#takeUp(found);
    }
    if (isMoreExpected && !this.isDisposed) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.look(), lookAgainMs);
    }
  }

  async #takeUp(found: SettledRun): Promise<void> {
    const { evidence, connections, settings, log, onDidSettle } = this.#options;
    const { signal } = this.#left;
    const { id, run } = found;
    if (run.server === 'sandbox') {
      // its port may be another server's by now, so nothing is asked there
      await evidence.settle(id, { look: 'sandboxGone', signal });
      log.info(`The deletion ${id} was interrupted; its sandbox is gone.`);
      return;
    }
    const connection = connections.current;
    if (connection?.kind === 'sandbox') {
      return; // looked at again when the sandbox is left
    }
    if (connection?.origin !== run.plan.origin) {
      this.#tellOnce(found, () => this.#offerToSignIn(found));
      return;
    }
    const { images: api, origin } = connection;
    const settled = await evidence.settle(id, { look: { api, origin, pageSize: settings.pageSize }, signal });
    if (settled === undefined) {
      return;
    }
    onDidSettle(repositoriesIn(run.images));
    if (settled.run.finished === undefined) {
      this.#tellOnce(settled, () => this.#tellUnconfirmed(settled));
    } else {
      void this.#tellSettled(settled);
    }
  }

  #tellOnce({ id }: SettledRun, tell: () => Promise<void>): void {
    if (!this.#told.has(id)) {
      this.#told.add(id);
      void tell();
    }
  }

  async #tellSettled({ run }: SettledRun): Promise<void> {
    const { t } = vscode.l10n;
    const text = t(
      'The deletion in {0} of {1} was interrupted. It was listed again: {2}.',
      namesText(repositoryNames(run)),
      instantText(new Date(run.plan.at)),
      outcomeCounts(run),
    );
    await this.#ask(vscode.window.showInformationMessage(text, showHistoryText()));
  }

  async #tellUnconfirmed(settled: SettledRun): Promise<void> {
    const { t } = vscode.l10n;
    const { run } = settled;
    const text = t(
      'The deletion in {0} of {1} was interrupted, and it could not be listed again to find out what became of all images: {2}.',
      namesText(repositoryNames(run)),
      instantText(new Date(run.plan.at)),
      outcomeCounts(run),
    );
    await this.#ask(vscode.window.showWarningMessage(text, showHistoryText(), giveUpText()), settled);
  }

  async #offerToSignIn(found: SettledRun): Promise<void> {
    const { t } = vscode.l10n;
    const { plan, images } = found.run;
    const isInUse = plan.origin === originOf(this.#options.settings.apiUrl);
    const text = t(
      isInUse
        ? 'The deletion on {0} of {1} was interrupted. Sign in to find out what became of its images ({2}).'
        : 'The deletion on {0} of {1} was interrupted. To find out what became of its images ({2}), set "hubImages.apiUrl" to that server and sign in.',
      plan.origin,
      instantText(new Date(plan.at)),
      images.filter(isOpen).length,
    );
    const signIn = isInUse ? [signInText()] : [];
    await this.#ask(
      vscode.window.showWarningMessage(text, ...signIn, showHistoryText(), giveUpText()),
      found,
    );
  }

  async #ask(answer: Thenable<string | undefined>, { id }: Partial<SettledRun> = {}): Promise<void> {
    const { evidence, showHistory, log } = this.#options;
    try {
      const chosen = await answer;
      if (chosen === showHistoryText()) {
        await showHistory();
      } else if (chosen === signInText()) {
        await vscode.commands.executeCommand('hubImages.account.signIn' satisfies CommandId);
      } else if (chosen === giveUpText() && id !== undefined) {
        await evidence.settle(id, { look: 'givenUp', signal: this.#left.signal });
      }
    } catch (error) {
      log.error(`Interrupted deletions: ${String(error)}`);
    }
  }
}

function showHistoryText(): string {
  return vscode.l10n.t('Show Deletion History');
}

function signInText(): string {
  return vscode.l10n.t('Sign In');
}

function giveUpText(): string {
  return vscode.l10n.t('Do Not Check Again');
}

function namesText(names: readonly string[]): string {
  const [first = '', ...others] = names;
  return others.length === 0 ? first : vscode.l10n.t('{0} and {1} more', first, others.length);
}

function originOf(apiUrl: string): string | undefined {
  try {
    return parseBaseUrl(apiUrl).origin;
  } catch {
    return undefined;
  }
}
