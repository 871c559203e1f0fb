import assert from 'node:assert/strict';
import { demoWorld, digestOf, sandboxAccounts } from '../../src/sandbox/index';
import { screenshot } from '../workbench/artifacts';
import { chooseFromMenu, openHubImages, pick, quickInput, runCommand, treeRow } from '../workbench/driver';
import { describeOn } from './support/apis';
import { useHubWorkbench } from './support/hubWorkbench';
import { labelsOf } from './support/labels';
import {
  badge,
  imageRow,
  namespaceRow,
  openRepository,
  openRow,
  repositoryRow,
  select,
} from './support/rows';
import { setSideBarWidth } from './support/sideBar';
import { signIn } from './support/signIn';
import { stepsInOrder } from './support/stepsInOrder';
import { eventually, hasText } from './support/waitFor';

const day = 86_400_000;

function world() {
  const now = Date.now();
  const made = demoWorld(new Date(now));
  for (const [index, name] of ['api-docs', 'api-gateway', 'api_old', 'billing-worker'].entries()) {
    made.addRepository(`acme/${name}`).push({
      digest: digestOf(name),
      tags: ['latest'],
      at: new Date(now - index * 40 * day),
      sizeBytes: 3_000_000_000 * (index + 1),
    });
  }
  return made;
}

describeOn('management', 'the repositories of a namespace', () => {
  stepsInOrder();
  const { workbench } = useHubWorkbench('management', { hub: () => ({ world: world() }) });
  const page = () => workbench().page;
  /** Names of the rows of repositories and groups in view, from the top. */
  const names = async () =>
    (await treeRow(page(), /, ((private )?repository|group), /).evaluateAll(labelsOf)).map((label) =>
      label?.split(', ')[0]?.replace('acme/', ''),
    );

  before(async () => {
    await openHubImages(page());
    await signIn(page(), sandboxAccounts.demo);
    await setSideBarWidth(page(), 250);
  });

  it('show their inactive images and their storage', async () => {
    await openRow(page(), namespaceRow(page(), 'acme'));
    await hasText(repositoryRow(page(), 'acme/nightly'), /[\d.]+ GB · \d+ inactive · 240 images/);
    await hasText(repositoryRow(page(), 'acme/api'), /[\d.]+ GB · 12 inactive · 41 images/);
    await eventually(() => badge(repositoryRow(page(), 'acme/gateway')), '15');
    await screenshot(page(), 'repositories-250');
    await setSideBarWidth(page(), 225);
    await screenshot(page(), 'repositories-225');
    await setSideBarWidth(page(), 250);
    await openRepository(page(), 'acme/billing');
    await select(imageRow(page(), '0.7'));
  });

  it('are sorted by storage, and what is open and selected stays so', async () => {
    await chooseFromMenu(page(), namespaceRow(page(), 'acme'), 'View', 'Sort Repositories…');
    await pick(page(), 'largest first');
    await hasText(namespaceRow(page(), 'acme'), 'largest first · organization');
    await eventually(async () => (await names()).slice(0, 3), ['nightly', 'billing-worker', 'api_old']);
    await imageRow(page(), '0.7').and(page().locator('[aria-selected="true"]')).waitFor();
    await screenshot(page(), 'repositories-largest');
  });

  it('are grouped by the first part of their names', async () => {
    await runCommand(page(), 'Hub Images: Group Repositories…');
    await pick(page(), 'grouped by first part of the name');
    await hasText(namespaceRow(page(), 'acme'), 'largest first, grouped · organization');
    const group = treeRow(page(), /^billing, group, 2 repositories · [\d.]+ GB$/);
    await group.and(page().locator('[aria-expanded="true"]')).waitFor(); // acme/billing is open in it
    await hasText(treeRow(page(), /^api, group/), /4 repositories/);
    await repositoryRow(page(), 'acme/billing-worker').waitFor();
    await screenshot(page(), 'repositories-grouped');
  });

  it('can all be deleted from at once, and be found in their group', async () => {
    await chooseFromMenu(page(), treeRow(page(), /^billing, group/), 'Delete Matching Images…');
    await hasText(quickInput(page()), '2 repositories');
    await page().keyboard.press('Escape');
    await quickInput(page()).waitFor({ state: 'hidden' });
    await treeRow(page(), /^billing, group/)
      .locator('.monaco-tl-twistie')
      .click();
    await repositoryRow(page(), 'acme/billing-worker').waitFor({ state: 'detached' });
    await runCommand(page(), 'Hub Images: Find Repository…');
    await pick(page(), 'acme/billing-worker');
    await repositoryRow(page(), 'acme/billing-worker')
      .and(page().locator('[aria-selected="true"]'))
      .waitFor();
  });

  it('are shown by name again', async () => {
    for (const [command, choice] of [
      ['Group Repositories…', 'no groups'],
      ['Sort Repositories…', 'by name'],
    ] as const) {
      await runCommand(page(), `Hub Images: ${command}`);
      await pick(page(), choice);
    }
    await hasText(namespaceRow(page(), 'acme'), /^acmeorganization$/);
    await eventually(async () => (await names()).includes('api-docs'), true);
    assert.equal(await treeRow(page(), /, group, /).count(), 0);
  });
});
