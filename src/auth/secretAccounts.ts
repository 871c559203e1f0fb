import { randomUUID } from 'node:crypto';
import type { SecretStorage } from 'vscode';
import type { SignedIn, TokenStore } from '../hub/session/session';
import type { IDisposable } from '../util/dispose';
import { SecretStorageError } from '../util/secretStorageError';

/** Everybody who is signed in to one server. */
export interface StoredAccounts {
  /** In the order in which they signed in first. */
  readonly accounts: readonly SignedIn[];
  /** User name of the account in use; `undefined` where nobody is signed in. */
  readonly current: string | undefined;
}

/** As it is stored. */
interface Stored extends StoredAccounts {
  /** Ids of the latest changes; `undefined` if something else stored it, such as an earlier version. */
  readonly applied: readonly string[] | undefined;
}

type Apply = (stored: StoredAccounts) => StoredAccounts;

interface Change {
  readonly id: string;
  readonly apply: Apply;
  /** Until when another window may overwrite it without having seen it. */
  readonly settlesAt: number;
}

const keyPrefix = 'hubImages.token:';
const nobody: StoredAccounts = { accounts: [], current: undefined };

/** Longer than the editor takes to report a change to other windows. */
const settleMs = 10_000;
/** More than all windows together change while a change settles. */
const appliedLimit = 50;
const attemptLimit = 5;

/**
 * The sign-ins to one server in the editor's secret storage, and nowhere else. All changes of a window go through one
 * object for each server.
 *
 * The secret storage has no compare-and-set, and a window may read what another one is about to replace. So what is stored
 * lists the changes that it includes: a window that misses one of its own recent changes makes it again, on top of what is
 * stored by then, and reads what is stored as if it were included. Changes say what to do with one account, never what all
 * accounts are. The list is kept while no account is signed in, to distinguish a sign-out from a change that was lost.
 */
export class SecretAccounts {
  /** Names the server and nothing secret. */
  readonly #key: string;
  readonly #secrets: SecretStorage;
  /** The last of the changes, which follow one another. */
  #changing: Promise<unknown> = Promise.resolve();
  /** What was read last: every request needs it, and the editor takes as long to tell it as a server nearby to answer. */
  #known: Promise<StoredAccounts> | undefined;
  #listeners = 0;
  /** Changes of this window that may still be lost. */
  #recent: readonly Change[] = [];
  readonly #now: () => number;

  /** Finds the accounts of an origin that are stored there. */
  static storedIn(secrets: SecretStorage): (origin: string) => SecretAccounts {
    const known = new Map<string, SecretAccounts>();
    return (origin) => {
      const accounts = known.get(origin) ?? new SecretAccounts(secrets, origin);
      known.set(origin, accounts);
      return accounts;
    };
  }

  /**
   * @param origin Such as `https://hub.docker.com`; a token stored for one server is never found for another.
   * @param now Milliseconds on any clock.
   */
  constructor(secrets: SecretStorage, origin: string, now: () => number = Date.now) {
    this.#secrets = secrets;
    this.#now = now;
    this.#key = `${keyPrefix}${origin}`;
  }

  /** Something was stored or removed, here or in another window. */
  onDidChange(listener: () => void): IDisposable {
    this.#listeners += 1;
    const listening = this.#secrets.onDidChange(({ key }) => {
      if (key === this.#key) {
        this.#known = undefined;
        void this.#repeatLost();
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

  /**
   * What is stored is cached only while somebody listens for changes, so that it is never older than those.
   *
   * @throws {SecretStorageError} The next call tries again.
   */
  async read(): Promise<StoredAccounts> {
    if (this.#listeners === 0) {
      return this.#readAccounts();
    }
    const known = (this.#known ??= this.#readAccounts());
    try {
      return await known;
    } catch (error) {
      this.#known = undefined;
      throw error;
    }
  }

  /**
   * The sign-in of one account. All of its methods reject with a {@link SecretStorageError} only. Whoever signs in through
   * it under another name is added, and comes into use.
   *
   * @param username `undefined`: of nobody yet
   */
  storeOf(username: string | undefined): TokenStore {
    return {
      get: async () => find(await this.read(), username),
      set: (signedIn) => this.#change((stored) => withAccount(stored, signedIn, username)),
      renew: (signedIn) => this.#renew(signedIn),
      delete: () => (username === undefined ? Promise.resolve() : this.remove(username)),
    };
  }

  /** Comes into use, where it is signed in. */
  async use(username: string): Promise<void> {
    await this.#change((stored) =>
      stored.current === username || find(stored, username) === undefined
        ? stored
        : { ...stored, current: username },
    );
  }

  /** Signs the account out. The first of the others comes into use. */
  async remove(username: string): Promise<void> {
    await this.#change((stored) => {
      if (find(stored, username) === undefined) {
        return stored;
      }
      const accounts = stored.accounts.filter((account) => account.username !== username);
      const current = stored.current === username ? accounts[0]?.username : stored.current;
      return { accounts, current };
    });
  }

  /** @returns Whether the account is still signed in with the same access token. */
  async #renew(renewed: SignedIn): Promise<boolean> {
    let isSame = false;
    await this.#change((stored) => {
      const known = find(stored, renewed.username);
      isSame = known !== undefined && known.accessToken === renewed.accessToken;
      return isSame ? withAccount(stored, renewed, renewed.username) : stored;
    });
    return isSame;
  }

  async #change(apply: Apply): Promise<void> {
    await this.#inOrder(async () => {
      const stored = await this.#readAnew();
      this.#known = undefined; // what was just read may be newer
      const { ids, accounts } = this.#withLost(stored);
      const changed = apply(accounts);
      if (changed === stored) {
        return;
      }
      const change = { id: randomUUID().slice(0, 8), apply, settlesAt: this.#now() + settleMs };
      await this.#store(stored, changed, [...ids, change.id]);
      this.#recent = [...this.#recent, change];
      await this.#makeAgain().catch(() => undefined); // it is stored; the next report looks again
    });
  }

  /** Another window may have stored what it made of an older state. */
  async #repeatLost(): Promise<void> {
    try {
      await this.#inOrder(() => this.#makeAgain());
    } catch {
      // the next report tries again
    }
  }

  /** Makes the recent changes again that are missing from what is stored, until none is. */
  async #makeAgain(): Promise<void> {
    for (let attempt = 0; attempt < attemptLimit && this.#recent.length > 0; attempt += 1) {
      const stored = await this.#readAnew();
      const { ids, accounts } = this.#withLost(stored);
      if (ids.length === 0) {
        return;
      }
      await this.#store(stored, accounts, ids);
    }
  }

  /** What is stored, with the recent changes that are missing from it. */
  #withLost(stored: Stored): { readonly ids: readonly string[]; readonly accounts: StoredAccounts } {
    this.#recent = this.#recent.filter(({ settlesAt }) => settlesAt > this.#now());
    const { applied } = stored;
    const lost = applied === undefined ? [] : this.#recent.filter(({ id }) => !applied.includes(id));
    return {
      ids: lost.map(({ id }) => id),
      accounts: lost.reduce<StoredAccounts>((before, { apply }) => apply(before), stored),
    };
  }

  async #store(before: Stored, { accounts, current }: StoredAccounts, ids: readonly string[]): Promise<void> {
    const applied = [...(before.applied ?? []), ...ids].slice(-appliedLimit);
    try {
      await this.#secrets.store(
        this.#key,
        JSON.stringify({ current, accounts: accounts.map(entryOf), applied }),
      );
    } catch (error) {
      throw new SecretStorageError('store', error);
    } finally {
      this.#known = undefined; // the editor reports the change only later
    }
  }

  async #inOrder(work: () => Promise<void>): Promise<void> {
    const done = this.#changing.then(work);
    this.#changing = done.catch(() => undefined); // the caller gets the error
    await done;
  }

  async #readAccounts(): Promise<StoredAccounts> {
    const { accounts, current } = this.#withLost(await this.#readAnew()).accounts;
    return { accounts, current };
  }

  async #readAnew(): Promise<Stored> {
    let stored: string | undefined;
    try {
      stored = await this.#secrets.get(this.#key);
    } catch (error) {
      throw new SecretStorageError('read', error);
    }
    return stored === undefined ? { ...nobody, applied: undefined } : parse(stored);
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
function parse(stored: string): Stored {
  try {
    const value: unknown = JSON.parse(stored);
    return { ...readAccounts(value), applied: readApplied(value) };
  } catch {
    return { ...nobody, applied: undefined };
  }
}

function readApplied(value: unknown): readonly string[] | undefined {
  return typeof value === 'object' && value !== null && 'applied' in value && Array.isArray(value.applied)
    ? value.applied.filter((id) => typeof id === 'string')
    : undefined;
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
