import assert from 'node:assert/strict';
import { parseRepositoryRef } from '../../../src/hub/names';
import type { OperationId } from '../../../src/sandbox/index';
import { HubTreeFixture } from '../../support/hubTree';
import { withSandbox } from '../../support/sandbox';

const api = parseRepositoryRef('acme/api');
const nightly = parseRepositoryRef('acme/nightly');
const summary = 'GetNamespacesRepositorieImagesSummary';
const images = 'GetNamespacesRepositoriesImages';
const repositories = 'GetNamespaceRepositories';

describe('HubCatalog', () => {
  const sandbox = withSandbox();
  let fixture: HubTreeFixture | undefined;
  afterEach(() => fixture?.dispose());

  const open = async () => (fixture = await HubTreeFixture.open(sandbox));

  it('says why the counts of a row could not be read', async () => {
    const { catalog } = await open();
    refuse(summary);
    await assert.rejects(catalog.readSummary(api), { kind: 'rejected' });
  });

  it('lists the repositories of all namespaces for a picker', async () => {
    const { catalog, requests } = await open();
    assert.equal((await catalog.listRepositories()).length, 8);
    assert.equal((await catalog.listRepositories()).length, 8);
    assert.equal(requests(repositories), 2);
  });

  it('lists the namespaces for a picker, and reads them once', async () => {
    const { catalog, requests } = await open();
    const names = async () => (await catalog.listNamespaces()).map(({ namespace }) => String(namespace.name));
    assert.deepEqual(await names(), ['demo', 'acme']);
    assert.deepEqual(await names(), ['demo', 'acme']);
    assert.equal(requests('GetOwnNamespaces'), 1);
    await assert.rejects(catalog.listNamespaces(AbortSignal.abort()), { kind: 'cancelled' });
  });

  it('says whether the counts of a repository are those of the last refresh', async () => {
    const { catalog } = await open();
    await catalog.readSummary(api);
    assert.equal(catalog.contents(api)?.isSummaryFresh, true);
    catalog.contents(api)?.invalidate();
    assert.equal(catalog.contents(api)?.isSummaryFresh, false);
  });

  it('gives up waiting for a picker when that is cancelled', async () => {
    const { catalog } = await open();
    await assert.rejects(catalog.listRepositories(AbortSignal.abort()), { kind: 'cancelled' });
  });

  it('gives pickers the images that are loaded, or the reason why none are', async () => {
    const { catalog } = await open();
    assert.equal((await catalog.listImages(nightly)).length, 100);
    assert.equal(catalog.loadedImages(nightly).length, 100);
    refuse(images);
    await assert.rejects(catalog.listImages(api), { kind: 'rejected' });
  });

  /** Makes the sandbox refuse every request of this kind. */
  function refuse(operation: OperationId) {
    return sandbox.faults.add({
      on: { operation },
      times: 'always',
      fault: { kind: 'status', status: 400, body: { message: 'not today' } },
    });
  }
});
