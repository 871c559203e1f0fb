import assert from 'node:assert/strict';
import type { ReviewResult } from '../../src/review/protocol';
import type { StateOverrides } from './support/fakeHost';
import { ReviewBench } from './support/reviewPage';
import { currentTag, row } from './support/rows';

const result: ReviewResult = {
  deleted: 1,
  alreadyGone: 1,
  notDeleted: 1,
  unknown: 1,
  deletedAlong: 3,
  unknownAlong: 0,
  isAnySent: true,
  reported: { manifestDeletes: 2, manifestErrors: 1, tagDeletes: 3, tagErrors: 0 },
  size: null,
};

const finished: StateOverrides = {
  phase: 'finished',
  status: '1 of 4 images was deleted.',
  imageCount: 0,
  canDelete: false,
  canRepeatDryRun: false,
  result,
  actions: ['checkAgain', 'showHistory', 'showLog'],
};

const outcomes = [
  row(0, { currentTags: ['latest'], outcome: { kind: 'deleted', text: 'Deleted: it is no longer listed.' } }),
  row(1, {
    currentTags: ['1.3.0'],
    outcome: {
      kind: 'failed',
      text: 'Still there: the deletion was sent, and the image is still listed.',
    },
  }),
  row(2, { outcome: { kind: 'alreadyGone', text: 'Already gone: it is no longer listed.' } }),
  row(3, { outcome: { kind: 'unconfirmed', text: 'Unconfirmed: the repository could not be listed.' } }),
];

describe('the result of a deletion', () => {
  const bench = new ReviewBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  it('counts the images by what became of them, and names what the server reported', async () => {
    const { page } = await bench.open({ rows: outcomes, state: finished });
    const result = page.getByRole('region', { name: 'Result' });
    const figures = await result.locator('dl > div').allInnerTexts();
    assert.deepEqual(
      figures.map((text) => text.split(/\s+/).join(' ')),
      ['Deleted 1', 'Also deleted 3', 'Already gone 1', 'Not deleted 1', 'Unknown 1'],
    );
    await result
      .getByText('The server reported 2 images and 3 tags as deleted, and errors for 1 image and 0 tags.')
      .waitFor();
  });

  it('counts nothing as deleted, and nothing as reported, where an answer is missing', async () => {
    const unknown = { ...result, deleted: 0, alreadyGone: 0, notDeleted: 0, unknown: 4, deletedAlong: 0 };
    const { page } = await bench.open({
      rows: outcomes,
      state: { ...finished, result: { ...unknown, reported: null } },
    });
    const region = page.getByRole('region', { name: 'Result' });
    assert.deepEqual(await region.locator('dt').allInnerTexts(), ['Unknown']);
    await region.getByText('The server did not report everything that it deleted.').waitFor();
  });

  it('has a button for everything that can be done about it', async () => {
    const { page, host } = await bench.open({ rows: outcomes, state: finished });
    for (const name of ['Check Again', 'Show Deletion History', 'Show Log']) {
      await page.getByRole('button', { name, exact: true }).click();
    }
    assert.deepEqual(
      host.received.flatMap((message) => (message.type === 'action' ? [message.action] : [])),
      ['checkAgain', 'showHistory', 'showLog'],
    );
  });

  it('suggests to check again where an outcome is unknown, and else to close', async () => {
    const { page } = await bench.open({ rows: outcomes, state: finished });
    const primary = page.locator('button.primary');
    assert.deepEqual(await primary.allInnerTexts(), ['Check Again']);
    await bench.closeAll();
    const known = { ...finished, result: { ...result, unknown: 0 }, actions: ['showHistory'] as const };
    const { page: next } = await bench.open({ rows: outcomes.slice(0, 3), state: known });
    assert.deepEqual(await next.locator('button.primary').allInnerTexts(), ['Close']);
  });

  it('suggests to check again before another dry run, but not before images that can be deleted', async () => {
    const left = { ...finished, phase: 'reviewing', imageCount: 1, canRepeatDryRun: true } as const;
    const { page } = await bench.open({ rows: outcomes, state: left });
    assert.deepEqual(await page.locator('button.primary').allInnerTexts(), ['Check Again']);
    await bench.closeAll();
    const { page: ready } = await bench.open({ rows: outcomes, state: { ...left, canDelete: true } });
    assert.deepEqual(await ready.locator('button.primary').allInnerTexts(), ['Delete 1 Image']);
  });

  it('says how much was removed, where the server tells sizes', async () => {
    const size = 'Size of what was removed: at most 1.24 GB.';
    const { page } = await bench.open({
      rows: outcomes,
      state: { ...finished, result: { ...result, size } },
    });
    await page.getByRole('region', { name: 'Result' }).getByText(size, { exact: true }).waitFor();
  });

  it('says of every image what became of it', async () => {
    const { page } = await bench.open({ rows: outcomes, state: finished });
    assert.deepEqual(await page.locator('.body .verdict').allInnerTexts(), [
      'deleted',
      'not deleted: still listed',
      'already gone',
      'unknown',
    ]);
    await page
      .getByRole('row', { name: /1\.3\.0/ })
      .getByText('the image is still listed')
      .waitFor();
  });

  it('leaves nothing to decide', async () => {
    const { page } = await bench.open({ rows: outcomes, state: finished });
    assert.equal(await page.getByRole('checkbox').count(), 0);
    assert.equal(await page.getByRole('button', { name: /^(Delete|Remove|Repeat)/ }).count(), 0);
    await page.getByRole('button', { name: 'Close' }).waitFor();
  });

  it('goes on with what was refused, beside what is done', async () => {
    const { page } = await bench.open({
      rows: [row(9, { currentTags: ['new'], warnings: [currentTag(['new'], { isNew: true })] }), ...outcomes],
      state: { ...finished, phase: 'reviewing', imageCount: 1, canRepeatDryRun: true },
    });
    await page.getByRole('button', { name: 'Delete 1 Image', exact: true }).waitFor();
    assert.equal(await page.getByRole('button', { name: /^Remove .* from the plan$/ }).count(), 1);
  });

  it('says of an image that is unconfirmed and still in the plan both, and leaves it to decide', async () => {
    const attempt = { kind: 'unconfirmed', text: 'Unconfirmed: it is not known yet.' } as const;
    const { page } = await bench.open({
      rows: [
        row(7, { currentTags: ['sent'], isChecked: false, attempt }),
        row(8, { currentTags: ['checked'], attempt, warnings: [currentTag(['checked'])] }),
      ],
      state: { ...finished, phase: 'reviewing', imageCount: 2, canRepeatDryRun: true },
    });
    assert.deepEqual(await page.locator('.body .verdict').allInnerTexts(), ['unknown', '1 warning']);
    assert.equal(await page.getByText(attempt.text).count(), 2);
    assert.equal(await page.getByRole('checkbox', { name: 'Accept current_tag for checked' }).count(), 1);
    assert.equal(await page.getByRole('button', { name: /^Remove .* from the plan$/ }).count(), 2);
  });
});
