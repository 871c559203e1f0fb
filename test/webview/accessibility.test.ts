import assert from 'node:assert/strict';
import { violations } from './support/axe';
import { looks } from './support/looks';
import { drawn, ReviewBench } from './support/reviewPage';
import { themes, type ThemeName } from './support/themes';

const { assorted, checking, finished, platforms } = looks;

/** Between them they have every kind of control and text; in one theme, all are looked at. */
const looksOfEveryTheme = { assorted, checking, finished, platforms };

describe('accessibility of the review', () => {
  const bench = new ReviewBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  for (const theme of Object.keys(themes) as ThemeName[]) {
    for (const [name, look] of Object.entries(theme === 'dark' ? looks : looksOfEveryTheme)) {
      it(`axe finds nothing to object to: ${name}, ${theme}`, async () => {
        const { page } = await bench.open({ ...look, theme });
        await drawn(page);
        assert.deepEqual(await violations(page, theme === 'dark' ? 'all' : 'color'), []);
      });
    }
  }

  it('axe finds nothing to object to in 300 pixels', async () => {
    const { page } = await bench.open({ ...looks.assorted, width: 300 });
    await drawn(page);
    assert.deepEqual(await violations(page), []);
  });

  it('shows checks, focus and disabled buttons in forced colours', async () => {
    const { page } = await bench.open({ ...looks.assorted, forcedColors: true });
    const box = page.getByRole('checkbox', { name: 'Accept current_tag for 1.3.0' });
    await box.press('Space');
    await page.getByText('accept 3 warnings').waitFor();
    await drawn(page);
    const style = await box.evaluate((element) => {
      const { borderTopWidth, outlineStyle } = getComputedStyle(element);
      return { borderTopWidth, outlineStyle, mark: getComputedStyle(element, '::before').content };
    });
    assert.equal(style.borderTopWidth, '1px');
    assert.notEqual(style.mark, 'none');
    assert.notEqual(style.outlineStyle, 'none');
  });

  it('moves nothing for who prefers less motion', async () => {
    const { page } = await bench.open(looks.checking);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await drawn(page);
    const running = await page.evaluate(
      () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
    );
    assert.equal(running, 0);
  });
});
