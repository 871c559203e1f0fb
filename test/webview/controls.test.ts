import assert from 'node:assert/strict';
import { paused } from './support/looks';
import { drawn, ReviewBench } from './support/reviewPage';
import { assortedRows, currentTag, isActive, row } from './support/rows';

describe('the controls of the review', () => {
  const bench = new ReviewBench();
  before(() => bench.start());
  after(() => bench.stop());
  afterEach(() => bench.closeAll());

  it('have the names that people and tests rely on', async () => {
    const { page } = await bench.open({ rows: assortedRows() });
    const names = async (role: 'button' | 'checkbox') =>
      page
        .getByRole(role)
        .evaluateAll((found) => found.map((one) => one.getAttribute('aria-label') ?? one.textContent));
    const untagged = assortedRows()
      .slice(2)
      .map(({ label }) => label);
    assert.deepEqual(await names('checkbox'), [
      'Accept all is_active warnings (2)',
      'Accept all current_tag warnings (2)',
      'Accept is_active for latest, 1.4.2',
      'Accept current_tag for latest, 1.4.2',
      'Accept current_tag for 1.3.0',
      `Accept is_active for ${String(untagged[2])}`,
    ]);
    assert.deepEqual(await names('button'), [
      'Delete 5 Images',
      'Repeat Dry Run',
      'Remove All with Errors (1)',
      'Close',
      ...['latest, 1.4.2', '1.3.0', ...untagged].flatMap((label) => [
        `Copy digest of ${label}`,
        `Remove ${label} from the plan`,
      ]),
    ]);
    for (const name of await names('button')) {
      await page.getByRole('button', { name, exact: true }).waitFor();
    }
    for (const name of await names('checkbox')) {
      await page.getByRole('checkbox', { name, exact: true }).waitFor();
    }
  });

  it('say one image in the singular', async () => {
    const { page } = await bench.open({ rows: [row(0)] });
    await page.getByRole('button', { name: 'Delete 1 Image', exact: true }).waitFor();
  });

  it('leave out what there is nothing of', async () => {
    const { page } = await bench.open({ rows: [row(0)] });
    assert.equal(await page.getByRole('checkbox').count(), 0);
    assert.equal(await page.getByRole('button', { name: /with errors/ }).count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Cancel' }).count(), 0);
  });

  it('delete only when every warning is accepted and no error is left', async () => {
    const { page, host } = await bench.open({ rows: assortedRows() });
    const remove = page.getByRole('button', { name: /^Delete \d+ Images$/ });
    assert.equal(await remove.getAttribute('aria-disabled'), 'true');
    await remove.click({ force: true });
    assert.equal(host.received.filter(({ type }) => type === 'action').length, 0);

    await page.getByRole('button', { name: 'Remove All with Errors (1)' }).click();
    await page.getByText('To delete, accept 4 warnings.').waitFor();
    await page.getByRole('checkbox', { name: 'Accept all current_tag warnings (2)' }).check();
    await page.getByRole('checkbox', { name: 'Accept is_active for latest, 1.4.2' }).check();
    await page.getByText('To delete, accept 1 warning.').waitFor();
    assert.equal(await remove.getAttribute('aria-disabled'), 'true');
    await page.getByRole('checkbox', { name: /^Accept is_active for sha256:/ }).check();

    await page.locator('[data-control="delete"]:not([aria-disabled])').click();
    assert.deepEqual(host.received.at(-1), { type: 'action', action: 'delete' });
  });

  it('say why nothing can be deleted to whoever puts the focus on Delete', async () => {
    const { page } = await bench.open({ rows: assortedRows() });
    await page.getByRole('button', { name: 'Delete 5 Images' }).focus();
    const focused = page.locator(':focus');
    assert.equal(await focused.textContent(), 'Delete 5 Images');
    const id = await focused.getAttribute('aria-describedby');
    assert.equal(
      await page.locator(`#${String(id)}`).textContent(),
      'To delete, remove 1 image with errors and accept 4 warnings.',
    );
  });

  it('send each acceptance by id and show it before the answer', async () => {
    const rows = [row(0, { currentTags: ['latest'], warnings: [isActive(), currentTag(['latest'])] })];
    const { page, host } = await bench.open({ rows });
    host.isHolding = true;
    const accept = page.getByRole('checkbox', { name: 'Accept is_active for latest' });
    await accept.check();
    await drawn(page);
    assert.ok(await accept.isChecked());
    assert.deepEqual(
      host.received.find(({ type }) => type === 'warningAccepted'),
      { type: 'warningAccepted', id: rows[0]?.id, findingsRevision: 1, kind: 'is_active', isAccepted: true },
    );
    await host.release();
    await accept.uncheck();
    await drawn(page);
    assert.equal(await accept.isChecked(), false);
    assert.equal(host.rows[0]?.warnings[0]?.isAccepted, false);
  });

  describe('clicked after a check that has found other tags, but before these are on screen', () => {
    const label = (tags: readonly string[]) =>
      row(0, { currentTags: ['latest'], findingsRevision: tags.length, warnings: [currentTag(tags)] });

    for (const [control, name, status] of [
      ['the row', 'Accept current_tag for latest', 'The tags have changed.'],
      ['all rows', 'Accept all current_tag warnings (1)', 'Warnings have changed.'],
    ] as const) {
      it(`accept nothing of ${control}, and show the tags of now`, async () => {
        const { page, host } = await bench.open({ rows: [label(['latest'])] });
        const shown = page.locator('.finding .tags');
        assert.equal(await shown.textContent(), 'latest');
        host.replaceUnseen([label(['latest', 'prod'])]);
        await page.getByRole('checkbox', { name, exact: true }).click();
        await page.getByRole('status').getByText(status).waitFor();
        await page.locator('.finding .tags', { hasText: 'latest, prod' }).waitFor();
        await drawn(page);
        assert.equal(await page.locator('input:checked').count(), 0);
        assert.equal(host.rows[0]?.warnings[0]?.isAccepted, false);
        const sent = host.received.filter((message) => 'isAccepted' in message);
        assert.deepEqual(
          sent.map(({ findingsRevision }) => findingsRevision),
          [1],
        );
        await page.getByRole('checkbox', { name, exact: true }).check();
        await page.getByText(/^Accepted/).waitFor();
        assert.equal(host.rows[0].warnings[0].isAccepted, true);
      });
    }

    it('withdraw an acceptance all the same', async () => {
      const accepted = row(0, {
        currentTags: ['latest'],
        warnings: [currentTag(['latest'], { isAccepted: true })],
      });
      const { page, host } = await bench.open({ rows: [accepted] });
      host.replaceUnseen([{ ...accepted, findingsRevision: 2 }]);
      await page.getByRole('checkbox', { name: 'Accept current_tag for latest' }).uncheck();
      await page.getByText('Accepted.', { exact: true }).waitFor();
      assert.equal(host.rows[0]?.warnings[0]?.isAccepted, false);
    });
  });

  it('show a partial acceptance as neither one nor the other', async () => {
    const { page, host } = await bench.open({ rows: assortedRows() });
    const all = page.getByRole('checkbox', { name: 'Accept all current_tag warnings (2)' });
    const isPartial = () => all.evaluate((box) => (box as HTMLInputElement).indeterminate);
    assert.equal(await isPartial(), false);
    await page.getByRole('checkbox', { name: 'Accept current_tag for 1.3.0' }).check();
    await page.getByText('accept 3 warnings').waitFor();
    assert.equal(await isPartial(), true);
    await all.click();
    await page.getByText('accept 2 warnings').waitFor();
    assert.equal(await isPartial(), false);
    assert.ok(await all.isChecked());
    assert.deepEqual(
      host.received.find(({ type }) => type === 'allWarningsAccepted'),
      { type: 'allWarningsAccepted', findingsRevision: 1, kind: 'current_tag', isAccepted: true },
    );
  });

  it('list the tags that would be lost beside their checkbox and as its description', async () => {
    const { page } = await bench.open({ rows: assortedRows() });
    const box = page.getByRole('checkbox', { name: 'Accept current_tag for latest, 1.4.2' });
    const description = page.locator(`#${String(await box.getAttribute('aria-describedby'))}`);
    assert.match((await description.textContent()) ?? '', /deleted with it:\s*latest, 1\.4\.2/);
  });

  it('mark a new warning with a word', async () => {
    const { page } = await bench.open({ rows: assortedRows() });
    assert.equal(await page.getByText('New', { exact: true }).count(), 1);
    const box = page.getByRole('checkbox', { name: /^Accept is_active for sha256:/ });
    const description = page.locator(`#${String(await box.getAttribute('aria-describedby'))}`);
    assert.match((await description.textContent()) ?? '', /New/);
  });

  it('cannot be changed while work is under way, which shows its count and can be cancelled', async () => {
    const { page, host } = await bench.open({
      rows: assortedRows(),
      state: {
        phase: 'checking',
        canDelete: false,
        canRepeatDryRun: false,
        canCancel: true,
        progress: { done: 2, total: 5, pace: null },
      },
    });
    await page.getByText('2 of 5 images').waitFor();
    const bar = page.getByRole('progressbar');
    assert.equal(await bar.getAttribute('aria-valuenow'), '2');
    assert.equal(await bar.getAttribute('aria-valuemax'), '5');
    await page.getByRole('checkbox', { name: 'Accept is_active for latest, 1.4.2' }).click({ force: true });
    await page.getByRole('button', { name: 'Remove 1.3.0 from the plan' }).click({ force: true });
    await page.getByRole('button', { name: 'Repeat Dry Run' }).click({ force: true });
    await page.getByRole('button', { name: 'Cancel' }).click();
    const decisions = host.received.filter(({ type }) => type !== 'ready' && type !== 'rowsRequested');
    assert.deepEqual(decisions, [{ type: 'action', action: 'cancel' }]);
  });

  it('show what the work waits for beside its count, can still cancel it, and read out no countdown', async () => {
    const { page, host } = await bench.open({ rows: assortedRows(), state: paused });
    const timer = page.getByRole('timer');
    assert.equal(
      await timer.innerText(),
      "24 of 60 deleted. Waiting for Docker Hub's rate limit, continues in 0:41",
    );
    assert.equal(await timer.getAttribute('aria-live'), 'off');
    const status = page.getByRole('status');
    const announced = await status.textContent();
    assert.match(announced ?? '', /^\s*Deleting 60 images\.\s+Waiting for Docker Hub's rate limit\.\s*$/);
    await host.change(assortedRows(), paused.status, {
      ...paused,
      pause: { ...paused.pause, countdown: "Waiting for Docker Hub's rate limit, continues in 0:40" },
    });
    await timer.getByText('continues in 0:40').waitFor();
    assert.equal(await status.textContent(), announced);
    assert.equal(await page.getByText('24 of 60 images').count(), 0);
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.deepEqual(host.received.at(-1), { type: 'action', action: 'cancel' });
  });

  for (const [name, action] of [
    ['Repeat Dry Run', 'repeatDryRun'],
    ['Close', 'close'],
  ] as const) {
    it(`sends ${action} for ${name}`, async () => {
      const { page, host } = await bench.open({ rows: [row(0)] });
      await page.getByRole('button', { name }).press('Enter');
      assert.deepEqual(host.received.at(-1), { type: 'action', action });
    });
  }

  it('copy a digest by id and say so', async () => {
    const { page, host } = await bench.open({ rows: assortedRows() });
    await page.getByRole('button', { name: 'Copy digest of 1.3.0' }).click();
    assert.deepEqual(host.received.at(-1), { type: 'digestCopied', id: host.rows[1]?.id });
    await page.getByRole('status').getByText('Copied the digest of 1.3.0.').waitFor();
  });

  it('announce what happened in one live region', async () => {
    const { page, host } = await bench.open({ rows: assortedRows() });
    assert.equal(await page.getByRole('status').textContent(), 'Dry run finished.');
    const region = page.getByRole('status');
    await region.evaluate((element) => element.setAttribute('data-same', ''));
    await host.change(host.rows.slice(1), 'Removed 1 image from the plan.');
    await drawn(page);
    assert.equal(await region.textContent(), 'Removed 1 image from the plan.');
    assert.equal(await region.getAttribute('data-same'), ''); // a new element would not be announced
  });
});
