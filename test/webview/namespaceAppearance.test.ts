import assert from 'node:assert/strict';
import { namespaceLooks } from './support/namespaceLooks';
import { NamespaceBench } from './support/namespacePage';
import { drawn, keepScreenshot } from './support/reviewPage';
import { themes, type ThemeName } from './support/themes';

describe('the look of the overview of a namespace', () => {
  const bench = new NamespaceBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  for (const [name, look] of Object.entries(namespaceLooks)) {
    for (const width of [1600, 700, 320]) {
      it(`needs no sideways scrolling: ${name} in ${String(width)} pixels`, async () => {
        const { page } = await bench.open({ ...look, width });
        await drawn(page);
        await keepScreenshot(page, `namespace-${name}-${String(width)}`);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.equal(overflow, 0);
      });
    }
  }

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`looks as the theme has it: ${theme}`, async () => {
      const { page } = await bench.open({ ...namespaceLooks.assorted, theme });
      await drawn(page);
      await keepScreenshot(page, `namespace-theme-${theme}`);
      const tile = page.locator('.tile.counted').first();
      const border = await tile.evaluate((element) => getComputedStyle(element).borderTopStyle);
      assert.equal(border, 'solid');
    });
  }

  it('survives forced colours', async () => {
    const { page } = await bench.open({ ...namespaceLooks.assorted, forcedColors: true });
    await drawn(page);
    await keepScreenshot(page, 'namespace-forced-colours');
    assert.ok(await page.evaluate(() => matchMedia('(forced-colors: active)').matches));
  });
});
