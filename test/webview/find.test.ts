import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { drawn, keepScreenshot, ReviewBench } from './support/reviewPage';
import { assortedRows, currentTag, manyRows, row } from './support/rows';
import { themes, type ThemeName } from './support/themes';

const search = (page: Page) =>
  page.getByRole('searchbox', { name: 'Search tags, digests, and repositories' });
const isSearchFocused = (page: Page) =>
  search(page).evaluate((element) => element === document.activeElement);

/** Resolves when so many rows are told to be there. */
async function rowsTold(page: Page, count: number): Promise<void> {
  await page.locator(`[role="table"][aria-rowcount="${String(count + 1)}"]`).waitFor();
  await drawn(page);
}

describe('finding images in the review', () => {
  const bench = new ReviewBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  it('is offered where there is more than a glance takes in', async () => {
    const few = await bench.open({ rows: assortedRows() });
    assert.equal(await search(few.page).count(), 0);
    const { page } = await bench.open({ rows: manyRows(11) });
    assert.equal(await search(page).count(), 1);
  });

  it('asks the extension once typing rests, and shows and says how many it found', async () => {
    const { page, host } = await bench.open({ rows: manyRows(2000) });
    await search(page).pressSequentially('build-10', { delay: 10 });
    await rowsTold(page, 17);
    const views = host.received.flatMap((message) => (message.type === 'viewChanged' ? [message.view] : []));
    assert.deepEqual(views.at(-1), { search: 'build-10', filter: 'all', order: 'plan' });
    assert.ok(views.length < 8, `${String(views.length)} searches for 8 keys`);
    await page.getByText('17 of 2,000 shown', { exact: true }).waitFor();
    assert.equal(await page.getByRole('status').textContent(), '17 of 2,000 images shown.');
    assert.equal(await search(page).inputValue(), 'build-10');
    await page.getByRole('button', { name: 'Delete 2,000 Images' }).waitFor();
  });

  for (const key of ['Control+f', '/']) {
    it(`begins with ${key} and ends with Escape`, async () => {
      const { page } = await bench.open({ rows: manyRows(200) });
      await page.getByRole('button', { name: 'Close' }).focus();
      await page.keyboard.press(key);
      assert.ok(await isSearchFocused(page));
      await page.keyboard.type('build-10');
      await page.keyboard.press('Enter');
      await rowsTold(page, 3);
      await page.keyboard.press('Home');
      await page.keyboard.press('Escape');
      await rowsTold(page, 200);
      assert.ok(await isSearchFocused(page));
      assert.equal(await search(page).inputValue(), '');
    });
  }

  it('leaves a slash to whoever types one', async () => {
    const { page } = await bench.open({ rows: manyRows(200) });
    await search(page).pressSequentially('a/b');
    assert.equal(await search(page).inputValue(), 'a/b');
  });

  it('says that nothing matches, and leads back to all images', async () => {
    const { page } = await bench.open({ rows: manyRows(200) });
    await search(page).fill('there is none');
    await page.getByText('No images match.').first().waitFor();
    await keepScreenshot(page, 'find-nothing-1000');
    await page.getByRole('button', { name: 'Show All Images' }).click();
    await rowsTold(page, 200);
    assert.ok(await isSearchFocused(page));
  });

  it('accepts and removes what is shown, with the number of the view, and nothing else', async () => {
    const { page, host } = await bench.open({ rows: manyRows(2000) });
    await search(page).fill('build-10');
    await rowsTold(page, 17);
    await page.getByRole('checkbox', { name: 'Accept shown current_tag warnings (17)' }).check();
    await page.getByText('Accepted those shown.').waitFor();
    const accepted = host.rows.filter(({ warnings }) => warnings.some(({ isAccepted }) => isAccepted));
    assert.equal(accepted.length, 17);
    await page.getByRole('button', { name: 'Remove 17 Shown Images from Plan' }).click();
    await page.getByRole('button', { name: 'Delete 1,983 Images' }).waitFor();
    assert.ok(host.rows.every(({ currentTags }) => !currentTags.some((tag) => tag.includes('build-10'))));
    assert.deepEqual(
      host.received.filter(({ type }) => type.startsWith('shown')),
      [
        {
          type: 'shownWarningsAccepted',
          viewNumber: 2,
          imageCount: 17,
          findingsRevision: 1,
          kind: 'current_tag',
          isAccepted: true,
        },
        { type: 'shownRowsRemoved', viewNumber: 2, imageCount: 17 },
      ],
    );
  });

  it('decides about a row by its image, wherever the row stands', async () => {
    const { page, host } = await bench.open({ rows: manyRows(2000) });
    await search(page).fill('build-1004');
    await rowsTold(page, 1);
    await page.getByRole('checkbox', { name: 'Accept current_tag for build-1004' }).check();
    await page.getByText('Accepted.', { exact: true }).waitFor();
    assert.equal(host.rows[1004]?.warnings[0]?.isAccepted, true);
  });

  it('filters and orders with the keyboard', async () => {
    const { page, host } = await bench.open({ rows: manyRows(200) });
    await page.getByLabel('Show', { exact: true }).selectOption('current_tag');
    await rowsTold(page, 29);
    await page.getByLabel('Sort by', { exact: true }).selectOption('newestActivity');
    await page.waitForFunction(() => document.querySelector('select')?.value !== '');
    assert.deepEqual(host.received.filter(({ type }) => type === 'viewChanged').at(-1), {
      type: 'viewChanged',
      view: { search: '', filter: 'current_tag', order: 'newestActivity' },
    });
    await page.getByRole('button', { name: 'Show All', exact: true }).click();
    await rowsTold(page, 200);
  });

  it('begins at the first row of what was found, below the toolbar', async () => {
    const { page } = await bench.open({ rows: manyRows(5000) });
    await page.keyboard.press('End');
    await page.locator('[data-index="4999"]').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('build-1');
    await page.keyboard.press('Enter');
    const first = page.locator('[data-index="0"]:not(.placeholder)');
    await first.waitFor();
    await drawn(page);
    const place = await page.evaluate(() => {
      const top = document.querySelector('[data-index="0"]')?.getBoundingClientRect().top ?? NaN;
      return { top, head: document.querySelector('.head')?.getBoundingClientRect().bottom ?? NaN };
    });
    assert.ok(place.top >= place.head - 1 && place.top < 700, JSON.stringify(place));
  });

  it('shows the view again after the panel was hidden', async () => {
    const { page } = await bench.open({ rows: manyRows(2000) });
    await search(page).fill('build-10');
    await rowsTold(page, 17);
    await page.reload();
    await rowsTold(page, 17);
    assert.equal(await search(page).inputValue(), 'build-10');
  });

  for (const theme of Object.keys(themes) as ThemeName[]) {
    for (const width of [1000, 320]) {
      it(`needs no sideways scrolling: ${theme} in ${String(width)} pixels`, async () => {
        const rows = [
          ...manyRows(40),
          row(50, { currentTags: ['1.3.0'], warnings: [currentTag(['1.3.0'])] }),
        ];
        const { page } = await bench.open({ rows, theme, width });
        await page.getByLabel('Show', { exact: true }).selectOption('current_tag');
        await rowsTold(page, 7);
        await keepScreenshot(page, `find-${theme}-${String(width)}`);
        const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
        assert.equal(scrollWidth, clientWidth);
      });
    }
  }

  it('continues a dry run that broke off', async () => {
    const { page, host } = await bench.open({
      rows: manyRows(20),
      state: { phase: 'failed', canDelete: false, uncheckedCount: 3, leftToCheck: 3 },
    });
    await page.getByRole('button', { name: 'Continue Dry Run (3 Images Left)' }).press('Enter');
    assert.deepEqual(host.received.at(-1), { type: 'action', action: 'continueDryRun' });
  });

  it('tells the pace of the work beside its count', async () => {
    const { page } = await bench.open({
      rows: manyRows(20),
      state: {
        phase: 'checking',
        progress: { done: 12_300, total: 100_000, pace: '410 a second · 3 min left' },
      },
    });
    await page.getByText('12,300 of 100,000 images · 410 a second · 3 min left').waitFor();
  });
});
