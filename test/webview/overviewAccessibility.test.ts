import assert from 'node:assert/strict';
import { violations } from './support/axe';
import { overviewLooks } from './support/overviewLooks';
import { OverviewBench } from './support/overviewPage';
import { drawn } from './support/reviewPage';
import { themes, type ThemeName } from './support/themes';

const { assorted, reading, failed } = overviewLooks;

describe('accessibility of the overview', () => {
  const bench = new OverviewBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  for (const theme of Object.keys(themes) as ThemeName[]) {
    for (const [name, look] of Object.entries(
      theme === 'dark' ? overviewLooks : { assorted, reading, failed },
    )) {
      it(`axe finds nothing to object to: ${name}, ${theme}`, async () => {
        const { page } = await bench.open({ ...look, theme });
        const table = page.getByText('Show data as a table');
        if ((await table.count()) > 0) await table.click();
        await drawn(page);
        assert.deepEqual(await violations(page, theme === 'dark' ? 'all' : 'color'), []);
      });
    }
  }

  it('gives the chart its figures as a name', async () => {
    const { page } = await bench.open(overviewLooks.five);
    await page
      .getByRole('img', {
        name: 'Histogram of 5 images by last activity from Apr 17, 2026 to Jun 15, 2026, one bar per day. Most images in one bar: 1, on Apr 17, 2026.',
      })
      .waitFor();
  });
});
