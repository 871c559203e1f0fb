import assert from 'node:assert/strict';
import type { SecretStorage } from 'vscode';
import { SecretAccounts } from '../../../src/auth/secretAccounts';
import { SecretStorageError } from '../../../src/util/secretStorageError';
import type { SignedIn } from '../../../src/hub/session/session';

const origin = 'https://hub.docker.com';
const key = `hubImages.token:${origin}`;
const ada: SignedIn = { username: 'ada', token: 'token of ada', accessToken: 'dckr_pat_ada' };
const bob: SignedIn = { username: 'bob', token: 'token of bob' };

class MemorySecrets implements Pick<SecretStorage, 'get' | 'store' | 'delete' | 'onDidChange'> {
  readonly stored = new Map<string, string>();
  readonly #listeners: ((change: { key: string }) => void)[] = [];
  reads = 0;
  get = (name: string) => {
    this.reads += 1;
    return this.stored.has(name) && this.isBroken
      ? Promise.reject(new Error('locked'))
      : Promise.resolve(this.stored.get(name));
  };
  isBroken = false;
  store = (name: string, value: string) => {
    this.stored.set(name, value);
    this.#report(name);
    return Promise.resolve();
  };
  delete(name: string) {
    this.stored.delete(name);
    this.#report(name);
    return Promise.resolve();
  }
  onDidChange: SecretStorage['onDidChange'] = (listener) => {
    this.#listeners.push(listener);
    const dispose = () => this.#listeners.splice(this.#listeners.indexOf(listener), 1);
    return Object.assign(Object.create(null), { dispose }) as ReturnType<SecretStorage['onDidChange']>; // all that is used of it
  };
  #report(name: string) {
    this.#listeners.forEach((listener) => {
      listener({ key: name });
    });
  }
}

describe('SecretAccounts', () => {
  let secrets: MemorySecrets;
  let accounts: SecretAccounts;

  beforeEach(() => {
    secrets = new MemorySecrets();
    accounts = new SecretAccounts(secrets, origin);
  });

  async function signInBoth(): Promise<void> {
    await accounts.storeOf(undefined).set(ada);
    await accounts.storeOf('ada').set(bob);
  }

  it('begins with nobody', async () => {
    assert.deepEqual(await accounts.read(), { accounts: [], current: undefined });
    assert.equal(await accounts.storeOf(undefined).get(), undefined);
    assert.equal(await accounts.storeOf('ada').get(), undefined);
  });

  describe('while changes are listened to', () => {
    let changes: number;
    let listening: { dispose(): void };

    beforeEach(async () => {
      await signInBoth();
      changes = 0;
      listening = accounts.onDidChange(() => (changes += 1));
      secrets.reads = 0;
    });

    it('asks the editor once, however often it is read', async () => {
      const read = await Promise.all([accounts.read(), accounts.storeOf('ada').get(), accounts.read()]);
      assert.deepEqual(read[1], ada);
      assert.deepEqual(await accounts.storeOf('bob').get(), bob);
      assert.equal(secrets.reads, 1);
    });

    it('knows at once what it changed itself', async () => {
      await accounts.read();
      await accounts.use('ada');
      assert.equal((await accounts.read()).current, 'ada');
      await accounts.remove('ada');
      assert.equal(await accounts.storeOf('ada').get(), undefined);
      assert.equal(changes, 2);
    });

    it('knows what another window changed', async () => {
      await accounts.read();
      await new SecretAccounts(secrets, origin).remove('bob');
      assert.equal(await accounts.storeOf('bob').get(), undefined);
      assert.equal(changes, 1);
    });

    it('changes what is kept by now, not what it remembers', async () => {
      await accounts.read();
      secrets.stored.set(key, JSON.stringify({ current: 'ada', accounts: [ada] })); // no listener was called yet
      await accounts.use('bob');
      assert.deepEqual(await accounts.read(), { accounts: [ada], current: 'ada' });
    });

    it('remembers no failure', async () => {
      secrets.isBroken = true;
      await assert.rejects(accounts.read(), /locked/);
      secrets.isBroken = false;
      assert.deepEqual(await accounts.storeOf('ada').get(), ada);
    });

    it('remembers nothing any more when nobody listens', async () => {
      await accounts.read();
      listening.dispose();
      await accounts.read();
      await accounts.read();
      assert.equal(secrets.reads, 3);
    });
  });

  it('adds who signs in, and takes them into use', async () => {
    await signInBoth();
    assert.deepEqual(await accounts.read(), { accounts: [ada, bob], current: 'bob' });
    assert.deepEqual(await accounts.storeOf('ada').get(), ada);
    assert.deepEqual(await accounts.storeOf('bob').get(), bob);
  });

  it('renews a sign-in without taking it into use', async () => {
    await signInBoth();
    const renewed = { ...ada, token: 'another' };
    await accounts.storeOf('ada').set(renewed);
    assert.deepEqual(await accounts.read(), { accounts: [renewed, bob], current: 'bob' });
  });

  it('takes another account into use, and none that is not signed in', async () => {
    await signInBoth();
    await accounts.use('ada');
    assert.equal((await accounts.read()).current, 'ada');
    await accounts.use('eve');
    assert.equal((await accounts.read()).current, 'ada');
  });

  it('signs one account out and leaves the others', async () => {
    await signInBoth();
    await accounts.storeOf('bob').delete();
    assert.deepEqual(await accounts.read(), { accounts: [ada], current: 'ada' });
    await accounts.storeOf(undefined).delete();
    await accounts.remove('ada');
    assert.deepEqual(await accounts.read(), { accounts: [], current: undefined });
    assert.doesNotMatch(secrets.stored.get(key) ?? '', /ada|bob|token of/);
  });

  it('loses no change of several at the same time', async () => {
    await Promise.all([
      accounts.storeOf(undefined).set(ada),
      accounts.storeOf(undefined).set(bob),
      accounts.use('ada'),
    ]);
    assert.deepEqual(await accounts.read(), { accounts: [ada, bob], current: 'ada' });
  });

  it('reads what was kept while there was one account only', async () => {
    secrets.stored.set(key, JSON.stringify(ada));
    assert.deepEqual(await accounts.read(), { accounts: [ada], current: 'ada' });
  });

  for (const [operation, fail, message] of [
    ['read', 'get', /could not read: locked/],
    ['store', 'store', /could not store: locked/],
  ] as const) {
    it(`says that the storage could not ${operation}, and works the next time`, async () => {
      await signInBoth();
      const works = secrets[fail];
      Object.assign(secrets, { [fail]: () => Promise.reject(new Error('locked')) });
      const error: unknown = await accounts
        .storeOf('bob')
        .set({ ...bob, token: 'new' })
        .catch((reason: unknown) => reason);
      assert.ok(error instanceof SecretStorageError);
      assert.equal(error.operation, operation);
      assert.match(error.message, message);
      Object.assign(secrets, { [fail]: works });
      await accounts.storeOf('bob').set({ ...bob, token: 'new' });
      assert.equal((await accounts.storeOf('bob').get())?.token, 'new');
    });
  }

  it('renews only who is still signed in with the same access token', async () => {
    await signInBoth();
    const renewed = { ...ada, token: 'renewed' };
    assert.equal(await accounts.storeOf('ada').renew(renewed), true);
    assert.deepEqual((await accounts.read()).accounts, [renewed, bob]);
    assert.equal(await accounts.storeOf('ada').renew({ ...renewed, accessToken: 'dckr_pat_old' }), false);
    await accounts.remove('ada');
    assert.equal(await accounts.storeOf('ada').renew(renewed), false);
    assert.deepEqual((await accounts.read()).accounts, [bob]);
  });

  it('has one owner for each server', () => {
    const accountsOf = SecretAccounts.storedIn(secrets);
    assert.equal(accountsOf(origin), accountsOf(origin));
    assert.notEqual(accountsOf(origin), accountsOf('https://hub.example'));
  });

  for (const damaged of ['', '{', 'null', '[]', '{"accounts":7}', '{"accounts":[{"username":"ada"}]}']) {
    it(`takes ${JSON.stringify(damaged)} for signed out`, async () => {
      secrets.stored.set(key, damaged);
      assert.deepEqual(await accounts.read(), { accounts: [], current: undefined });
    });
  }

  it('keeps servers apart, and reports its own changes only', async () => {
    let reported = 0;
    accounts.onDidChange(() => (reported += 1));
    await new SecretAccounts(secrets, 'https://hub.example').storeOf(undefined).set(ada);
    assert.equal(reported, 0);
    assert.deepEqual((await accounts.read()).accounts, []);
    await accounts.storeOf(undefined).set(bob);
    assert.equal(reported, 1);
  });
});
