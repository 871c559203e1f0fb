import assert from 'node:assert/strict';
import type { SecretStorage } from 'vscode';
import { SecretAccounts } from '../../../src/auth/secretAccounts';
import type { SignedIn } from '../../../src/hub/session/session';

const origin = 'https://hub.docker.com';
const [ada, bob, eve]: readonly [SignedIn, SignedIn, SignedIn] = [
  { username: 'ada', token: 'token of ada', accessToken: 'dckr_pat_ada' },
  { username: 'bob', token: 'token of bob' },
  { username: 'eve', token: 'token of eve', accessToken: 'dckr_pat_eve' },
];

/** What all windows share. The last to store wins, and each window hears of it only once it is delivered. */
class SharedStorage {
  value: string | undefined;
  readonly windows: WindowStorage[] = [];

  /** Until nothing is left to hear of, and nobody has anything to do any more. */
  async deliverAll(): Promise<void> {
    for (let round = 0; round < 100; round += 1) {
      this.windows.forEach((window) => {
        window.deliver();
      });
      await new Promise((resolve) => setImmediate(resolve));
      if (this.windows.every(({ isUpToDate }) => isUpToDate)) {
        return;
      }
    }
    assert.fail('the windows go on changing what is stored');
  }
}

class WindowStorage implements Pick<SecretStorage, 'get' | 'store' | 'delete' | 'onDidChange'> {
  readonly #shared: SharedStorage;
  #seen: string | undefined;
  #isReported = true;
  readonly #listeners: ((change: { key: string }) => void)[] = [];
  #key = '';

  constructor(shared: SharedStorage) {
    this.#shared = shared;
    this.#seen = shared.value;
    shared.windows.push(this);
  }

  get isUpToDate(): boolean {
    return this.#seen === this.#shared.value && this.#isReported;
  }

  get = (): Promise<string | undefined> => Promise.resolve(this.#seen);

  store(key: string, value: string): Promise<void> {
    this.#key = key;
    this.#shared.value = value;
    this.#seen = value;
    this.#shared.windows.forEach((window) => {
      window.note(key);
    });
    return Promise.resolve();
  }

  delete(): Promise<void> {
    return Promise.reject(new Error('a deletion cannot be told from a change that was lost'));
  }

  note(key: string): void {
    this.#key = key;
    this.#isReported = false;
  }

  /** Reads what is stored by now, of which the report is still on its way. */
  catchUp(): void {
    this.#seen = this.#shared.value;
  }

  deliver(): void {
    if (!this.isUpToDate) {
      this.catchUp();
      this.#isReported = true;
      this.#listeners.forEach((listener) => {
        listener({ key: this.#key });
      });
    }
  }

  onDidChange: SecretStorage['onDidChange'] = (listener) => {
    this.#listeners.push(listener);
    return Object.assign(Object.create(null), { dispose: () => undefined }) as ReturnType<
      SecretStorage['onDidChange']
    >; // all that is used of it
  };
}

describe('SecretAccounts in several windows', () => {
  let shared: SharedStorage;
  let clock: number;

  beforeEach(() => {
    shared = new SharedStorage();
    clock = 0;
  });

  function openWindow(): SecretAccounts {
    const accounts = new SecretAccounts(new WindowStorage(shared), origin, () => clock);
    accounts.onDidChange(() => undefined);
    return accounts;
  }

  async function windows(
    ...signedIn: readonly SignedIn[]
  ): Promise<readonly [SecretAccounts, SecretAccounts]> {
    const [first, second] = [openWindow(), openWindow()];
    for (const account of signedIn) {
      await first.storeOf(undefined).set(account);
    }
    await shared.deliverAll();
    clock += 60_000;
    return [first, second];
  }

  const names = async (accounts: SecretAccounts) =>
    (await accounts.read()).accounts.map(({ username }) => username).sort();

  async function assertBoth(both: readonly SecretAccounts[], expected: readonly string[]): Promise<void> {
    await shared.deliverAll();
    for (const accounts of both) {
      assert.deepEqual(await names(accounts), expected);
    }
  }

  for (const before of [[], [eve]] as const) {
    it(`keeps both accounts added at the same moment, beside ${before.length} others`, async () => {
      const both = await windows(...before);
      await Promise.all([both[0].storeOf(undefined).set(ada), both[1].storeOf(undefined).set(bob)]);
      await assertBoth(both, ['ada', 'bob', ...before.map(({ username }) => username)]);
    });
  }

  it('keeps all accounts that three windows add at the same moment', async () => {
    const [first, second] = await windows();
    const all = [first, second, openWindow()] as const;
    const add = (accounts: SecretAccounts, account: SignedIn) => accounts.storeOf(undefined).set(account);
    await Promise.all([add(all[0], ada), add(all[1], bob), add(all[2], eve)]);
    await assertBoth(all, ['ada', 'bob', 'eve']);
  });

  for (const isFirst of [true, false]) {
    it(`stays signed out while another window renews, which stores ${isFirst ? 'first' : 'last'}`, async () => {
      const both = await windows(ada, bob);
      const renewed = { ...ada, token: 'renewed' };
      const changes = [() => both[0].remove('ada'), () => both[1].storeOf('ada').renew(renewed)];
      await Promise.all((isFirst ? changes.toReversed() : changes).map((change) => change()));
      await assertBoth(both, ['bob']);
      assert.doesNotMatch(shared.value ?? '', /renewed|dckr_pat_ada/);
    });
  }

  it('stays signed out of the only account, too', async () => {
    const both = await windows(ada);
    await Promise.all([both[0].remove('ada'), both[1].storeOf('ada').renew({ ...ada, token: 'renewed' })]);
    await assertBoth(both, []);
    assert.doesNotMatch(shared.value ?? '', /renewed|dckr_pat_ada/);
  });

  it('signs one account out while another window adds one', async () => {
    const both = await windows(ada);
    await Promise.all([both[0].remove('ada'), both[1].storeOf(undefined).set(bob)]);
    await assertBoth(both, ['bob']);
  });

  it('keeps the sign-out of an account that was added a moment ago', async () => {
    const both = await windows();
    await both[0].storeOf(undefined).set(ada);
    await shared.deliverAll();
    await both[1].remove('ada');
    await assertBoth(both, []);
  });

  it('keeps the sign-in of an account that was signed out a moment ago', async () => {
    const both = await windows(ada);
    await both[0].remove('ada');
    await shared.deliverAll();
    await both[1].storeOf(undefined).set(ada);
    await assertBoth(both, ['ada']);
  });

  it('never shows an account as signed out that another window has overwritten', async () => {
    const [first, second] = await windows(eve);
    await Promise.all([first.storeOf(undefined).set(ada), second.storeOf(undefined).set(bob)]);
    shared.windows[0]?.deliver();
    const { accounts, current } = await first.read();
    assert.deepEqual([accounts.map(({ username }) => username), current], [['eve', 'bob', 'ada'], 'ada']);
  });

  it('signs out an account that another window has overwritten before it is stored again', async () => {
    const both = await windows();
    await Promise.all([both[0].storeOf(undefined).set(ada), both[1].storeOf(undefined).set(bob)]);
    shared.windows[0]?.catchUp();
    await both[0].remove('ada');
    await assertBoth(both, ['bob']);
    assert.doesNotMatch(shared.value ?? '', /dckr_pat_ada/);
  });

  it('keeps no secret and no name once everybody is signed out', async () => {
    const both = await windows(ada, bob);
    await Promise.all([both[0].remove('ada'), both[1].remove('bob')]);
    await assertBoth(both, []);
    const { accounts, current, applied } = JSON.parse(shared.value ?? '') as Record<string, unknown>; // as stored
    assert.deepEqual([accounts, current], [[], undefined]);
    assert.ok(Array.isArray(applied) && applied.every((id) => /^[0-9a-f]{8}$/.test(String(id))));
  });

  it('stores nothing where nothing changes', async () => {
    const [first] = await windows(ada);
    const before = shared.value;
    await first.use('ada');
    await first.remove('bob');
    assert.equal(await first.storeOf('bob').renew(bob), false); // neither has an access token
    assert.equal(shared.value, before);
  });

  it('makes no change again that has settled', async () => {
    const both = await windows();
    await both[0].storeOf(undefined).set(ada);
    clock += 10_000;
    await both[1].storeOf(undefined).set(bob); // it has not heard of the first
    await assertBoth(both, ['bob']);
  });

  it('leaves alone what an earlier version stores, which lists no changes', async () => {
    const both = await windows();
    await both[0].storeOf(undefined).set(ada);
    shared.value = JSON.stringify({ current: 'bob', accounts: [bob] });
    await assertBoth(both, ['bob']);
  });
});
