import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { screenshot } from '../workbench/artifacts';
import {
  answerInput,
  chooseFromMenu,
  dialog,
  hubImagesView,
  openHubImages,
  pick,
  pressInTree,
  quickInput,
  quickPickRow,
  runCommand,
} from '../workbench/driver';
import { describeOn } from './support/apis';
import { useHubWorkbench } from './support/hubWorkbench';
import { Review } from './support/review';
import { isSampleShown, saysSandbox } from './support/sandbox';
import {
  badge,
  collapseAll,
  goToLastRow,
  imageRow,
  imageRows,
  messageRow,
  namespaceRow,
  openRepository,
  openRow,
  repositoryRow,
  select,
  siblingCount,
  tagRow,
  viewTitle,
} from './support/rows';
import { stepsInOrder } from './support/stepsInOrder';
import { eventually, hasText } from './support/waitFor';

describeOn('management', 'the sandbox', () => {
  stepsInOrder();
  const { workbench } = useHubWorkbench('management');
  const page = () => workbench().page;

  it('opens from the palette, without an account, with the server that the person selects', async () => {
    const view = await openHubImages(page());
    await runCommand(page(), 'Hub Images: Explore the Sandbox…');
    await quickPickRow(page(), 'Docker Hub today').and(page().locator('.focused')).waitFor();
    await screenshot(page(), 'sandbox-question');
    await pick(page(), 'Docker Hub with the image-management API');
    await namespaceRow(page(), 'demo').waitFor();
    await namespaceRow(page(), 'acme').waitFor();
    assert.equal(await view.getByRole('button', { name: 'Sign In to Docker Hub' }).isVisible(), false);
    await saysSandbox(page(), 'Docker Hub until December 2023');
    await isSampleShown(page());
    await collapseAll(page());
  });

  it('shows the counts of every repository, and a badge with those of inactive images', async () => {
    await openRow(page(), namespaceRow(page(), 'demo'));
    await openRow(page(), namespaceRow(page(), 'acme'));
    const rows = [
      ['acme/api', /12 inactive · 41 images/, '12'],
      ['acme/nightly', /2\d\d inactive · 240 images/, '++'],
      ['demo/archive', /6 inactive · 6 images/, '6'],
      ['demo/scratchpad', /no images/, undefined],
    ] as const;
    for (const [name, text, mark] of rows) {
      await hasText(repositoryRow(page(), name), text);
      await eventually(() => badge(repositoryRow(page(), name)), mark);
    }
    await screenshot(page(), 'sandbox-repositories');
  });

  it('marks private repositories with a lock', async () => {
    const isLocked = async (name: string) =>
      (await repositoryRow(page(), name).locator('.codicon-lock').count()) === 1;
    assert.equal(await isLocked('acme/billing'), true);
    assert.equal(await isLocked('demo/dotfiles'), true);
    assert.equal(await isLocked('acme/api'), false);
  });

  it('shows images with their state in words and in a badge, and their tags below', async () => {
    await openRepository(page(), 'acme/api');
    const newest = imageRow(page(), '2.3, 2.3.1, latest, main');
    await hasText(newest, 'today · active');
    await eventually(() => badge(newest), 'A');
    assert.equal(await siblingCount(newest), 41);
    await openRow(page(), newest);
    await tagRow(page(), 'latest').waitFor();
    assert.match((await tagRow(page(), 'latest').getAttribute('aria-label')) ?? '', /points to this image/);
    const other = imageRow(page(), '2.3.0');
    await openRow(page(), other);
    await hasText(tagRow(page(), 'latest').nth(1), 'moved to another image');
    await hasText(
      imageRows(page()).filter({ hasText: 'untagged' }).first(),
      /^[0-9a-f]{12}\d+d · active · untagged$/,
    );
    await screenshot(page(), 'sandbox-images');
    await goToLastRow(page());
    await collapseAll(page());
  });

  it('never calls an unknown time old', async () => {
    await openRepository(page(), 'demo/archive');
    await hasText(imageRow(page(), 'old-2'), 'inactive · last activity never or unknown');
    await eventually(() => badge(imageRow(page(), 'old-2')), 'I');
    await openRepository(page(), 'demo/scratchpad');
    await messageRow(page(), 'No images').waitFor();
    await screenshot(page(), 'sandbox-unknown-times');
    await collapseAll(page());
  });

  it('loads 100 images at a time, by mouse and by keyboard', async () => {
    await openRepository(page(), 'acme/nightly');
    assert.equal(await siblingCount(imageRows(page()).first()), 101);
    await goToLastRow(page());
    await messageRow(page(), 'Load 100 more (100 of 240)').waitFor();
    await screenshot(page(), 'sandbox-load-more');
    await messageRow(page(), 'Load 100 more (100 of 240)').click();
    await eventually(() => siblingCount(imageRows(page()).first()), 201);
    await goToLastRow(page());
    await messageRow(page(), 'Load 40 more (200 of 240)').and(page().locator('.focused')).waitFor();
    await page().keyboard.press('Enter');
    await eventually(() => siblingCount(imageRows(page()).first()), 240);
    await collapseAll(page());
  });

  it('filters by status, from the palette and from the menu of a row', async () => {
    await openRepository(page(), 'acme/api');
    await runCommand(page(), 'Hub Images: Filter by Status…');
    await pick(page(), 'acme/api');
    await pick(page(), 'inactive only');
    await messageRow(page(), 'Inactive images only').waitFor();
    await hasText(viewTitle(page()), /^Hub Images: Images$/);
    await eventually(() => siblingCount(imageRows(page()).first()), 12 + 1);
    await eventually(async () => new Set(await badges(page())), new Set(['I']));
    await hasText(repositoryRow(page(), 'acme/api'), /12 inactive · 41 images \(inactive only\)/);
    await screenshot(page(), 'sandbox-filter');
    await messageRow(page(), 'Inactive images only').click(); // leads to what changes it
    await pick(page(), 'active only');
    await messageRow(page(), 'Active images only').waitFor();
    await eventually(() => siblingCount(imageRows(page()).first()), 29 + 1);
    await eventually(async () => new Set(await badges(page())), new Set(['A']));
  });

  it('sorts in four orders', async () => {
    await chooseFromMenu(page(), repositoryRow(page(), 'acme/api'), 'View', 'Filter by Status…');
    await pick(page(), 'all images');
    await messageRow(page(), 'Active images only').waitFor({ state: 'detached' });
    const first = new Map<string, string>();
    for (const order of [
      'oldest activity first',
      'by digest, ascending',
      'by digest, descending',
      'newest activity first',
    ]) {
      const before = await firstImage(page());
      await chooseFromMenu(page(), repositoryRow(page(), 'acme/api'), 'View', 'Sort Images…');
      await pick(page(), order);
      const stated = messageRow(page(), order.charAt(0).toUpperCase() + order.slice(1));
      await stated.waitFor({ state: order.startsWith('newest') ? 'detached' : 'visible' });
      await eventually(async () => (await firstImage(page())) === before, false);
      first.set(order, await firstImage(page()));
    }
    assert.match(first.get('newest activity first') ?? '', /^2\.3, 2\.3\.1/);
    assert.match(first.get('oldest activity first') ?? '', /inactive/);
    assert.equal(new Set(first.values()).size, 4);
  });

  it('sets the activity window to any number of days', async () => {
    await runCommand(page(), 'Hub Images: Set Activity Window…');
    await pick(page(), 'acme/api');
    await pick(page(), 'active = last 7 days');
    await messageRow(page(), 'Active: last 7 days').waitFor();
    await hasText(repositoryRow(page(), 'acme/api'), /[2-3]\d inactive · 41 images \(active = last 7 days\)/);
    await chooseFromMenu(page(), repositoryRow(page(), 'acme/api'), 'View', 'Set Activity Window…');
    await pick(page(), 'Another number of days…');
    await answerInput(page(), '0');
    await hasText(quickInput(page()), 'Enter a whole number from 1 to 3,650.');
    await answerInput(page(), '3650');
    await hasText(repositoryRow(page(), 'acme/api'), /0 inactive · 41 images \(active = last 3,650 days\)/);
    await eventually(() => badge(repositoryRow(page(), 'acme/api')), undefined);
    await chooseFromMenu(page(), repositoryRow(page(), 'acme/api'), 'View', 'Set Activity Window…');
    await pick(page(), 'Use the setting');
    await messageRow(page(), 'Active: last').waitFor({ state: 'detached' });
  });

  it('lets a newcomer delete an image', async () => {
    await collapseAll(page());
    await openRepository(page(), 'demo/website');
    await select(imageRow(page(), 'v6'));
    await pressInTree(page(), 'Delete');
    const review = new Review(page());
    await review.says('Dry run finished');
    await hasText(review.title, 'Delete images: demo/website Sandbox');
    await review.accept('current_tag', 'v6').check();
    const question = await review.askToDelete();
    await review.confirm(question, 'demo/website');
    await review.says('1 image was deleted.');
    await screenshot(page(), 'sandbox-deleted');
    await review.close();
    await hasText(repositoryRow(page(), 'demo/website'), '11 images');
    await imageRow(page(), 'v6').waitFor({ state: 'detached' });
  });

  it('is left again', async () => {
    await hubImagesView(page()).getByRole('button', { name: 'Leave the Sandbox' }).click();
    await hubImagesView(page()).getByRole('button', { name: 'Sign In to Docker Hub' }).waitFor();
    await eventually(() => rowNames(page()), []);
    await eventually(() => hubImagesView(page()).getByText('simulated on this machine').count(), 0);
    assert.equal(await dialog(page()).count(), 0);
  });
});

async function rowNames(page: Page): Promise<(string | null)[]> {
  const rows = await hubImagesView(page).getByRole('treeitem').all();
  return Promise.all(rows.map((row) => row.getAttribute('aria-label')));
}

async function badges(page: Page): Promise<(string | undefined)[]> {
  return Promise.all((await imageRows(page).all()).map((row) => badge(row)));
}

async function firstImage(page: Page): Promise<string> {
  return (await imageRows(page).first().getAttribute('aria-label')) ?? '';
}
