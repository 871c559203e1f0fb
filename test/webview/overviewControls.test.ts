import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { five, figuresOf, imageBefore, overviewLooks } from './support/overviewLooks';
import { OverviewBench, stateOf } from './support/overviewPage';
import { drawn } from './support/reviewPage';

const line = (page: Page) =>
  page.getByRole('slider', { name: 'Line that divides the images by last activity' });
const deleteButton = (page: Page) => page.locator('[data-control="delete"]');
const dateField = (page: Page) => page.getByLabel('Date of the line');

/** Waits until a screen reader would say so of the line. */
async function lineSays(page: Page, text: string): Promise<void> {
  await line(page)
    .and(page.locator(`[aria-valuetext="${text}"]`))
    .waitFor();
}

describe('the controls of the overview', () => {
  const bench = new OverviewBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  it('begin with the line at active_from and count what is left of it', async () => {
    const { page } = await bench.open(overviewLooks.five);
    await lineSays(page, 'May 15, 2026, 10:15 AM UTC: 2 images to the left of the line');
    assert.equal(await deleteButton(page).textContent(), 'Delete 2 Images Left of the Line…');
    assert.equal(await dateField(page).inputValue(), '2026-05-15');
  });

  const keys: readonly [keys: readonly string[], says: string][] = [
    [['ArrowLeft'], 'May 15, 2026: 2 images to the left of the line'],
    [['ArrowRight'], 'May 16, 2026: 2 images to the left of the line'],
    [['ArrowLeft', 'ArrowLeft'], 'May 14, 2026: 2 images to the left of the line'],
    [['Home'], 'Apr 17, 2026: 0 images to the left of the line'],
    [['Home', 'ArrowLeft'], 'Apr 17, 2026: 0 images to the left of the line'],
    [['Home', 'PageUp'], 'Apr 18, 2026: 1 image to the left of the line'],
    [['End'], 'Jun 15, 2026: 5 images to the left of the line'],
    [['End', 'ArrowRight'], 'Jun 15, 2026: 5 images to the left of the line'],
    [['End', 'Control+ArrowLeft'], 'Jun 14, 2026: 4 images to the left of the line'],
  ];
  for (const [pressed, says] of keys) {
    it(`move the line by ${pressed.join(', ')}, and ask nothing for it`, async () => {
      const { page, received } = await bench.open(overviewLooks.five);
      await line(page).focus();
      for (const key of pressed) await page.keyboard.press(key);
      await lineSays(page, says);
      assert.deepEqual(received, [{ type: 'ready' }]);
    });
  }

  it('move the line by a bin where that is longer than a day', async () => {
    const { page } = await bench.open({ figures: figuresOf([imageBefore(0.5), imageBefore(300)]) });
    await line(page).focus();
    await page.keyboard.press('PageDown');
    await lineSays(page, 'May 11, 2026: 1 image to the left of the line'); // a Monday
    await page.keyboard.press('PageDown');
    await lineSays(page, 'May 4, 2026: 1 image to the left of the line');
  });

  it('tell the line’s place among its bounds in numbers, too', async () => {
    const { page } = await bench.open(overviewLooks.five);
    await line(page).press('End');
    await lineSays(page, 'Jun 15, 2026: 5 images to the left of the line');
    const value = (name: string) => line(page).getAttribute(`aria-value${name}`);
    assert.equal(await value('now'), await value('max'));
    assert.equal(await value('min'), String(Date.parse('2026-04-17T00:00:00Z')));
  });

  it('drag the line with the mouse, and stop at its bounds', async () => {
    const { page } = await bench.open(overviewLooks.five);
    const box = await line(page).boundingBox();
    assert.ok(box !== null);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(5, box.y, { steps: 5 });
    await lineSays(page, 'Apr 17, 2026: 0 images to the left of the line');
    await page.mouse.move(2000, box.y + 50, { steps: 5 });
    await lineSays(page, 'Jun 15, 2026: 5 images to the left of the line');
    await page.mouse.up();
    await page.mouse.move(5, box.y);
    await drawn(page);
    await lineSays(page, 'Jun 15, 2026: 5 images to the left of the line');
  });

  it('bring the line to where the chart is tapped', async () => {
    const { page } = await bench.open({ ...overviewLooks.five, hasTouch: true, width: 600 });
    await page.locator('.plot').tap({ position: { x: 60, y: 100 } });
    await page.getByRole('status').waitFor();
    const at = Number(await line(page).getAttribute('aria-valuenow'));
    assert.ok(at < Date.parse('2026-05-01T00:00:00Z'));
    assert.equal(at % (24 * 60 * 60 * 1000), 0);
  });

  it('take a date, and say how many images that makes', async () => {
    const { page } = await bench.open(overviewLooks.five);
    await dateField(page).fill('2026-06-01');
    await dateField(page).blur();
    await page.getByRole('status').getByText('Jun 1, 2026: 3 images to the left of the line').waitFor();
    assert.equal(await deleteButton(page).textContent(), 'Delete 3 Images Left of the Line…');
  });

  for (const date of ['2026-04-15', '2026-06-16', '']) {
    it(`leave the line where it is for ${date === '' ? 'no date' : date}, and say what can be chosen`, async () => {
      const { page } = await bench.open(overviewLooks.five);
      await dateField(page).fill(date);
      await dateField(page).blur();
      await page.getByText('Choose a date from Apr 17, 2026 to Jun 15, 2026.').waitFor();
      assert.equal(await dateField(page).getAttribute('aria-invalid'), 'true');
      await lineSays(page, 'May 15, 2026, 10:15 AM UTC: 2 images to the left of the line');
      await page.getByRole('button', { name: 'Reset Line' }).click();
      assert.equal(await dateField(page).inputValue(), '2026-05-15');
    });
  }

  it('bring the line back to active_from', async () => {
    const { page } = await bench.open(overviewLooks.five);
    await line(page).press('Home');
    await page.getByRole('button', { name: 'Reset Line' }).click();
    await lineSays(page, 'May 15, 2026, 10:15 AM UTC: 2 images to the left of the line');
  });

  it('ask for a plan of exactly what is left of the line', async () => {
    const { page, received } = await bench.open(overviewLooks.five);
    await line(page).press('PageUp');
    await deleteButton(page).click();
    assert.deepEqual(received.at(-1), {
      type: 'deletionWanted',
      activeFrom: '2026-05-16T00:00:00.000Z',
      count: 2,
    });
  });

  const refusals = {
    'There are no images to the left of the line. Move it to the right.': overviewLooks.one,
    'This repository has no images.': overviewLooks.empty,
    'The last activity of every image is unknown.': overviewLooks.unknown,
    'Delete is available after all images are read.': overviewLooks.reading,
    'You have signed out or switched to another account or server.': overviewLooks.left,
  };
  for (const [reason, look] of Object.entries(refusals)) {
    it(`ask for nothing and say why: ${reason}`, async () => {
      const { page, received } = await bench.open(look);
      await deleteButton(page).focus();
      const described = await deleteButton(page).getAttribute('aria-describedby');
      assert.equal(await page.locator(`#${String(described)}`).textContent(), reason);
      await deleteButton(page).click({ force: true });
      assert.deepEqual(received, [{ type: 'ready' }]);
    });
  }

  it('refuse a line in the future', async () => {
    const figures = { ...overviewLooks.five.figures, activeFrom: '2026-07-01T00:00:00.000Z' };
    const { page } = await bench.open({ figures });
    await page.getByText('The line is in the future. Move it to the left.').waitFor();
    assert.equal(await deleteButton(page).getAttribute('aria-disabled'), 'true');
  });

  it('show how far the reading is, and cancel it', async () => {
    const { page, received } = await bench.open(overviewLooks.reading);
    await page.getByText('100,000 images · 60,000 active · 40,000 inactive or unknown').waitFor();
    await page.getByText('12,300 of 100,000 images · 410 a second · 4 min left').waitFor();
    assert.equal(await page.getByRole('progressbar').getAttribute('aria-valuenow'), '12300');
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.deepEqual(received.at(-1), { type: 'action', action: 'cancel' });
  });

  it('count unknown activity by itself before the images are there', async () => {
    const { page } = await bench.open(overviewLooks.failed);
    await page.getByText('up to 41 images · 29 active · 10 inactive · 2 unknown', { exact: true }).waitFor();
  });

  it('read again by a button and by F5', async () => {
    const { page, received } = await bench.open(overviewLooks.failed);
    await page.getByRole('button', { name: 'Read Again' }).click();
    await page.keyboard.press('F5');
    const again = { type: 'action', action: 'readAgain' };
    assert.deepEqual(received.slice(1), [again, again]);
  });

  it('keep the focus when a control goes', async () => {
    const { page, report } = await bench.open(overviewLooks.reading);
    await page.getByRole('button', { name: 'Cancel' }).focus();
    await report(overviewLooks.five.figures);
    await report(stateOf());
    await page.locator('[data-control="delete"]:focus').waitFor();
  });

  it('keep a line that was moved while the repository is read again', async () => {
    const { page, report } = await bench.open(overviewLooks.five);
    await line(page).press('ArrowLeft');
    await report(figuresOf([...five, imageBefore(50)]));
    await lineSays(page, 'May 15, 2026: 3 images to the left of the line');
  });

  it('keep the line and the open table while the panel is hidden', async () => {
    const { page } = await bench.open(overviewLooks.five);
    await line(page).press('Home');
    await page.getByText('Show data as a table').click();
    await page.waitForFunction(
      () => sessionStorage.getItem('state')?.includes('"isTableOpen":true') === true,
    );
    await page.reload();
    await lineSays(page, 'Apr 17, 2026: 0 images to the left of the line');
    await page.getByRole('table', { name: /^Histogram of 5 images/ }).waitFor();
  });

  it('recount 100,000 images at once', async () => {
    const { page } = await bench.open(overviewLooks.many);
    await line(page).focus();
    const counts = await line(page).evaluate(async (element) => {
      const shown = () => document.querySelector('[data-control="delete"]')?.textContent ?? '';
      const counted: { readonly atOnce: string; readonly later: string }[] = [];
      for (let step = 0; step < 5; step += 1) {
        element.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowLeft', bubbles: true }));
        await new Promise((resolve) => setTimeout(resolve));
        const atOnce = shown();
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        counted.push({ atOnce, later: shown() });
      }
      return counted;
    });
    assert.deepEqual(
      counts.map(({ atOnce }) => atOnce),
      counts.map(({ later }) => later),
    );
    assert.equal(new Set(counts.map(({ atOnce }) => atOnce)).size, counts.length);
    assert.ok(JSON.stringify(overviewLooks.many.figures).length < 300_000);
  });

  it('copy a digest and say so', async () => {
    const { page, received } = await bench.open(overviewLooks.five);
    await page.getByRole('button', { name: 'Copy digest of latest, new' }).click();
    await page.getByRole('status').getByText('Copied the digest of latest, new.').waitFor();
    assert.deepEqual(received.at(-1), { type: 'digestCopied', digest: five[3]?.digest });
  });
});

describe('the figures of the overview', () => {
  const bench = new OverviewBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  it('are divided by the line, with and without a tag', async () => {
    const { page } = await bench.open(overviewLooks.five);
    const totals = () => page.locator('.totals > div').allInnerTexts();
    assert.deepEqual(await totals(), [
      'Left of the line\n2\n1 tagged · 1 untagged',
      'Right of the line\n3\n1 tagged · 2 untagged',
      'Activity unknown\n0\n0 tagged · 0 untagged',
    ]);
    await line(page).press('End');
    await lineSays(page, 'Jun 15, 2026: 5 images to the left of the line');
    assert.equal((await totals())[1], 'Right of the line\n0\n0 tagged · 0 untagged');
  });

  it('do not count images whose pulls are not known as left of the line', async () => {
    const untold = { arePullsUnknown: true } as const;
    const { page } = await bench.open({
      figures: figuresOf([imageBefore(59), imageBefore(40, untold), imageBefore(20, untold)]),
    });
    const totals = () => page.locator('.totals .number').allInnerTexts();
    assert.deepEqual(await totals(), ['1', '1', '1']);
    const summary = () => page.locator('header .summary').first().innerText();
    assert.equal(
      (await summary()).replaceAll('\u00a0', ' '),
      '3 images · 1 active · 1 inactive · 1 unknown · 0 tagged · 3 untagged',
    );
    await line(page).press('End');
    await lineSays(page, 'Jun 15, 2026: 1 image to the left of the line');
    assert.deepEqual(await totals(), ['1', '0', '2']);
  });

  it('say nothing of unknown activity if there is none', async () => {
    const { page } = await bench.open(overviewLooks.five);
    assert.doesNotMatch(await page.locator('header').innerText(), /unknown|up to|may belong/);
  });

  it('say how many images may be parts of others', async () => {
    const { page } = await bench.open({
      figures: figuresOf([imageBefore(59), imageBefore(40, { doubt: 'undetermined' })]),
    });
    await page.getByText('up to 2 images').waitFor();
    await page
      .getByText('1 image may belong to a multi-platform image whose contents have not been read.')
      .waitFor();
  });

  it('are in a table, too, bin by bin', async () => {
    const { page } = await bench.open(overviewLooks.assorted);
    await page.getByText('Show data as a table').click();
    const table = page.getByRole('table', { name: /^Histogram of 120 images/ });
    const images = await table.locator('tbody td:nth-child(3)').allTextContents();
    assert.equal(
      images.reduce((sum, text) => sum + Number(text), 0),
      120,
    );
    assert.equal(images.length, overviewLooks.assorted.figures.bins.length);
  });

  it('name the biggest and the oldest', async () => {
    const { page } = await bench.open(overviewLooks.assorted);
    const names = (list: string) => page.getByRole('table', { name: list }).locator('tbody tr').count();
    assert.equal(await names('Largest images'), 10);
    assert.equal(await names('Oldest activity'), 10);
  });

  it('say where a server tells no sizes', async () => {
    const { page } = await bench.open(overviewLooks.five);
    await page.getByText('This server does not report image sizes.').waitFor();
    assert.equal(await page.getByRole('table', { name: 'Largest images' }).count(), 0);
  });

  it('hold nothing that a tag could hide or turn around', async () => {
    const figures = figuresOf([imageBefore(1, { tags: [{ name: 'a\u202Eb<img src=x>', isCurrent: true }] })]);
    const { page } = await bench.open({ figures });
    await page.getByText('a\\u{202E}b<img src=x>').waitFor();
    assert.equal(await page.locator('img').count(), 0);
  });
});
