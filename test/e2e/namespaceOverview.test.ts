import assert from 'node:assert/strict';
import type { FrameLocator, Locator } from 'playwright-core';
import { sizeText } from '../../src/texts/sizes';
import {
  answerInput,
  chooseFromMenu,
  dialog,
  openHubImages,
  pick,
  quickInput,
  quickPickRow,
  runCommand,
  webview,
} from '../workbench/driver';
import { describeOnBothApis } from './support/apis';
import { imagesSent, sent } from './support/hub';
import { useHubWorkbench } from './support/hubWorkbench';
import { Review } from './support/review';
import { namespaceRow, openRow, repositoryRow } from './support/rows';
import { signIn, signOut } from './support/signIn';
import { stepsInOrder } from './support/stepsInOrder';
import { eventually, hasText } from './support/waitFor';

describeOnBothApis('the overview of a namespace', (api) => {
  stepsInOrder();
  const { hub, workbench } = useHubWorkbench(api.kind, { hub: () => api.sandbox });
  const page = () => workbench().page;
  const frame = (): FrameLocator => webview(page());
  const row = (name: string): Locator =>
    frame()
      .getByRole('row')
      .filter({ has: frame().getByRole('button', { name, exact: true }) });
  const cell = (name: string, column: string): Locator => row(name).locator(`.${column}`);
  const storageOf = (name: string) => hub.sandbox.world.repository(`acme/${name}`).sizeBytes;
  const names = ['api', 'billing', 'gateway', 'nightly'];
  let review: Review;

  before(async () => {
    await openHubImages(page());
    await signIn(page(), api.account);
    await openRow(page(), namespaceRow(page(), 'acme'));
    await hasText(repositoryRow(page(), 'acme/api'), /12 inactive/);
    await hasText(repositoryRow(page(), 'acme/nightly'), /\d+ inactive/);
    review = new Review(page());
  });

  it('opens from the row, and shows the storage of each repository and of all', async () => {
    await chooseFromMenu(page(), namespaceRow(page(), 'acme'), 'Show Namespace Overview');
    await hasText(frame().getByRole('heading', { level: 1 }), 'Overview: acme');
    await hasText(frame().getByRole('status'), '4 repositories were listed.');
    for (const name of names) {
      await hasText(cell(name, 'storage'), sizeText(storageOf(name)));
    }
    const total = names.reduce((sum, name) => sum + storageOf(name), 0);
    await hasText(frame().getByLabel('Totals'), sizeText(total));
  });

  it('counts what the rows of the tree count, and asks for nothing twice', async () => {
    await hasText(cell('api', 'images'), '41');
    await hasText(cell('api', 'inactive'), '12');
    await hasText(frame().getByLabel('Totals'), 'counted in all repositories');
    if (api.kind === 'management') {
      const counted = sent(hub.exchanges, 'GetNamespacesRepositorieImagesSummary').map(({ path }) => path);
      assert.equal(new Set(counted).size, counted.length);
    }
    assert.equal(sent(hub.exchanges, 'GetNamespaceRepositories').filter(isOfAcme).length, 1);
    await api.screenshot(page(), 'namespace-overview');
  });

  it('is revealed by the palette, where it is open already', async () => {
    await runCommand(page(), 'Hub Images: Show Namespace Overview');
    await pick(page(), 'acme');
    await row('api').waitFor();
    assert.equal(
      await page()
        .getByRole('tab', { name: /^Overview: acme/ })
        .count(),
      1,
    );
  });

  it('follows a push that a refresh finds', async () => {
    hub.sandbox.world.repository('acme/gateway').push({
      digest: `sha256:${'e'.repeat(64)}`,
      tags: ['pushed-meanwhile'],
      sizeBytes: 987_000_000,
      at: new Date(),
    });
    await frame().getByRole('button', { name: 'Refresh' }).click();
    await hasText(cell('gateway', 'storage'), sizeText(storageOf('gateway')));
  });

  it('counts all repositories of a big namespace once that was agreed to, each once', async () => {
    for (let number = 0; number < 60; number += 1) {
      hub.sandbox.world.addRepository(`demo/service-${String(number)}`);
    }
    const seen = hub.exchanges.length;
    await chooseFromMenu(page(), namespaceRow(page(), 'demo'), 'Show Namespace Overview');
    await hasText(frame().getByRole('status'), /^6\d repositories were listed\.$/);
    await frame().getByRole('button', { name: 'Count All…' }).click();
    await hasText(dialog(page()), /Count the images of \d+ repositories\?/);
    await hasText(dialog(page()), 'You can cancel and continue later.');
    await api.screenshot(page(), 'namespace-overview-count-all');
    await dialog(page()).getByRole('button', { name: 'Count', exact: true }).click();
    await hasText(frame().getByRole('status'), 'Counted the images of all repositories.');
    await hasText(frame().getByLabel('Totals'), 'counted in all repositories');
    if (api.kind === 'management') {
      const counted = hub.exchanges
        .slice(seen)
        .filter(({ operation }) => operation === 'GetNamespacesRepositorieImagesSummary')
        .map(({ path }) => path)
        .filter((path) => path.includes('/demo/')); // what was refreshed before may still be counted
      assert.equal(counted.length, hub.sandbox.world.findNamespace('demo')?.repositories.size);
      assert.equal(new Set(counted).size, counted.length);
    }
    await runCommand(page(), 'View: Close Editor');
    await row('api').waitFor();
  });

  it('leads with two repositories into the review of what matches in them, and deletes nothing', async () => {
    await frame().getByRole('checkbox', { name: 'Select api' }).check();
    await frame().getByRole('checkbox', { name: 'Select billing' }).check();
    await frame().getByRole('button', { name: 'Delete Matching Images in 2 Repositories…' }).click();
    await hasText(quickInput(page()), 'Delete Matching Images: 2 repositories');
    await quickInput(page()).getByRole('option', { name: 'Keep, ' }).click();
    await quickInput(page()).getByPlaceholder('5', { exact: true }).waitFor();
    await answerInput(page(), '2');
    await quickPickRow(page(), 'Plan the Deletion…').waitFor();
    await quickPickRow(page(), 'Plan the Deletion…').click();
    if (api.kind === 'registry') await review.readContents();
    await review.says(/^Dry run finished for \d+ images\./);
    const header = review.frame.locator('header');
    await hasText(header, 'Selected from all images in 2 repositories: inactive');
    await api.screenshot(page(), 'namespace-overview-review');
    assert.deepEqual(imagesSent(hub.exchanges), []);
    await review.button('Close').click();
  });

  it('opens a repository in the tree, and its overview, again after it was closed', async () => {
    await row('billing').getByRole('button', { name: 'billing', exact: true }).click();
    await eventually(
      async () => (await repositoryRow(page(), 'acme/billing').getAttribute('class'))?.includes('selected'),
      true,
    );
    const showAndClose = async () => {
      await frame().getByRole('button', { name: 'Show overview of billing' }).click();
      await hasText(frame().getByRole('heading', { level: 1 }), 'Overview: acme/billing');
      await runCommand(page(), 'View: Close Editor');
      await row('billing').waitFor();
    };
    await showAndClose();
    await showAndClose();
  });

  it('does no more once nobody is signed in', async () => {
    await signOut(page());
    await hasText(
      frame().getByRole('status'),
      'You have signed out or switched to another account or server.',
    );
    const refresh = frame().getByRole('button', { name: 'Refresh' });
    assert.equal(await refresh.getAttribute('aria-disabled'), 'true');
  });
});

function isOfAcme({ path }: { readonly path: string }): boolean {
  return path.includes('/namespaces/acme/');
}
