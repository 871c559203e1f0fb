import assert from 'node:assert/strict';
import { looks } from './support/looks';
import { drawn, keepScreenshot, ReviewBench } from './support/reviewPage';
import { themes, type ThemeName } from './support/themes';

describe('the look of the review', () => {
  const bench = new ReviewBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  for (const [name, look] of Object.entries(looks)) {
    for (const width of [1000, 320]) {
      it(`needs no sideways scrolling: ${name} in ${String(width)} pixels`, async () => {
        const { page } = await bench.open({ ...look, width });
        await drawn(page);
        await keepScreenshot(page, `${name}-${String(width)}`);
        assert.equal(
          await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          ),
          0,
        );
      });
    }
  }

  for (const theme of Object.keys(themes) as ThemeName[]) {
    it(`takes its colours from the theme: ${theme}`, async () => {
      const { page } = await bench.open({ ...looks.assorted, theme });
      await page.getByRole('checkbox', { name: 'Accept current_tag for 1.3.0' }).check();
      await drawn(page);
      await keepScreenshot(page, `theme-${theme}`);
      const { background, colour } = await page.evaluate(() => {
        const style = getComputedStyle(document.body);
        return { background: style.backgroundColor, colour: style.color };
      });
      assert.equal(background, rgb(themes[theme].variables['editor-background']));
      assert.equal(colour, rgb(themes[theme].variables.foreground));
    });
  }

  it('survives forced colours', async () => {
    const { page } = await bench.open({ ...looks.assorted, forcedColors: true });
    await page.getByRole('checkbox', { name: 'Accept current_tag for 1.3.0' }).check();
    await drawn(page);
    await keepScreenshot(page, 'forced-colours');
    assert.ok(await page.evaluate(() => matchMedia('(forced-colors: active)').matches));
  });

  it('says when the plan is empty', async () => {
    const { page } = await bench.open({ rows: [] });
    await page.getByText('No images are left in the plan.', { exact: true }).last().waitFor();
    await keepScreenshot(page, 'empty-1000');
  });
});

function rgb(hex: string): string {
  const [red, green, blue] = [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));
  return `rgb(${String(red)}, ${String(green)}, ${String(blue)})`;
}
