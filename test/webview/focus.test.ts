import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { until } from '../support/until';
import { drawn, ReviewBench } from './support/reviewPage';
import { assortedRows, manyRows } from './support/rows';

const focusedName = (page: Page) =>
  page.evaluate(
    () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
  );

describe('the keyboard in the review', () => {
  const bench = new ReviewBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  it('goes from the plan as a whole to each image in order', async () => {
    const { page } = await bench.open({ rows: assortedRows().slice(0, 2) });
    const seen: string[] = [];
    for (let step = 0; step < 12; step++) {
      await page.keyboard.press('Tab');
      seen.push(String(await focusedName(page)));
    }
    assert.deepEqual(seen, [
      'Accept all is_active warnings (1)',
      'Accept all current_tag warnings (2)',
      'Delete 2 Images',
      'Repeat Dry Run',
      'Close',
      'Copy digest of latest, 1.4.2',
      'Remove latest, 1.4.2 from the plan',
      'Accept is_active for latest, 1.4.2',
      'Accept current_tag for latest, 1.4.2',
      'Copy digest of 1.3.0',
      'Remove 1.3.0 from the plan',
      'Accept current_tag for 1.3.0',
    ]);
  });

  it('accepts with Space and stays where it is', async () => {
    const { page, host } = await bench.open({ rows: assortedRows() });
    await page.getByRole('checkbox', { name: 'Accept current_tag for 1.3.0' }).focus();
    await page.keyboard.press('Space');
    await page.getByText('accept 3 warnings').waitFor();
    await drawn(page);
    assert.equal(await focusedName(page), 'Accept current_tag for 1.3.0');
    assert.equal(host.rows[1]?.warnings[0]?.isAccepted, true);
  });

  it('moves to the next image when its image is removed, and to the one before at the end', async () => {
    const { page, host } = await bench.open({ rows: assortedRows() });
    await page.getByRole('button', { name: 'Remove latest, 1.4.2 from the plan' }).press('Enter');
    await page.getByRole('button', { name: 'Delete 4 Images' }).waitFor();
    await drawn(page);
    assert.equal(await focusedName(page), 'Remove 1.3.0 from the plan');

    const labels = host.rows.map(({ label }) => label);
    await page.getByRole('button', { name: `Remove ${String(labels[3])} from the plan` }).press('Enter');
    await page.getByRole('button', { name: 'Delete 3 Images' }).waitFor();
    await drawn(page);
    assert.equal(await focusedName(page), `Remove ${String(labels[2])} from the plan`);
  });

  it('removes a plan image by image with one key, down to an empty plan', async () => {
    const { page, host } = await bench.open({ rows: assortedRows() });
    await page.getByRole('button', { name: 'Remove latest, 1.4.2 from the plan' }).focus();
    for (let left = 4; left > 0; left--) {
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: new RegExp(`^Delete ${String(left)} Image`) }).waitFor();
      await drawn(page);
    }
    await page.keyboard.press('Enter');
    await page.getByRole('table').waitFor({ state: 'detached' });
    await drawn(page);
    assert.equal(host.rows.length, 0);
    assert.equal(await focusedName(page), 'Delete 0 Images');
  });

  it('goes to Delete when its own button has served', async () => {
    const { page } = await bench.open({ rows: assortedRows() });
    await page.getByRole('button', { name: 'Remove All with Errors (1)' }).press('Enter');
    await page.getByRole('button', { name: 'Delete 4 Images' }).waitFor();
    await drawn(page);
    assert.equal(await focusedName(page), 'Delete 4 Images');
  });

  it('is not pulled back after it was taken elsewhere', async () => {
    const { page, host } = await bench.open({ rows: assortedRows() });
    await page.getByRole('button', { name: 'Remove 1.3.0 from the plan' }).focus();
    await page.getByRole('heading', { level: 1 }).click();
    await host.change(host.rows.slice(2), 'Changed.');
    await page.getByRole('button', { name: 'Delete 3 Images' }).waitFor();
    await drawn(page);
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
  });

  it('keeps the focused control while its row is scrolled far away', async () => {
    const { page } = await bench.open({ rows: manyRows(2000) });
    await page.getByRole('checkbox', { name: 'Accept current_tag for build-10' }).focus();
    await page.evaluate(() => {
      window.scrollTo(0, 30_000);
    });
    await drawn(page);
    assert.equal(await focusedName(page), 'Accept current_tag for build-10');
    assert.ok((await page.evaluate(() => window.scrollY)) > 20_000);
  });

  it('scrolls by Page Down, End and Home wherever the focus is', async () => {
    const { page } = await bench.open({ rows: manyRows(300) });
    await page.getByRole('checkbox', { name: /^Accept all/ }).focus();
    await drawn(page); // before that the rows have no height to scroll by
    await page.keyboard.press('PageDown');
    await page.waitForFunction(() => window.scrollY > 300);
    await page.keyboard.press('End');
    await page.locator('[data-index="299"]').waitFor();
    await page.waitForFunction(
      () => window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 1,
    );
    await drawn(page);
    await page.keyboard.press('Home');
    await page.waitForFunction(() => window.scrollY === 0);
  });

  it('never hides the focused control beneath the toolbar', async () => {
    const { page } = await bench.open({ rows: manyRows(200), height: 500 });
    await page.evaluate(() => {
      window.scrollTo(0, 2000);
    });
    await drawn(page);
    for (let step = 0; step < 30; step++) {
      await page.keyboard.press('Shift+Tab');
      await drawn(page);
      const isFree = await page.evaluate(() => {
        const focused = document.activeElement;
        if (focused === null || focused === document.body || focused.closest('.toolbar') !== null) {
          return true;
        }
        const { x, y, width, height } = focused.getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2) === focused;
      });
      assert.ok(isFree, `hidden after ${String(step + 1)} steps back: ${String(await focusedName(page))}`);
    }
  });

  it('is reported when it comes without a click, and not when a click brings it', async () => {
    const { page, focusReports } = await bench.open({ rows: manyRows(3) });
    const focus = () =>
      page.evaluate(() => {
        window.dispatchEvent(new FocusEvent('focus'));
      });
    await focus();
    await page.mouse.move(300, 300);
    await page.mouse.down();
    await focus();
    await page.mouse.up();
    await focus();
    await until(() => focusReports.length >= 2); // they arrive in order
    assert.equal(focusReports.length, 2);
  });
});
