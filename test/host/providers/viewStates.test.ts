import assert from 'node:assert/strict';
import { contextKeys } from '../../../src/contributions';
import { digestOf, type Fault } from '../../../src/sandbox/index';
import { HubTreeFixture, type TreeSetting } from '../../support/hubTree';
import { withSandbox } from '../../support/sandbox';

const breakOff: Fault = { kind: 'resetBeforeEffect' };
const down: Fault = { kind: 'status', status: 400, body: { message: 'down' } };
const page: Fault = {
  kind: 'status',
  status: 200,
  body: '<html><body>Sign in to the network</body></html>',
  headers: { 'content-type': 'text/html' },
};

describe('what the view shows without rows', () => {
  const sandbox = withSandbox();
  let fixture: HubTreeFixture;

  const open = async (setting: TreeSetting = {}) => (fixture = await HubTreeFixture.open(sandbox, setting));
  const state = () => fixture.context.get(contextKeys.viewState);
  const ids = async () => (await fixture.rows()).map(({ id }) => id);
  const failAll = (fault: Fault) => sandbox.faults.add({ on: {}, times: 'always', fault });

  afterEach(() => {
    fixture.dispose();
  });

  it('is that the server cannot be reached, until it can again', async () => {
    await open();
    failAll(breakOff);
    assert.deepEqual(await ids(), []);
    assert.equal(state(), 'offline');
    sandbox.faults.clear();
    await fixture.tree.refresh();
    assert.deepEqual(await ids(), ['demo', 'acme']);
    assert.equal(state(), 'rows');
  });

  it('is that something else answers at the address', async () => {
    await open();
    failAll(page);
    assert.deepEqual(await ids(), []);
    assert.equal(state(), 'notDockerHub');
  });

  it('is nothing of that where the settings name a namespace: its row stays, below the reason', async () => {
    await open({ namespaces: ['acme'] });
    failAll(breakOff);
    assert.deepEqual(await ids(), ['#message:listing', 'demo', 'acme']);
    assert.equal(state(), 'rows');
  });

  it('is nothing of that where the rows are known already', async () => {
    await open();
    await ids();
    failAll(breakOff);
    await fixture.tree.refresh();
    assert.deepEqual(await ids(), ['#message:listing', 'demo', 'acme']);
    assert.equal(state(), 'rows');
  });

  it('is nothing of that below one of several accounts: the reason stands there', async () => {
    await open({ accounts: ['demo', 'other'] });
    failAll(breakOff);
    assert.deepEqual(await ids(), ['account:demo', 'account:other']);
    assert.deepEqual(
      (await fixture.rows('account:demo')).map(({ id }) => id),
      ['#message:listing', 'demo'],
    );
    assert.equal(state(), 'rows');
  });

  it('is nothing of that where the server has a fault of its own: other requests may succeed', async () => {
    await open();
    failAll(down);
    assert.deepEqual(await ids(), ['#message:listing', 'demo']);
    assert.equal(state(), 'rows');
  });

  it('is not that of a server that is no longer in use', async () => {
    await open();
    failAll(breakOff);
    const reading = ids();
    fixture.signOut();
    await reading;
    assert.equal(state(), 'loading');
  });
});

describe('a row of a namespace or repository', () => {
  const sandbox = withSandbox(() => ({ routes: 'today' }));
  let fixture: HubTreeFixture;
  afterEach(() => {
    fixture.dispose();
  });

  it('says that there are no repositories, and offers to add one', async () => {
    fixture = await HubTreeFixture.open(sandbox, {
      credentials: { username: 'outsider', password: 'sandbox-outsider' },
    });
    const [row] = await fixture.rows('outsider');
    const item = fixture.item(row);
    assert.equal(item.label, 'No repositories');
    assert.equal(item.contextValue, 'message emptyNamespace');
    assert.equal(item.command?.command, 'hubImages.repository.add');
  });

  it('says that the API in the settings is missing, and offers to detect it', async () => {
    fixture = await HubTreeFixture.open(sandbox, { api: 'management' });
    const [row] = await fixture.rows('acme', 'acme/billing');
    const item = fixture.item(row);
    assert.equal(item.label, 'No image-management API');
    assert.match(String(item.description), /hubImages\.api/);
    assert.equal(item.contextValue, 'message retryable missingApi');
    assert.equal(item.command?.command, 'hubImages.api.detect');
  });

  it('offers another sign-in where the account is not allowed to see images', async () => {
    fixture = await HubTreeFixture.open(sandbox);
    sandbox.world.addRepository('demo/closed').push({ digest: digestOf('closed'), tags: [], at: new Date() });
    sandbox.faults.add({
      on: { when: ({ path }) => path.startsWith('/v2/namespaces/demo/repositories/closed/') },
      times: 'always',
      fault: { kind: 'status', status: 403, body: { message: 'insufficient scope' } },
    });
    const [row] = await fixture.rows('demo', 'demo/closed');
    const item = fixture.item(row);
    assert.equal(item.contextValue, 'message retryable unauthorized');
    assert.equal(item.command?.command, 'hubImages.tree.refresh');
  });
});
