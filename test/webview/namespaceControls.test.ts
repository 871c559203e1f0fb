import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { sanitizeText } from '../../src/util/sanitizeText';
import { hostileTags } from '../support/hostileTags';
import { assortedRows, countsOf, manyRows, namespaceLooks, rowOf } from './support/namespaceLooks';
import { NamespaceBench, type OpenNamespace } from './support/namespacePage';
import { namespaceStateOf } from './support/namespaceState';
import { drawn } from './support/reviewPage';

const { assorted } = namespaceLooks;
const few = {
  rows: [
    rowOf('api', { storageBytes: 3 }),
    rowOf('billing', { storageBytes: 2 }),
    rowOf('cache', { storageBytes: 1 }),
  ],
};

describe('the controls of the overview of a namespace', () => {
  const bench = new NamespaceBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  const names = (page: Page) => page.locator('.body .row [data-control="tree"]').allTextContents();
  const head = (page: Page, name: string) => page.getByRole('columnheader', { name }).getByRole('button');
  const search = (page: Page) => page.getByRole('searchbox', { name: 'Search repositories' });
  const box = (page: Page, name: string) => page.getByRole('checkbox', { name, exact: true });
  const status = (page: Page) => page.getByRole('status');
  /** What the page sent of a kind. */
  const sent = ({ received }: OpenNamespace, type: string) => received.filter((one) => one.type === type);
  /** Resolves when the page has sent a message of the kind that fits. */
  async function sends(opened: OpenNamespace, type: string, fits: (json: string) => boolean): Promise<void> {
    while (!sent(opened, type).some((one) => fits(JSON.stringify(one)))) await drawn(opened.page);
  }

  it('sort by each column, either way, by mouse and by keyboard', async () => {
    const { page } = await bench.open(few);
    assert.deepEqual(await names(page), ['api', 'billing', 'cache']);
    await head(page, 'Storage').click();
    assert.deepEqual(await names(page), ['cache', 'billing', 'api']);
    await head(page, 'Repository').press('Enter');
    assert.deepEqual(await names(page), ['api', 'billing', 'cache']);
    await page.keyboard.press('Enter');
    assert.deepEqual(await names(page), ['cache', 'billing', 'api']);
    assert.equal(
      await page.getByRole('columnheader', { name: 'Repository' }).getAttribute('aria-sort'),
      'descending',
    );
  });

  it('follow counts as they come, when sorted by them', async () => {
    const { page, report } = await bench.open(few);
    await head(page, 'Inactive').click();
    await report({ type: 'counts', repositories: [countsOf('cache', { inactive: 7 })] });
    await page.getByRole('row').filter({ hasText: 'cache' }).getByText('7', { exact: true }).waitFor();
    assert.deepEqual(await names(page), ['cache', 'api', 'billing']);
  });

  for (const key of ['Control+f', '/']) {
    it(`search by name, after ${key}`, async () => {
      const { page } = await bench.open(few);
      await page.keyboard.press(key);
      await page.keyboard.type('BILL');
      assert.equal(await search(page).inputValue(), 'BILL');
      assert.deepEqual(await names(page), ['billing']);
      await page.getByText('1 of 3 repositories').waitFor();
    });
  }

  it('say that nothing matches, and show all again', async () => {
    const { page } = await bench.open(few);
    await search(page).fill('x');
    await page.getByText('No repository matches.').waitFor();
    await page.getByRole('button', { name: 'Show All' }).click();
    assert.equal((await names(page)).length, 3);
    assert.equal(await search(page).inputValue(), '');
  });

  it('delete nothing before something is selected, and say why', async () => {
    const opened = await bench.open(few);
    const button = opened.page.getByRole('button', { name: 'Delete Matching Images…' });
    assert.equal(await button.getAttribute('aria-disabled'), 'true');
    await button.click({ force: true });
    await opened.page.getByText('To delete images, select repositories in the table.').waitFor();
    assert.deepEqual(sent(opened, 'deletionWanted'), []);
  });

  it('hand over exactly what is selected, in view or not', async () => {
    const opened = await bench.open(few);
    const { page } = opened;
    await box(page, 'Select cache').check();
    assert.equal(await status(page).textContent(), '1 repository is selected.');
    await search(page).fill('api');
    await page.getByText('1 selected repository is not shown.').waitFor();
    await box(page, 'Select all shown').check();
    await page.getByRole('button', { name: 'Delete Matching Images in 2 Repositories…' }).click();
    assert.deepEqual(sent(opened, 'deletionWanted'), [{ type: 'deletionWanted', names: ['cache', 'api'] }]);
  });

  it('select all that are shown, and none of them', async () => {
    const { page } = await bench.open(few);
    await box(page, 'Select api').check();
    const all = box(page, 'Select all shown');
    assert.equal(await all.evaluate((element) => (element as HTMLInputElement).indeterminate), true);
    await all.click();
    assert.equal(await status(page).textContent(), '3 repositories are selected.');
    await all.click();
    assert.equal(await status(page).textContent(), '0 repositories are selected.');
    assert.equal(await box(page, 'Select api').isChecked(), false);
  });

  it('forget what was selected and is no longer listed', async () => {
    const { page, report } = await bench.open(few);
    await box(page, 'Select all shown').check();
    await report({ type: 'repositories', rows: few.rows.slice(0, 1) });
    await page.getByRole('button', { name: 'Delete Matching Images in 1 Repository…' }).waitFor();
  });

  it('open a repository in the tree, and its overview', async () => {
    const opened = await bench.open(few);
    await opened.page.getByRole('button', { name: 'billing', exact: true }).click();
    await opened.page.getByRole('button', { name: 'Show overview of cache' }).click();
    assert.deepEqual(sent(opened, 'repositoryOpened'), [
      { type: 'repositoryOpened', name: 'billing', in: 'tree' },
      { type: 'repositoryOpened', name: 'cache', in: 'overview' },
    ]);
  });

  it('count all, cancel, and refresh', async () => {
    const opened = await bench.open(few);
    const { page, report } = opened;
    await page.getByRole('button', { name: 'Count All…' }).click();
    await report(namespaceStateOf({ progress: { done: 1, total: 3, pace: '4 a second · 1 s left' } }));
    await page.getByText('1 of 3 repositories · 4 a second · 1 s left').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Refresh' }).click();
    await page.keyboard.press('F5');
    await sends(opened, 'action', (json) => json.includes('refresh'));
    assert.deepEqual(
      sent(opened, 'action').map((one) => 'action' in one && one.action),
      ['countAll', 'cancel', 'refresh', 'refresh'],
    );
  });

  it('have nothing left to count once all is counted', async () => {
    const { page } = await bench.open({
      ...few,
      counts: few.rows.map(({ name }) => countsOf(name)),
      state: { uncounted: 0 },
    });
    await page.getByText('counted in all repositories').first().waitFor();
    const button = page.getByRole('button', { name: 'Count All…' });
    assert.equal(await button.getAttribute('aria-disabled'), 'true');
  });

  it('offer to try again after a failure', async () => {
    const opened = await bench.open(namespaceLooks.failed);
    await opened.page.getByText('The server could not be reached.').waitFor();
    await opened.page.getByText('No repositories were listed.').waitFor();
    await opened.page.getByRole('button', { name: 'Retry' }).click();
    assert.deepEqual(sent(opened, 'action'), [{ type: 'action', action: 'refresh' }]);
  });

  it('do nothing for another account', async () => {
    const opened = await bench.open(namespaceLooks.left);
    const { page } = opened;
    await box(page, 'Select api').check();
    for (const name of ['Refresh', 'Count All…', 'api', 'Delete Matching Images in 1 Repository…']) {
      await page.getByRole('button', { name, exact: true }).click({ force: true });
    }
    assert.deepEqual(
      opened.received.filter(({ type }) => type !== 'ready' && type !== 'rowsShown'),
      [],
    );
  });

  it('lead from a tile to the row, which has the focus then, also where a search hid it', async () => {
    const { page } = await bench.open(namespaceLooks.many);
    await search(page).fill('0001');
    await page
      .locator('.tile', { hasText: 'service-0050' })
      .or(page.locator('.tile[title^="service-0050"]'))
      .first()
      .click();
    const row = page.getByRole('button', { name: 'service-0050', exact: true });
    await row.waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent === 'service-0050');
    assert.equal(await search(page).inputValue(), '');
  });

  it('are there again with what was searched for and selected after the panel was hidden', async () => {
    const { page } = await bench.open(few);
    await box(page, 'Select cache').check();
    await head(page, 'Pulls').click();
    await search(page).fill('a');
    await page.waitForFunction(() => (sessionStorage.getItem('state') ?? '').includes('"search":"a"'));
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await search(page).inputValue(), 'a');
    assert.deepEqual(await names(page), ['api', 'cache']);
    assert.ok(await box(page, 'Select cache').isChecked());
    assert.equal(
      await page.getByRole('columnheader', { name: 'Pulls' }).getAttribute('aria-sort'),
      'descending',
    );
  });

  it('say of which repositories the images are to be counted, as they come into view', async () => {
    const opened = await bench.open({ rows: manyRows(2000) });
    await sends(opened, 'rowsShown', (json) => json.includes('service-0000'));
    const inView = await opened.page
      .locator('.body .row')
      .evaluateAll((rows) => rows.filter((row) => row.getBoundingClientRect().top < innerHeight).length);
    const [first] = sent(opened, 'rowsShown');
    assert.equal(first !== undefined && 'names' in first && first.names.length, inView);
    await opened.page.keyboard.press('End');
    await sends(
      opened,
      'rowsShown',
      (json) => json.includes('service-1999') && !json.includes('service-0000'),
    );
  });
});

describe('an overview of 2,000 repositories', () => {
  const bench = new NamespaceBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  it('has only the rows about the view in the document, wherever it is scrolled', async () => {
    const { page } = await bench.open(namespaceLooks.many);
    const rows = page.locator('.body .row');
    assert.ok((await rows.count()) < 60);
    await page.keyboard.press('End');
    await page.getByRole('button', { name: 'service-1999', exact: true }).waitFor();
    assert.ok((await rows.count()) < 60);
    assert.equal(await rows.last().getAttribute('aria-rowindex'), '2001');
    assert.ok((await page.locator('.tile').count()) <= 200);
    await page.keyboard.press('Home');
    await page.getByRole('button', { name: 'service-0000', exact: true }).waitFor();
  });

  it('merges the smallest into one tile', async () => {
    const { page } = await bench.open(namespaceLooks.many);
    await page
      .locator('.tile.others')
      .getByText(/^1,\d{3} other repositories$/)
      .waitFor();
  });
});

describe('what the server says in the overview of a namespace', () => {
  const bench = new NamespaceBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  it('is text wherever it stands', async () => {
    const rows = Object.values(hostileTags).map(([name], index) =>
      rowOf(name, { storageBytes: 1e9 * (index + 1) }),
    );
    const { page } = await bench.open({
      rows,
      counts: [{ name: rows[0]?.name ?? '', counts: null, failure: '<img src=x onerror=alert(1)>' }],
      state: {
        title: 'Overview: <b>acme</b>',
        status: '<b>status</b>',
        notices: [{ severity: 'error', text: '<script>alert(1)</script>' }],
      },
      height: 2000,
    });
    await page.locator('.tile').first().waitFor();
    assert.equal(await page.locator('main b, main img, main script').count(), 0);
    const names = await page.locator('[data-control="tree"]').allTextContents();
    const shown = Object.values(hostileTags).map(([name]) => sanitizeText(name));
    assert.deepEqual([...names].sort(), [...shown].sort());
    const tiles = await page
      .locator('.tile')
      .evaluateAll((all) => all.map((tile) => tile.getAttribute('title')));
    assert.ok(tiles.every((title) => title !== null && !/\p{Cf}|\u001B/u.test(title)));
  });

  it('counts as unknown where it says nothing, and as none where it says so', async () => {
    const { page } = await bench.open({
      rows: [
        rowOf('none', { storageBytes: 0, pulls: 0 }),
        rowOf('unknown', { storageBytes: null, pulls: null }),
      ],
      counts: [countsOf('none', { total: 0, active: 0, inactive: 0 })],
    });
    const cells = (name: string) =>
      page
        .locator('.body .row')
        .filter({ hasText: name })
        .locator('.storage, .images, .inactive, .pulls')
        .allInnerTexts();
    assert.deepEqual(
      (await cells('none')).map((text) => text.trim()),
      ['0 B', '0', '0', '0'],
    );
    for (const text of await cells('unknown')) assert.match(text, /^–/);
  });

  it('shows a repository that is not counted otherwise than one without inactive images', async () => {
    const { page } = await bench.open({
      rows: assortedRows,
      counts: [countsOf('api', { inactive: 0, active: 40 })],
    });
    const border = (kind: string) =>
      page
        .locator(kind)
        .first()
        .evaluate((element) => getComputedStyle(element).borderTopStyle);
    await page.locator('.tile.counted').waitFor();
    assert.deepEqual([await border('.tile.counted'), await border('.tile.uncounted')], ['solid', 'dashed']);
  });

  it('is shown beside what is known, where counting again has failed', async () => {
    const { page } = await bench.open({
      ...assorted,
      counts: [{ ...countsOf('api'), failure: 'Access denied.' }],
    });
    const row = page.locator('.body .row').filter({ hasText: 'api' }).first();
    assert.match((await row.locator('.images').textContent()) ?? '', /^40/);
    assert.equal(await row.locator('.images').getAttribute('title'), 'Access denied.');
  });
});
