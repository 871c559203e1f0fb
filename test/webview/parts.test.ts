import assert from 'node:assert/strict';
import { ReviewBench } from './support/reviewPage';
import { multiPlatform, row } from './support/rows';

const index = row(0, { ...multiPlatform(0, 'stays'), currentTags: ['1.4.0'] });

describe('what is said about the tags of an image', () => {
  const bench = new ReviewBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  it('stands in its row as plain text', async () => {
    const tagNotes = ['2.0 moved to another image', 'Tag <b>new</b> is new'];
    const { page } = await bench.open({
      rows: [row(0, { currentTags: ['2', '<b>new</b>'], tagNotes }), row(1)],
    });
    const notes = page.locator('.image .tag-note');
    await notes.first().waitFor();
    assert.deepEqual(await notes.allInnerTexts(), tagNotes);
  });
});

describe('what an image is made of', () => {
  const bench = new ReviewBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  it('stands below it as a list, with what becomes of each', async () => {
    const { page } = await bench.open({ rows: [index, row(1)] });
    const lists = page.getByRole('list');
    assert.equal(await lists.count(), 1);
    const list = page.getByRole('list', { name: 'Images that belong to 1.4.0' });
    const lines = await list.getByRole('listitem').allInnerTexts();
    const digests = index.parts.map(({ shortDigest }) => shortDigest);
    assert.deepEqual(
      lines.map((line) => line.replace(/\s+/g, ' ')),
      [
        `linux/amd64 ${String(digests[0])} last pulled 94 days ago will also be deleted`,
        `attestation ${String(digests[1])} last pulled 94 days ago will also be deleted`,
        `signature ${String(digests[2])} last pulled 94 days ago not checked`,
        `linux/arm64/v8 ${String(digests[3])} last pulled 94 days ago kept: used by another image`,
      ],
    );
  });

  it('is indented by what it belongs to', async () => {
    const { page } = await bench.open({ rows: [index] });
    const left = await page
      .getByRole('listitem')
      .evaluateAll((items) => items.map((item) => item.getBoundingClientRect().left));
    assert.equal(left[0], left[1]);
    assert.ok((left[2] ?? 0) > (left[1] ?? 0));
    assert.equal(left[3], left[0]);
  });

  it('is left out once the image has an outcome', async () => {
    const deleted = { ...index, outcome: { kind: 'deleted', text: 'Deleted.' } } as const;
    const { page } = await bench.open({ rows: [deleted] });
    await page.getByText('1.4.0').first().waitFor();
    assert.equal(await page.getByRole('list').count(), 0);
  });
});
