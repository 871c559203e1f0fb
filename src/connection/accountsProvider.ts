import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { authenticationProviderId } from '../contributions';
import type { SignedIn } from '../hub/session/session';
import { Disposable } from '../util/dispose';
import type { Connections } from './connections';

/** As much of the connections as the accounts take. */
export type AccountSource = Pick<
  Connections,
  'accounts' | 'currentAccount' | 'onDidChangeAccounts' | 'addAccount' | 'signOut' | 'hubOrigin'
>;

/**
 * The accounts of the server of the settings in the editor's own menu. Another extension gets a session only where the
 * person allows it, which the editor asks; its token is the bearer token of Docker Hub, never an access token.
 */
export class AccountsProvider extends Disposable implements vscode.AuthenticationProvider {
  readonly #source: AccountSource;
  readonly #changed = this.register(
    new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>(),
  );
  #reported: readonly vscode.AuthenticationSession[] = [];

  readonly onDidChangeSessions = this.#changed.event;

  constructor(source: AccountSource) {
    super();
    this.#source = source;
    this.#reported = this.#sessions();
    this.register(source.onDidChangeAccounts(() => this.#reportChanges()));
  }

  /** Puts it in the menu. */
  static register(source: AccountSource): vscode.Disposable {
    const provider = new AccountsProvider(source);
    return vscode.Disposable.from(
      vscode.authentication.registerAuthenticationProvider(
        authenticationProviderId,
        l10n.t('Docker Hub'),
        provider,
        { supportsMultipleAccounts: true },
      ),
      provider,
    );
  }

  getSessions(
    _scopes?: readonly string[],
    { account }: vscode.AuthenticationProviderSessionOptions = {},
  ): Promise<vscode.AuthenticationSession[]> {
    return Promise.resolve(
      this.#sessions().filter((session) => account === undefined || session.account.id === account.id),
    );
  }

  /** @throws {Error} The person gave up. */
  async createSession(): Promise<vscode.AuthenticationSession> {
    const isSignedIn = await this.#source.addAccount();
    const session = this.#sessions().find(({ account }) => account.label === this.#source.currentAccount);
    if (!isSignedIn || session === undefined) {
      throw new Error(l10n.t('The sign-in was canceled.'));
    }
    return session;
  }

  async removeSession(id: string): Promise<void> {
    const session = this.#sessions().find((one) => one.id === id);
    await (session && this.#source.signOut(session.account.label));
  }

  #reportChanges(): void {
    const [before, after] = [this.#reported, this.#sessions()];
    const among = (sessions: readonly vscode.AuthenticationSession[], id: string) =>
      sessions.find((session) => session.id === id);
    this.#reported = after;
    const change = {
      added: after.filter(({ id }) => among(before, id) === undefined),
      removed: before.filter(({ id }) => among(after, id) === undefined),
      changed: after.filter(
        ({ id, accessToken }) => (among(before, id)?.accessToken ?? accessToken) !== accessToken,
      ),
    };
    if (change.added.length + change.removed.length + change.changed.length > 0) {
      this.#changed.fire(change);
    }
  }

  #sessions(): vscode.AuthenticationSession[] {
    return this.#source.accounts.map((account) => this.#sessionOf(account));
  }

  #sessionOf({ username, token }: SignedIn): vscode.AuthenticationSession {
    const id = `${this.#source.hubOrigin}#${username}`; // names the server and the account, nothing secret
    return { id, accessToken: token, account: { id, label: username }, scopes: [] };
  }
}
