import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SecretAccounts } from '../../../src/auth/secretAccounts';
import { signOut } from '../../../src/commands/account/signOut';
import { Connections } from '../../../src/connection/connections';
import { contextKeys } from '../../../src/contributions';
import type { SignedIn } from '../../../src/hub/session/session';
import type { Services } from '../../../src/interaction/services';
import { accountNode } from '../../../src/providers/nodes';
import { Settings } from '../../../src/settings';
import { HiddenMessages } from '../../../src/util/hiddenMessages';
import { SecretStorageError } from '../../../src/util/secretStorageError';
import { type Answers, CapturedWindow, inputBoxEntering } from '../../support/capturedWindow';
import { MemoryMemento } from '../../support/memoryMemento';
import { until } from '../../support/until';

const ada: SignedIn = { username: 'ada', token: 'token of ada' };
const bob: SignedIn = { username: 'bob', token: 'token of bob' };

/** The secret storage of the editor, which fails as often as a test says. */
class FailingSecrets implements Pick<vscode.SecretStorage, 'get' | 'store' | 'delete' | 'onDidChange'> {
  readonly #stored = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  readonly onDidChange = this.#changed.event;
  failures = 0;

  get(key: string): Promise<string | undefined> {
    this.failures -= 1;
    return this.failures >= 0 ? Promise.reject(new Error('locked')) : Promise.resolve(this.#stored.get(key));
  }

  store(key: string, value: string): Promise<void> {
    this.#stored.set(key, value);
    this.#changed.fire({ key });
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.#stored.delete(key);
    this.#changed.fire({ key });
    return Promise.resolve();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

describe('Connections', () => {
  let secrets: FailingSecrets;
  let settings: Settings;
  let connections: Connections;
  let log: string[];
  let accounts: SecretAccounts;
  let context: Map<string, unknown>;

  beforeEach(async () => {
    secrets = new FailingSecrets();
    settings = new Settings();
    log = [];
    context = new Map();
    const storage = secrets as Partial<vscode.SecretStorage> as vscode.SecretStorage; // all that is used of it
    const accountsOf = SecretAccounts.storedIn(storage);
    connections = new Connections({
      accountsOf,
      settings,
      log: { debug: () => undefined, info: () => undefined, warn: (message) => void log.push(message) },
      runSandbox: () => assert.fail('nobody asked for it'),
      hiddenMessages: new HiddenMessages(new MemoryMemento()),
      storageFolder: '',
      setContext: (key, value) => context.set(key, value),
    });
    accounts = accountsOf('https://hub.docker.com');
    await accounts.storeOf(undefined).set(ada);
  });

  afterEach(() => {
    connections.dispose();
    settings.dispose();
    secrets.dispose();
  });

  /** Runs with answers in the place of a person, and returns the texts shown. */
  async function answering(answers: Answers, run: () => Promise<unknown>): Promise<readonly string[]> {
    const captured = new CapturedWindow(answers);
    try {
      await run();
    } finally {
      captured.restore();
    }
    return captured.texts;
  }

  /** Opens the question for credentials and gives up. */
  const startSignIn = () =>
    answering({ createInputBox: () => assert.fail('the question is open') }, () => connections.signIn());

  it('is signed in where the secret storage failed once when the window opened', async () => {
    secrets.failures = 1;
    await connections.restore();
    assert.equal(connections.account, 'ada');
  });

  it('takes up the stored sign-in on the next Sign In where the secret storage failed twice, and asks for nothing', async () => {
    secrets.failures = 2;
    await connections.restore();
    assert.equal(connections.account, undefined);
    assert.match(log.join(), /could not read: locked/);
    await startSignIn();
    assert.equal(connections.account, 'ada');
    await assert.rejects(startSignIn(), /the question is open/);
  });

  it('says why nobody can sign in while the secret storage fails, and works again after that', async () => {
    secrets.failures = 3;
    await connections.restore();
    await assert.rejects(startSignIn(), SecretStorageError);
    await startSignIn();
    assert.equal(connections.account, 'ada');
  });

  it('asks for credentials where nobody was signed in when the secret storage failed', async () => {
    await accounts.remove('ada');
    secrets.failures = 2;
    await connections.restore();
    await assert.rejects(startSignIn(), /the question is open/);
    assert.equal(connections.account, undefined);
  });

  it('follows the next change where one could not be read', async () => {
    await connections.restore();
    await accounts.storeOf('ada').set(bob);
    await until(() => connections.accounts.length === 2);
    secrets.failures = 1;
    await accounts.use('bob').catch(() => undefined);
    await accounts.remove('ada');
    await until(() => connections.accounts.length === 1);
    assert.equal(connections.account, 'bob');
  });

  it('tells the walkthrough whether an account is signed in', async () => {
    await connections.restore();
    assert.equal(context.get(contextKeys.hasAccount), true);
    await accounts.remove('ada');
    await until(() => connections.accounts.length === 0);
    assert.equal(context.get(contextKeys.hasAccount), false);
  });

  it('tells the view when it is known whether an account is signed in', async () => {
    assert.equal(context.get(contextKeys.isRestored), undefined);
    secrets.failures = 2;
    await connections.restore();
    assert.deepEqual([context.get(contextKeys.isRestored), connections.account], [true, undefined]);
  });

  it('tells the view that a sign-in is under way, until it is canceled', async () => {
    await connections.restore();
    const hidden = new vscode.EventEmitter<void>();
    const box = { ...inputBoxEntering('', () => undefined), onDidHide: hidden.event, show: () => undefined };
    await answering({ createInputBox: () => box }, async () => {
      const signingIn = connections.addAccount();
      await until(() => context.get(contextKeys.isSigningIn) === true);
      connections.cancelSignIn();
      assert.equal(await signingIn, false);
    });
    assert.equal(context.get(contextKeys.isSigningIn), false);
    assert.deepEqual(connections.usernames, ['ada']);
  });

  describe('Sign Out', () => {
    const signOutHere = () => signOut({ connections } as Partial<Services> as Services, { kind: 'palette' }); // all that it uses
    const agree = (...args: readonly unknown[]) => Promise.resolve(args.at(-1));

    beforeEach(() => connections.restore());

    it('asks once before it signs out the only account', async () => {
      let asked = 0;
      const confirm = (...args: readonly unknown[]) => {
        asked += 1;
        return agree(...args);
      };
      const texts = await answering({ showWarningMessage: confirm }, signOutHere);
      assert.ok(texts.includes('Sign out of ada?'), texts.join());
      assert.equal(asked, 1);
      assert.equal(connections.account, undefined);
    });

    it('signs nobody out without the answer', async () => {
      await answering({ showWarningMessage: () => Promise.resolve(undefined) }, signOutHere);
      assert.equal(connections.account, 'ada');
    });

    it('asks which of several accounts, and then once', async () => {
      await accounts.storeOf('ada').set(bob);
      await until(() => connections.accounts.length === 2);
      const pick = (items: unknown) =>
        Promise.resolve(Array.isArray(items) ? (items[0] as unknown) : undefined);
      const texts = await answering({ showQuickPick: pick, showWarningMessage: agree }, signOutHere);
      assert.ok(
        texts.includes('Select an account to sign out') && texts.includes('Sign out of ada?'),
        texts.join(),
      );
      assert.deepEqual(connections.usernames, ['bob']);
    });

    it('signs out the account of the row, though another is in use', async () => {
      await connections.useAccount('ada');
      await accounts.storeOf('ada').set(bob);
      await until(() => connections.accounts.length === 2);
      await answering({ showWarningMessage: agree }, () =>
        signOut({ connections } as Partial<Services> as Services, {
          kind: 'rows',
          rows: [accountNode('bob', false)],
        }),
      );
      assert.deepEqual(connections.usernames, ['ada']);
    });
  });
});
