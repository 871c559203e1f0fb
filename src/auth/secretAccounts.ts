import type { SecretStorage } from 'vscode';
import type { SignedIn, TokenStore } from '../hub/session/session';
import type { IDisposable } from '../util/dispose';

/** Everybody who is signed in to one server. */
export interface StoredAccounts {
  /** In the order in which they signed in first. */
  readonly accounts: readonly SignedIn[];
  /** User name of the account in use; `undefined` where nobody is signed in. */
  readonly current: string | undefined;
}

const keyPrefix = 'hubImages.token:';
const nobody: StoredAccounts = { accounts: [], current: undefined };

/** The sign-ins to one server in the editor's secret storage, and nowhere else. */
export class SecretAccounts {
  /** Names the server and nothing secret. */
  readonly #key: string;
  readonly #secrets: SecretStorage;
  /** The last of the changes, which follow one another. */
  #changing: Promise<unknown> = Promise.resolve();
  /** What was read last: every request needs it, and the editor takes as long to tell it as a server nearby to answer. */
  #known: Promise<StoredAccounts> | undefined;
  #listeners = 0;

  /** Makes the accounts of an origin that are stored there. */
  static storedIn(secrets: SecretStorage): (origin: string) => SecretAccounts {
    return (origin) => new SecretAccounts(secrets, origin);
  }

  /** @param origin Such as `https://hub.docker.com`; a token stored for one server is never found for another. */
  constructor(secrets: SecretStorage, origin: string) {
    this.#secrets = secrets;
    this.#key = `${keyPrefix}${origin}`;
  }

  /** Something was stored or removed, here or in another window. */
  onDidChange(listener: () => void): IDisposable {
    this.#listeners += 1;
    const listening = this.#secrets.onDidChange(({ key }) => {
      if (key === this.#key) {
        this.#known = undefined;
        listener();
      }
    });
    return {
      dispose: () => {
        this.#listeners -= 1;
        this.#known = undefined;
        listening.dispose();
      },
    };
  }

  /** What is stored is cached only while somebody listens for changes, so that it is never older than those. */
  async read(): Promise<StoredAccounts> {
    if (this.#listeners === 0) {
      return this.#readAnew();
    }
    const known = (this.#known ??= this.#readAnew());
    try {
      return await known;
    } catch (error) {
      this.#known = undefined;
      throw error;
    }
  }

  /**
   * The sign-in of one account. Whoever signs in through it under another name is added, and comes into use.
   *
   * @param username `undefined`: of nobody yet
   */
  storeOf(username: string | undefined): TokenStore {
    return {
      get: async () => find(await this.read(), username),
      set: (signedIn) => this.#change((stored) => withAccount(stored, signedIn, username)),
      delete: () => (username === undefined ? Promise.resolve() : this.remove(username)),
    };
  }

  /** Comes into use, where it is signed in. */
  async use(username: string): Promise<void> {
    await this.#change((stored) =>
      find(stored, username) === undefined ? stored : { ...stored, current: username },
    );
  }

  /** Signs the account out. The first of the others comes into use. */
  async remove(username: string): Promise<void> {
    await this.#change((stored) => {
      const accounts = stored.accounts.filter((account) => account.username !== username);
      const current = stored.current === username ? accounts[0]?.username : stored.current;
      return { accounts, current };
    });
  }

  async #change(change: (stored: StoredAccounts) => StoredAccounts): Promise<void> {
    const changed = this.#changing.then(async () => {
      const { accounts, current } = change(await this.#readAnew());
      await (accounts.length === 0
        ? this.#secrets.delete(this.#key)
        : this.#secrets.store(this.#key, JSON.stringify({ current, accounts: accounts.map(entryOf) })));
      this.#known = undefined; // the editor reports the change only later
    });
    this.#changing = changed.catch(() => undefined); // the caller gets the error
    await changed;
  }

  async #readAnew(): Promise<StoredAccounts> {
    const stored = await this.#secrets.get(this.#key);
    return stored === undefined ? nobody : parse(stored);
  }
}

function withAccount(stored: StoredAccounts, signedIn: SignedIn, owner: string | undefined): StoredAccounts {
  const isKnown = find(stored, signedIn.username) !== undefined;
  return {
    accounts: isKnown
      ? stored.accounts.map((account) => (account.username === signedIn.username ? signedIn : account))
      : [...stored.accounts, signedIn],
    // a sign-in that is only renewed may be of an account that is not in use any more
    current: signedIn.username === owner ? (stored.current ?? owner) : signedIn.username,
  };
}

function find({ accounts }: StoredAccounts, username: string | undefined): SignedIn | undefined {
  return accounts.find((account) => account.username === username);
}

function entryOf({ username, token, accessToken }: SignedIn): SignedIn {
  return { username, token, ...(accessToken !== undefined && { accessToken }) };
}

/** An entry that cannot be read counts as signed out. */
function parse(stored: string): StoredAccounts {
  try {
    return readAccounts(JSON.parse(stored));
  } catch {
    return nobody;
  }
}

function readAccounts(value: unknown): StoredAccounts {
  if (isSignedIn(value)) {
    return { accounts: [value], current: value.username }; // as it was stored while there was one account only
  }
  if (typeof value !== 'object' || value === null || !('accounts' in value)) {
    return nobody;
  }
  const accounts = Array.isArray(value.accounts) ? value.accounts.filter(isSignedIn) : [];
  const current = 'current' in value ? value.current : undefined;
  const known = accounts.find(({ username }) => username === current) ?? accounts[0];
  return { accounts, current: known?.username };
}

function isSignedIn(value: unknown): value is SignedIn {
  return (
    typeof value === 'object' &&
    value !== null &&
    'username' in value &&
    typeof value.username === 'string' &&
    'token' in value &&
    typeof value.token === 'string' &&
    (!('accessToken' in value) || typeof value.accessToken === 'string')
  );
}
