import assert from 'node:assert/strict';
import { overviewLooks } from './support/overviewLooks';
import { OverviewBench } from './support/overviewPage';
import { drawn, keepScreenshot } from './support/reviewPage';
import { themes, type ThemeName } from './support/themes';

describe('the look of the overview', () => {
  const bench = new OverviewBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  for (const [name, look] of Object.entries(overviewLooks)) {
    for (const width of [1000, 400]) {
      it(`needs no sideways scrolling: ${name} in ${String(width)} pixels`, async () => {
        const { page } = await bench.open({ ...look, width });
        await drawn(page);
        await keepScreenshot(page, `overview-${name}-${String(width)}`);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.equal(overflow, 0);
      });
    }
  }

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`takes the colours of the chart from the theme: ${theme}`, async () => {
      const { page } = await bench.open({ ...overviewLooks.assorted, theme });
      await drawn(page);
      await keepScreenshot(page, `overview-theme-${theme}`);
      assert.ok((await pixelsOf(page, themes[theme].variables['charts-blue'])) > 500);
    });
  }

  it('follows a change of the theme', async () => {
    const { page } = await bench.open(overviewLooks.assorted);
    await page.evaluate(() => {
      document.documentElement.style.setProperty('--vscode-charts-blue', '#123456');
    });
    await page.waitForFunction(
      () => getComputedStyle(document.body).getPropertyValue('--chart-bar') === '#123456',
    );
    await drawn(page);
    assert.ok((await pixelsOf(page, '#123456')) > 500);
  });

  it('is as wide as the panel, also when that changes', async () => {
    const { page } = await bench.open(overviewLooks.assorted);
    const hasCanvasOf = (width: number) =>
      page.waitForFunction(
        (expected) => document.querySelector('canvas')?.getBoundingClientRect().width === expected,
        width,
      );
    await hasCanvasOf(960);
    await page.setViewportSize({ width: 500, height: 900 });
    await hasCanvasOf(476);
  });

  it('survives forced colours', async () => {
    const { page } = await bench.open({ ...overviewLooks.assorted, forcedColors: true });
    await drawn(page);
    await keepScreenshot(page, 'overview-forced-colours');
    assert.ok(await page.evaluate(() => matchMedia('(forced-colors: active)').matches));
  });
});

/** How many pixels of the canvas have exactly this colour. */
function pixelsOf(page: Awaited<ReturnType<OverviewBench['open']>>['page'], hex: string): Promise<number> {
  const wanted = [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));
  return page.locator('canvas').evaluate((element, colour) => {
    const canvas = element as HTMLCanvasElement; // by its name
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    let found = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (colour.every((value, index) => data[at + index] === value)) found += 1;
    }
    return found;
  }, wanted);
}
