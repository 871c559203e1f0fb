import assert from 'node:assert/strict';
import { drawn, keepScreenshot, ReviewBench } from './support/reviewPage';
import { currentTag, row } from './support/rows';

const markup = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
const reversed = 'good\u202Egnp.evil';
const longTags = Array.from({ length: 60 }, (_, index) => `${String(index)}-${'a'.repeat(124)}`);

describe('hostile text in the review', () => {
  const bench = new ReviewBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  const rows = [
    row(0, {
      id: markup,
      repository: markup,
      label: markup,
      shortDigest: markup,
      currentTags: [markup],
      historicalTags: [markup],
      activity: markup,
      activityDetail: markup,
      warnings: [currentTag([markup], { text: markup })],
      blockers: [{ kind: 'not_found', text: markup }],
    }),
    row(1, { currentTags: [reversed], warnings: [currentTag([reversed])] }),
    row(2, { currentTags: longTags, warnings: [currentTag(longTags)] }),
  ];
  const state = { title: markup, status: markup, notices: [{ severity: 'error', text: markup }] } as const;

  it('is shown as it is and does nothing', async () => {
    const { page } = await bench.open({ rows, state: { ...state, hasManyRepositories: true } });
    await drawn(page);
    assert.equal(await page.title(), 'Delete images');
    assert.equal(await page.locator('img, main script').count(), 0);
    assert.equal(await page.getByText(markup).count(), 11);
    await page.getByRole('checkbox', { name: `Accept current_tag for ${markup}` }).waitFor();
    await keepScreenshot(page, 'hostile-1000');
  });

  it('has characters that turn text around spelt out', async () => {
    const { page } = await bench.open({ rows });
    await page.getByRole('checkbox', { name: 'Accept current_tag for good\\u{202E}gnp.evil' }).waitFor();
    const text = (await page.locator('main').textContent()) ?? '';
    assert.ok(!text.includes('\u202E'));
  });

  for (const width of [1000, 300]) {
    it(`fits into ${String(width)} pixels however long it is`, async () => {
      const { page } = await bench.open({ rows, state, width });
      await drawn(page);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.equal(overflow, 0);
    });
  }

  it('keeps a long list of tags readable in full, by keyboard too', async () => {
    const { page } = await bench.open({ rows });
    const list = page.getByRole('group', { name: /^Tags deleted with/ });
    assert.equal(await list.textContent(), longTags.join(', '));
    await list.focus();
    assert.ok(await list.evaluate((element) => element === document.activeElement));
  });

  for (const message of [
    null,
    'state',
    { type: 'eval', code: 'document.title=1' },
    { type: 'rows', revision: 9, rowCount: 1, first: 0, rows: [{ id: 1 }] },
    { type: 'state', revision: 99, title: 'forged' },
  ]) {
    it(`drops and logs ${JSON.stringify(message)}`, async () => {
      const { page, log } = await bench.open({ rows: [row(0)] });
      const before = await page.locator('main').textContent();
      await page.evaluate((value) => {
        window.postMessage(value, '*');
      }, message);
      await drawn(page);
      assert.equal(await page.locator('main').textContent(), before);
      assert.deepEqual(log, ['A message that the review does not know was dropped.']);
    });
  }
});
