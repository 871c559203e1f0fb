import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { rowsRequestLimit } from '../../src/review/protocol';
import { drawn, ReviewBench } from './support/reviewPage';
import { currentTag, manyRows } from './support/rows';

const nodeLimit = 1500;
/** For which the page waits after it was scrolled, before it keeps its place. */
const positionDelayMs = 150;

/** Every node, text and comments included, not only elements. */
const nodeCount = (page: Page) =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
    let count = 1;
    while (walker.nextNode() !== null) {
      count += 1;
    }
    return count;
  });

const shownIndexes = (page: Page) =>
  page.locator('.body .row').evaluateAll((rows) =>
    rows
      .filter((row) => row.getBoundingClientRect().bottom > 0)
      .filter((row) => row.getBoundingClientRect().top < window.innerHeight)
      .map((row) => Number((row as HTMLElement).dataset['index'])),
  );

/**
 * Counts from now on what is put into the list.
 *
 * @returns A function that tells how often a row was, and how many of those that are no placeholder had not been there
 *   when the counting began.
 */
async function watchRows(
  page: Page,
): Promise<() => Promise<{ readonly inserted: number; readonly made: number }>> {
  const watched = await page.evaluateHandle(() => {
    const known = new Set<Node>(document.querySelectorAll('.body .row'));
    const made = new Set<Node>();
    const seen = { inserted: 0 };
    new MutationObserver((records) => {
      for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
        seen.inserted += 1;
        if (!known.has(node) && !(node as HTMLElement).classList.contains('placeholder')) {
          made.add(node);
        }
      }
    }).observe(document.querySelector('.body') ?? document, { childList: true });
    return { report: () => ({ ...seen, made: made.size }) };
  });
  return () => watched.evaluate(({ report }) => report());
}

async function scrollTo(page: Page, share: number): Promise<void> {
  await page.evaluate((part) => {
    window.scrollTo(0, part * document.documentElement.scrollHeight);
  }, share);
  await page.waitForFunction(() => document.querySelector('.placeholder') === null);
  await drawn(page);
}

/** Rows that are measured late move the others once more, and the place is kept a moment after the last move. */
async function placeIsUnchanged(page: Page): Promise<void> {
  await page.waitForFunction((settledMs) => {
    const seen = window as { retained?: string | null; since?: number };
    const state = sessionStorage.getItem('state');
    if (state === null || state !== seen.retained) {
      seen.retained = state;
      seen.since = performance.now();
    }
    return state !== null && performance.now() - (seen.since ?? 0) > settledMs;
  }, 3 * positionDelayMs);
}

describe('a review of 100,000 images', () => {
  const rows = manyRows(100_000);
  const bench = new ReviewBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  it('has fewer than 1,500 nodes in the document wherever it is scrolled', async () => {
    const { page } = await bench.open({ rows, height: 1000 });
    for (const share of [0, 0.1, 0.5, 0.9, 1]) {
      await scrollTo(page, share);
      const count = await nodeCount(page);
      assert.ok(count < nodeLimit, `${String(count)} nodes at ${String(share)}`);
    }
  });

  it('holds at most three screens of rows', async () => {
    const { page } = await bench.open({ rows });
    await scrollTo(page, 0.5);
    const height = await page
      .locator('.body .row')
      .evaluateAll((found) => found.reduce((sum, one) => sum + one.getBoundingClientRect().height, 0));
    assert.ok(height < 3 * 700, `${String(height)} pixels of rows`);
  });

  it('asks only for the rows about the view, in requests within the limit', async () => {
    const { page, host } = await bench.open({ rows });
    assert.equal(host.requests.length, 1 + Number(host.requests.length > 1)); // perhaps once more when the height is known
    const atTop = host.requests.length;
    await scrollTo(page, 0.5);
    const [first = 0] = await shownIndexes(page);
    const { requests } = host;
    const isNear = (request: (typeof requests)[number]) =>
      request.first < first + rowsRequestLimit && first - rowsRequestLimit < request.first + request.count;
    assert.ok(requests.slice(atTop).every(isNear), `rows far from ${String(first)} were asked for`);
    const isAskedFor = requests.some(
      (request) => request.first <= first && first < request.first + request.count,
    );
    assert.ok(isAskedFor, `row ${String(first)} is shown`);
    assert.ok(requests.every(({ count }) => count <= rowsRequestLimit));
    const asked = requests.reduce((sum, { count }) => sum + count, 0);
    assert.ok(asked < 1000, `${String(asked)} rows asked for`);
  });

  it('can be scrolled from end to end, every row of the view being the right one', async () => {
    const { page } = await bench.open({ rows });
    for (const share of [0.25, 0.75, 1, 0]) {
      await scrollTo(page, share);
      const shown = page.locator('.body .row');
      const wrong = await shown.evaluateAll(
        (found) =>
          found.filter(
            (one) =>
              one.getAttribute('aria-rowindex') !== String(Number((one as HTMLElement).dataset['index']) + 2),
          ).length,
      );
      assert.equal(wrong, 0);
      const [index = 0] = await shownIndexes(page);
      const text = await page.locator(`[data-index="${String(index)}"] .digest span`).textContent();
      assert.equal(text, rows[index]?.shortDigest);
    }
    await scrollTo(page, 1);
    assert.equal((await shownIndexes(page)).at(-1), 99_999);
  });

  for (const by of ['keyboard', 'wheel'] as const) {
    it(`stays small and asks for little while it is scrolled by ${by}, from end to end`, async () => {
      const { page, host } = await bench.open({ rows });
      await page.mouse.move(500, 500);
      let steps = 0;
      const look = async (): Promise<void> => {
        await drawn(page);
        steps += 1;
        const nodes = await nodeCount(page);
        const pixels = await page
          .locator('.body .row:not(.pinned)')
          .evaluateAll((found) => found.reduce((sum, one) => sum + one.getBoundingClientRect().height, 0));
        assert.ok(nodes < nodeLimit, `${String(nodes)} nodes after ${String(steps)} steps`);
        assert.ok(pixels <= 3 * 700, `${String(pixels)} pixels of rows after ${String(steps)} steps`);
      };
      /** A wheel stops where the end was thought to be before the rows there were measured, and is turned again. */
      const goToEdge = async (key: string, delta: number, index: number): Promise<void> => {
        const edge = page.locator(`[data-index="${String(index)}"]:not(.placeholder)`);
        do {
          await (by === 'keyboard' ? page.keyboard.press(key) : page.mouse.wheel(0, delta));
          await look();
        } while (steps < 100 && (await edge.count()) === 0);
        assert.equal(await edge.count(), 1);
      };
      for (const [key, delta] of [
        ['PageDown', 620],
        ['PageUp', -620],
      ] as const) {
        for (let step = 0; step < 8; step++) {
          await (by === 'keyboard' ? page.keyboard.press(key) : page.mouse.wheel(0, delta));
          await look();
        }
        await goToEdge('End', 10_000_000, 99_999);
      }
      await goToEdge('Home', -10_000_000, 0);
      assert.ok(host.received.length <= 10 * steps, `${String(host.received.length)} messages`);
      const asked = host.requests.reduce((sum, { count }) => sum + count, 0);
      assert.ok(asked < 10_000, `${String(asked)} of 100,000 rows asked for`);
    });
  }

  for (const [kind, ofKind] of [
    [
      'a warning each',
      rows.map((row, index) => ({ ...row, warnings: [currentTag([`build-${String(index)}`])] })),
    ],
    ['no finding', rows.map((row) => ({ ...row, currentTags: [], warnings: [] }))],
  ] as const) {
    it(`draws a row of images with ${kind} once when it is jumped to, and uses the elements of others for it`, async () => {
      const { page } = await bench.open({ rows: ofKind });
      await scrollTo(page, 0.2);
      const inView = await page.locator('.body .row').count();
      const watched = await watchRows(page);
      await scrollTo(page, 0.4);
      await scrollTo(page, 0.6);
      const { inserted, made } = await watched();
      assert.ok(
        inserted <= 2 * 2 * (inView + 2),
        `${String(inserted)} insertions for ${String(inView)} rows`,
      );
      assert.ok(made <= 2, `${String(made)} of them were made anew`);
    });
  }

  it('places its rows without gap or overlap', async () => {
    const { page } = await bench.open({ rows });
    await scrollTo(page, 0.37);
    const edges = await page.locator('.body .row').evaluateAll((found) =>
      found.map((one) => {
        const { top, bottom } = one.getBoundingClientRect();
        return { top, bottom };
      }),
    );
    assert.ok(edges.length > 10);
    edges.slice(1).forEach(({ top }, index) => {
      assert.ok(Math.abs(top - (edges[index]?.bottom ?? 0)) < 1, `row ${String(index + 1)}`);
    });
  });

  it('counts its rows for assistive technology', async () => {
    const { page } = await bench.open({ rows });
    assert.equal(await page.getByRole('table').getAttribute('aria-rowcount'), '100001');
    await page.getByRole('button', { name: 'Delete 100,000 Images' }).waitFor();
  });

  it('has fewer than 1,500 nodes with all that finds images and decides about them', async () => {
    const { page } = await bench.open({ rows, height: 1000 });
    await page.getByLabel('Show', { exact: true }).selectOption('current_tag');
    await page.waitForFunction(() => document.querySelector('[aria-rowcount="14287"]') !== null);
    await drawn(page);
    const count = await nodeCount(page);
    assert.ok(count < nodeLimit, `${String(count)} nodes`);
  });

  it('shows all warnings as accepted at once', async () => {
    const { page, host } = await bench.open({ rows });
    host.isHolding = true;
    await page.getByRole('checkbox', { name: /^Accept all current_tag/ }).check();
    await drawn(page);
    assert.ok(await page.getByRole('checkbox', { name: 'Accept current_tag for build-10' }).isChecked());
    await host.release();
  });
});

describe('rows that change', () => {
  const bench = new ReviewBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  it('stay on screen until the new ones arrive', async () => {
    const { page, host } = await bench.open({ rows: manyRows(500) });
    await scrollTo(page, 0.5);
    const before = await shownIndexes(page);
    host.isHolding = true;
    await host.change(host.rows.slice(0, 499), 'Removed 1 image from the plan.');
    await drawn(page);
    assert.equal(await page.locator('.placeholder').count(), 0);
    assert.deepEqual(await shownIndexes(page), before);
    await host.release();
    await drawn(page);
    assert.equal(await page.getByRole('table').getAttribute('aria-rowcount'), '500');
  });

  it('do not move what is being read when rows above it are removed', async () => {
    const { page, host } = await bench.open({ rows: manyRows(500) });
    await scrollTo(page, 0.5);
    await placeIsUnchanged(page);
    const [, second = 0] = await shownIndexes(page);
    const digest = String(host.rows[second]?.shortDigest);
    const top = async () => (await page.getByText(digest, { exact: true }).boundingBox())?.y ?? NaN;
    const before = await top();
    await host.change(host.rows.slice(20), 'Removed 20 images from the plan.');
    await page.getByRole('button', { name: 'Delete 480 Images' }).waitFor();
    await page.waitForFunction(() => document.querySelector('[aria-rowcount="481"]') !== null);
    await drawn(page);
    assert.ok(Math.abs((await top()) - before) < 2, `moved from ${String(before)} to ${String(await top())}`);
  });

  it('are as tall as was thought when they have no findings, and do not grow when the icons arrive', async () => {
    const { page } = await bench.open({ rows: manyRows(20).filter(({ warnings }) => warnings.length === 0) });
    const heights = () =>
      page
        .locator('.body .row')
        .evaluateAll((found) => [...new Set(found.map((one) => one.getBoundingClientRect().height))]);
    assert.deepEqual(await heights(), [31]);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    await drawn(page);
    assert.deepEqual(await heights(), [31]);
  });

  it('do not move when a notice appears above the list', async () => {
    const { page, host } = await bench.open({ rows: manyRows(500) });
    await scrollTo(page, 0.5);
    await placeIsUnchanged(page);
    const [, second = 0] = await shownIndexes(page);
    const digest = String(host.rows[second]?.shortDigest);
    const top = async () => (await page.getByText(digest, { exact: true }).boundingBox())?.y ?? NaN;
    const before = await top();
    const text = 'A request is all or nothing: none of its images was deleted.';
    await host.change(host.rows, 'Refused.', { notices: [{ severity: 'warning', text }] });
    await page.getByText(text).waitFor({ state: 'attached' });
    await drawn(page);
    assert.ok(Math.abs((await top()) - before) < 2, `moved from ${String(before)} to ${String(await top())}`);
  });

  it('are asked for again after an answer was lost', async () => {
    const { page, host } = await bench.open({ rows: manyRows(500), isUsedUp: true });
    await page.clock.install();
    host.isHolding = true;
    await host.change(host.rows.slice(1), 'Removed 1 image from the plan.');
    await drawn(page);
    const asked = host.requests.length;
    host.isHolding = false;
    await page.clock.runFor(3000);
    await host.change(host.rows, 'Again.');
    await page.waitForFunction(() => document.querySelector('[aria-rowcount="500"]') !== null);
    assert.ok(host.requests.length > asked);
  });

  it('are where they were after the panel was hidden', async () => {
    const { page, host } = await bench.open({ rows: manyRows(2000) });
    await scrollTo(page, 0.6);
    await placeIsUnchanged(page);
    const [, second = 0] = await shownIndexes(page);
    const digest = String(host.rows[second]?.shortDigest);
    const before = await page.getByText(digest, { exact: true }).boundingBox();
    assert.ok(before);
    await page.reload();
    // Rows above it that are measured late move it once more before it is brought back to its place.
    await page.waitForFunction(
      ([text, y]) =>
        [...document.querySelectorAll('.body .row *')].some(
          (one) => one.textContent === text && Math.abs(one.getBoundingClientRect().y - y) < 2,
        ),
      [digest, before.y] as const,
    );
  });
});
