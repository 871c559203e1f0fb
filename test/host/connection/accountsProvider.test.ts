import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { type AccountSource, AccountsProvider } from '../../../src/connection/accountsProvider';
import type { SignedIn } from '../../../src/hub/session/session';

const ada: SignedIn = { username: 'ada', token: 'token of ada', accessToken: 'dckr_pat_ada' };
const bob: SignedIn = { username: 'bob', token: 'token of bob' };

/** Whoever is told to sign in, or out. */
class FakeSource implements AccountSource {
  readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeAccounts = this.changed.event;
  readonly hubOrigin = 'https://hub.docker.com';
  accounts: readonly SignedIn[] = [ada];
  currentAccount: string | undefined = 'ada';
  next: SignedIn | undefined = bob;

  addAccount(): Promise<boolean> {
    if (this.next !== undefined) {
      this.become([...this.accounts, this.next], this.next.username);
    }
    return Promise.resolve(this.next !== undefined);
  }

  signOut(username?: string): Promise<void> {
    this.become(
      this.accounts.filter((account) => account.username !== username),
      undefined,
    );
    return Promise.resolve();
  }

  become(accounts: readonly SignedIn[], current: string | undefined): void {
    this.accounts = accounts;
    this.currentAccount = current;
    this.changed.fire();
  }
}

describe('AccountsProvider', () => {
  let source: FakeSource;
  let provider: AccountsProvider;
  let reported: vscode.AuthenticationProviderAuthenticationSessionsChangeEvent[];

  beforeEach(() => {
    source = new FakeSource();
    provider = new AccountsProvider(source);
    reported = [];
    provider.onDidChangeSessions((change) => reported.push(change));
  });

  afterEach(() => {
    provider.dispose();
    source.changed.dispose();
  });

  const labels = (sessions: readonly vscode.AuthenticationSession[] | undefined) =>
    sessions?.map(({ account }) => account.label);

  it('has a session for each account, with its bearer token and never its access token', async () => {
    const sessions = await provider.getSessions();
    assert.deepEqual(labels(sessions), ['ada']);
    assert.equal(sessions[0]?.accessToken, 'token of ada');
    assert.doesNotMatch(JSON.stringify(sessions), /dckr_pat/);
  });

  it('adds an account, and tells of it', async () => {
    assert.equal((await provider.createSession()).account.label, 'bob');
    assert.deepEqual(labels(reported[0]?.added as vscode.AuthenticationSession[]), ['bob']);
    const [session] = await provider.getSessions([], {
      account: { id: `${source.hubOrigin}#bob`, label: 'bob' },
    });
    assert.equal(session?.account.label, 'bob');
  });

  it('fails where the person gives up', async () => {
    source.next = undefined;
    await assert.rejects(provider.createSession(), /The sign-in was canceled/);
    assert.deepEqual(reported, []);
  });

  it('signs one account out', async () => {
    source.become([ada, bob], 'ada');
    const [, session] = await provider.getSessions();
    await provider.removeSession(session?.id ?? '');
    assert.deepEqual(labels(await provider.getSessions()), ['ada']);
    assert.deepEqual(labels(reported.at(-1)?.removed as vscode.AuthenticationSession[]), ['bob']);
  });

  it('tells of a renewed token, and of nothing where nothing changed', () => {
    source.become([{ ...ada, token: 'another' }], 'ada');
    assert.deepEqual(labels(reported[0]?.changed as vscode.AuthenticationSession[]), ['ada']);
    source.become([...source.accounts], 'ada');
    assert.equal(reported.length, 1);
  });
});
