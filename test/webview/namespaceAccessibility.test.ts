import assert from 'node:assert/strict';
import { violations } from './support/axe';
import { namespaceLooks } from './support/namespaceLooks';
import { NamespaceBench } from './support/namespacePage';
import { drawn } from './support/reviewPage';
import { themes, type ThemeName } from './support/themes';

const { assorted, counting, failed } = namespaceLooks;

describe('accessibility of the overview of a namespace', () => {
  const bench = new NamespaceBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  for (const theme of Object.keys(themes) as ThemeName[]) {
    for (const [name, look] of Object.entries(
      theme === 'dark' ? namespaceLooks : { assorted, counting, failed },
    )) {
      it(`axe finds nothing to object to: ${name}, ${theme}`, async () => {
        const { page } = await bench.open({ ...look, theme });
        await drawn(page);
        assert.deepEqual(await violations(page, theme === 'dark' ? 'all' : 'color'), []);
      });
    }
  }

  it('has a table with the number of its rows, and says by which column it is sorted', async () => {
    const { page } = await bench.open(assorted);
    const table = page.getByRole('table', { name: 'Repositories' });
    assert.equal(await table.getAttribute('aria-rowcount'), '41');
    assert.equal(
      await page.getByRole('columnheader', { name: 'Storage' }).getAttribute('aria-sort'),
      'descending',
    );
    assert.equal(await page.getByRole('columnheader', { name: 'Images' }).getAttribute('aria-sort'), null);
  });

  it('has the repositories in the table alone: the treemap is for the eye', async () => {
    const { page } = await bench.open(assorted);
    await page.locator('.tile').first().waitFor();
    assert.equal(await page.locator('.treemap').getAttribute('aria-hidden'), 'true');
    assert.equal(await page.locator('.treemap').locator('button, a, [tabindex]').count(), 0);
  });

  it('says in words what is not known', async () => {
    const { page } = await bench.open(assorted);
    const row = page.locator('.body .row').filter({ hasText: 'billing' }).first();
    await row
      .getByRole('cell', { name: /^– ?Not known\./ })
      .or(row.getByText('Not known.'))
      .first()
      .waitFor();
  });
});
