import assert from 'node:assert/strict';
import { defaultImagesView, ViewOptions, type KeyValueStore } from '../../../src/catalog/viewOptions';
import { parseRepositoryRef } from '../../../src/hub/names';

class MemoryStore implements KeyValueStore {
  readonly values = new Map<string, unknown>();

  get(key: string): unknown {
    return this.values.get(key);
  }

  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) {
      this.values.delete(key);
    } else {
      this.values.set(key, JSON.parse(JSON.stringify(value))); // as the editor keeps it
    }
    return Promise.resolve();
  }
}

const hub = 'https://hub.docker.com';
const api = parseRepositoryRef('acme/api');

describe('ViewOptions', () => {
  it('shows all images with the newest activity first by default', () => {
    assert.deepEqual(new ViewOptions(new MemoryStore()).get(hub, api), {
      status: undefined,
      ordering: '-last_activity',
      activityWindowDays: undefined,
    });
  });

  it('keeps a choice across reloads, for one repository of one server', async () => {
    const store = new MemoryStore();
    await new ViewOptions(store).update(hub, api, { status: 'inactive', ordering: 'digest' });
    const reloaded = new ViewOptions(store);
    assert.deepEqual(reloaded.get(hub, api), {
      ...defaultImagesView,
      status: 'inactive',
      ordering: 'digest',
    });
    assert.deepEqual(reloaded.get(hub, parseRepositoryRef('acme/web')), defaultImagesView);
    assert.deepEqual(reloaded.get('https://hub.example.com', api), defaultImagesView);
  });

  const others: Readonly<Record<string, string>> = {
    'another port of the same address': 'http://127.0.0.1:5678',
    'another name of the same computer': 'http://localhost:1234',
    'another loopback address': 'http://127.0.0.2:1234',
    'an IPv6 address': 'http://[::1]:1234',
    'no port': 'http://127.0.0.1',
    'another protocol': 'https://127.0.0.1:1234',
  };
  for (const [what, other] of Object.entries(others))
    it(`keeps servers on this computer apart (row 17): ${what}`, async () => {
      const options = new ViewOptions(new MemoryStore());
      await options.update('http://127.0.0.1:1234', api, { activityWindowDays: 90, status: 'active' });
      assert.deepEqual(options.get(other, api), defaultImagesView);
      await options.update(other, api, { activityWindowDays: 7 });
      assert.equal(options.get('http://127.0.0.1:1234', api).activityWindowDays, 90);
    });

  it('knows the sandbox whatever port it has, and no other server by it (row 17)', async () => {
    const store = new MemoryStore();
    const before = new ViewOptions(store, (origin) => origin === 'http://127.0.0.1:1234');
    await before.update('http://127.0.0.1:1234', api, { activityWindowDays: 90 });
    const after = new ViewOptions(store, (origin) => origin === 'http://127.0.0.1:5678');
    assert.equal(after.get('http://127.0.0.1:5678', api).activityWindowDays, 90);
    assert.deepEqual(after.get('http://127.0.0.1:1234', api), defaultImagesView);
  });

  it('keeps nothing where the choice is the usual one again', async () => {
    const store = new MemoryStore();
    const options = new ViewOptions(store);
    await options.update(hub, api, { status: 'active' });
    await options.update(hub, api, { status: undefined });
    assert.equal(store.values.size, 0);
  });

  it('reports a change with what was before, and none where nothing changed', async () => {
    const options = new ViewOptions(new MemoryStore());
    const changes: unknown[] = [];
    const listener = options.onDidChange(({ previous, current }) => {
      changes.push([previous.status, current.status]);
    });
    await options.update(hub, api, { status: 'active' });
    await options.update(hub, api, { status: 'active' });
    listener.dispose();
    await options.update(hub, api, { status: 'inactive' });
    assert.deepEqual(changes, [[undefined, 'active']]);
  });

  const damaged: readonly [what: string, stored: unknown][] = [
    ['no object', 'inactive'],
    ['null', null],
    ['an unknown status', { status: 'sleeping' }],
    ['an unknown order', { ordering: 'size' }],
    ['a window of no days', { activityWindowDays: 0 }],
    ['a window that is too long', { activityWindowDays: 3651 }],
    ['a window that is no number', { activityWindowDays: '90' }],
  ];
  for (const [what, stored] of damaged) {
    it(`takes ${what} in the store for the usual view`, () => {
      const store: KeyValueStore = { get: () => stored, update: () => Promise.resolve() };
      assert.deepEqual(new ViewOptions(store).get(hub, api), defaultImagesView);
    });
  }

  it('keeps how the repositories of a server are shown, and tells of a change', async () => {
    const store = new MemoryStore();
    const options = new ViewOptions(store, (origin) => origin.startsWith('http:'));
    assert.deepEqual(options.repositories(hub), { ordering: 'name', grouping: 'none' });
    const changed: string[] = [];
    options.onDidChangeRepositories((origin) => changed.push(origin));
    await options.updateRepositories(hub, { ordering: '-storage', grouping: 'prefix' });
    await options.updateRepositories(hub, { ordering: '-storage', grouping: 'prefix' });
    assert.deepEqual(changed, [hub]);
    const reloaded = new ViewOptions(store, (origin) => origin.startsWith('http:'));
    assert.deepEqual(reloaded.repositories(hub), { ordering: '-storage', grouping: 'prefix' });
    assert.deepEqual(reloaded.repositories('https://other.example'), { ordering: 'name', grouping: 'none' });
    await options.updateRepositories('http://127.0.0.1:1', { ordering: '-pulls', grouping: 'none' });
    assert.equal(reloaded.repositories('http://127.0.0.1:2').ordering, '-pulls');
    await options.updateRepositories(hub, { ordering: 'name', grouping: 'none' });
    assert.equal(store.values.size, 1); // the default takes no place
  });

  for (const damaged of [7, 'name', null, { ordering: 'size', grouping: true }]) {
    it(`shows repositories as by default if the store has ${JSON.stringify(damaged)}`, () => {
      const store = new MemoryStore();
      store.values.set(`repositoriesView:${hub}`, damaged);
      assert.deepEqual(new ViewOptions(store).repositories(hub), { ordering: 'name', grouping: 'none' });
    });
  }
});
