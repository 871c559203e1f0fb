import assert from 'node:assert/strict';
import type { FromWebview } from '../../src/review/protocol';
import type { FakeHost } from './support/fakeHost';
import { looks } from './support/looks';
import { ReviewBench } from './support/reviewPage';

/** Messages of one type, in the order in which they were sent. */
function sent<Type extends FromWebview['type']>({ received }: Pick<FakeHost, 'received'>, type: Type) {
  return received.filter(
    (message): message is Extract<FromWebview, { readonly type: Type }> => message.type === type,
  );
}

describe('references in the workspace', () => {
  const bench = new ReviewBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  it('are links that open the line', async () => {
    const { page, host } = await bench.open(looks.referenced);
    await page.getByRole('button', { name: 'deploy/prod.yaml:14' }).click();
    assert.deepEqual(sent(host, 'placeOpened'), [{ type: 'placeOpened', id: 0 }]);
  });

  it('beyond the first few are folded, and the rest is counted', async () => {
    const { page, host } = await bench.open(looks.referenced);
    const second = page.getByRole('row').filter({ hasText: 'images-0.lock' });
    assert.equal(await second.getByRole('button', { name: /lock:7/ }).count(), 3);
    await second.getByText('21 more lines').click();
    assert.equal(await second.getByRole('button', { name: /lock:7/ }).count(), 20);
    await second.getByRole('button', { name: '4 more lines' }).click();
    assert.deepEqual(sent(host, 'referencesShown'), [
      { type: 'referencesShown', id: looks.referenced.rows[1].id },
    ]);
  });

  it('are accepted like a warning, one by one and all at once', async () => {
    const { page, host } = await bench.open(looks.referenced);
    await page.getByRole('checkbox', { name: 'Accept referenced for 1.4.0, latest' }).check();
    assert.equal(sent(host, 'warningAccepted')[0]?.kind, 'referenced');
    await page.getByRole('checkbox', { name: 'Accept all referenced warnings (2)' }).check();
    assert.equal(sent(host, 'allWarningsAccepted')[0]?.kind, 'referenced');
  });

  it('that cannot be resolved are listed, and other mentions folded', async () => {
    const { page, host } = await bench.open(looks.referenced);
    const section = page.getByRole('region', { name: 'References in the workspace' });
    await section.getByRole('button', { name: 'charts/gateway/values.yaml:9' }).click();
    assert.deepEqual(sent(host, 'placeOpened'), [{ type: 'placeOpened', id: 100 }]);
    const mention = section.getByRole('button', { name: 'README.md:40' });
    assert.equal(await mention.isVisible(), false);
    await section.getByText('2 lines of documentation or comments name these images').click();
    await mention.click();
    await section.getByText('What was searched').click();
    await section.getByText(/^Searched 1,204 files in deploy/).waitFor();
  });

  it('that are still searched for hold the deletion back, unless the person continues without them', async () => {
    const { page, host } = await bench.open(looks.searching);
    const erase = page.getByRole('button', { name: 'Delete 1 Image' });
    assert.equal(await erase.getAttribute('aria-disabled'), 'true');
    await page.getByText('Delete is available after the workspace has been searched.').waitFor();
    await page.getByRole('button', { name: 'Continue Without Searching' }).click();
    assert.deepEqual(sent(host, 'action'), [{ type: 'action', action: 'skipReferences' }]);
  });

  it('leave the focus near by when the search ends while its button has it', async () => {
    const { page, host } = await bench.open(looks.searching);
    await page.getByRole('button', { name: 'Continue Without Searching' }).focus();
    host.overrides = { references: looks.referenced.state.references };
    await host.change(looks.searching.rows, 'Dry run finished for 1 image.');
    await page.waitForFunction("document.activeElement?.textContent?.includes('What was searched')");
  });

  it('can be searched for again after a failure, and after the search was skipped', async () => {
    const failed = await bench.open(looks.searchFailed);
    await failed.page
      .getByText('To delete, search the workspace again or continue without searching.')
      .waitFor();
    await failed.page.getByRole('button', { name: 'Search Again' }).click();
    const skipped = await bench.open(looks.searchSkipped);
    await skipped.page.getByRole('button', { name: 'Search Workspace' }).click();
    for (const { host } of [failed, skipped]) {
      assert.deepEqual(sent(host, 'action'), [{ type: 'action', action: 'searchReferences' }]);
    }
  });
});
