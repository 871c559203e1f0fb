import assert from 'node:assert/strict';
import type { Fault } from '../../src/sandbox/index';
import {
  clearNotifications,
  closeEditors,
  notification,
  openHubImages,
  pressInTree,
  runCommand,
} from '../workbench/driver';
import { describeOnBothApis } from './support/apis';
import { outcomesOf, runsOf } from './support/journal';
import { imagesSent, isDeletion } from './support/hub';
import { useHubWorkbench } from './support/hubWorkbench';
import { Review } from './support/review';
import { collapseAll, imageRow, openRepository, select } from './support/rows';
import { signIn } from './support/signIn';
import { editorText } from './support/textEditor';
import { eventually, hasText } from './support/waitFor';

/** The old process has to go first, and the request is given a moment to have its effect. */
const recoveryMs = 90_000;

describeOnBothApis('a window that is loaded again', (api) => {
  const { hub, workbench } = useHubWorkbench(api.kind, {
    hub: () => api.sandbox,
    settings: {
      'hubImages.deleteBatchSize': 1,
      'hubImages.requestTimeoutSeconds': 600, // nothing but the reload ends a request
    },
  });
  const page = () => workbench().page;
  const repository = () => hub.sandbox.world.repository('acme/api');
  const digestOf = (tag: string) => repository().tags.get(tag) ?? '';
  const short = (digest: string) => digest.slice(0, 'sha256:'.length + 12);
  let review: Review;
  let seen = 0;
  let runs = 0;

  before(async () => {
    await openHubImages(page());
    await signIn(page(), api.account);
    review = new Review(page());
  });

  beforeEach(() => {
    seen = hub.exchanges.length;
    runs = runsOf(workbench()).length;
  });

  afterEach(async () => {
    await closeEditors(page());
    await clearNotifications(page());
    await collapseAll(page());
  });

  const since = () => hub.exchanges.slice(seen);
  const lastRun = () => {
    const run = runsOf(workbench()).at(-1);
    assert.ok(run);
    return run;
  };

  /** Chooses two images and presses Delete. */
  async function choose(first: string, second: string): Promise<void> {
    await openRepository(page(), 'acme/api');
    await select(imageRow(page(), first));
    await imageRow(page(), second).click({ modifiers: ['ControlOrMeta'] });
    await pressInTree(page(), 'Delete');
  }

  /** Deletes two images, and loads the window again while the first request waits for its answer. */
  async function reloadInTheMiddle(fault: Fault, first: string, second: string): Promise<void> {
    await choose(first, second);
    await review.says('Dry run finished for 2 images');
    await review.acceptAll('is_active', 2).check();
    await review.acceptAll('current_tag', 2).check();
    hub.sandbox.faults.add({
      on: api.on.delete,
      fault,
    });
    const before = hub.sandbox.faults.injected.length;
    await review.confirm(await review.askToDelete(), 'acme/api');
    await eventually(() => hub.sandbox.faults.injected.length, before + 1);
    await workbench().reload();
    await openHubImages(page());
  }

  async function showsHistory(...texts: readonly string[]): Promise<void> {
    for (const text of texts) {
      await eventually(async () => (await editorText(page())).includes(text), true);
    }
  }

  it('before a request had its effect says that its images are unconfirmed, and that this may change', async () => {
    const digests = ['2.2.1', '2.1.1'].map(digestOf);
    await reloadInTheMiddle({ kind: 'hang' }, '2.2.1', '2.1.1');
    const message = notification(page(), /An interrupted deletion was checked\. Deletion in acme\/api/);
    await message.waitFor({ timeout: recoveryMs });
    await api.screenshot(page(), 'reload-before-effect');
    await hasText(message, 'It is not known whether 1 image was deleted. Hub Images keeps checking until');
    await message.getByRole('button', { name: 'Do Not Check Again' }).waitFor();
    await message.getByRole('button', { name: 'Show Deletion History' }).click();
    await showsHistory(
      'State         not finished, the outcome of 1 image is unknown',
      'It is not known whether 1 image was deleted. Hub Images keeps checking until',
      'Resumed',
    );
    await api.screenshot(page(), 'reload-before-effect-history');
    const [sent = ''] = lastRun().requests.flatMap(({ request }) => request.images);
    const late = digests.find((digest) => sent.endsWith(digest)) ?? '';
    const [lateTag, otherTag] = late === digests[0] ? ['2.2.1', '2.1.1'] : ['2.1.1', '2.2.1'];
    // a registry is asked to delete an image only after its tags went
    const lateRow = imageRow(page(), api.kind === 'registry' ? short(late) : lateTag);
    await openRepository(page(), 'acme/api');
    await lateRow.waitFor();
    await imageRow(page(), otherTag).waitFor();
    assert.deepEqual([...outcomesOf(lastRun())].sort(), ['notSent', 'unconfirmed']); // either may be sent first

    repository().remove([late]); // what a queue does with a request whose sender has gone
    await runCommand(page(), 'Hub Images: Check Unconfirmed Deletions');
    const settled = notification(page(), /(?<!checked\. )Deletion in acme\/api/);
    await hasText(settled, '1 of 2 images was deleted. 1 image was not deleted: no request was sent for it.');
    await api.screenshot(page(), 'reload-late-effect');
    await settled.getByRole('button', { name: 'Show Deletion History' }).click();
    await showsHistory(
      'State         finished',
      'Result        1 of 2 images was deleted. 1 image was not deleted: no request was sent for it.',
    );
    await lateRow.waitFor({ state: 'detached' });
    assert.equal(imagesSent(since()).length, 1);
  });

  it('after a request had its effect says which image is gone, and sends nothing again', async () => {
    const digests = ['2.2.0', '2.1.0'].map(digestOf);
    await reloadInTheMiddle({ kind: 'hang', afterEffect: true }, '2.2.0', '2.1.0');
    const message = notification(page(), /An interrupted deletion was checked\. Deletion in acme\/api/);
    await message.waitFor({ timeout: recoveryMs });
    await api.screenshot(page(), 'reload-after-effect');
    await hasText(message, '1 of 2 images was deleted. 1 image was not deleted: no request was sent for it.');
    await message.getByRole('button', { name: 'Show Deletion History' }).click();
    await showsHistory(
      'State         finished',
      'Result        1 of 2 images was deleted. 1 image was not deleted: no request was sent for it.',
    );
    await openRepository(page(), 'acme/api');
    const isThere = digests.map((digest) => repository().get(digest) !== undefined);
    assert.deepEqual([...isThere].sort(), [false, true]);
    await imageRow(page(), isThere[0] ? '2.2.0' : '2.1.0').waitFor();
    await imageRow(page(), isThere[0] ? '2.1.0' : '2.2.0').waitFor({ state: 'detached' });
    assert.equal(imagesSent(since()).length, 1);
    await runCommand(page(), 'Hub Images: Check Unconfirmed Deletions');
    await notification(page(), 'There is nothing to check').waitFor();
  });

  // before a deletion begins, nothing depends on the API
  if (api.kind === 'registry') return;

  it('during the dry run deletes nothing, and leaves no run', async () => {
    hub.sandbox.faults.add({ on: api.on.dryRun, fault: { kind: 'hang' } });
    const before = hub.sandbox.faults.injected.length;
    await choose('2.3.0', '2.2, 2.2.2');
    await eventually(() => hub.sandbox.faults.injected.length, before + 1);
    await workbench().reload();
    await openHubImages(page());
    await openRepository(page(), 'acme/api');
    await imageRow(page(), '2.3.0').waitFor();
    assert.equal(await page().locator('iframe.webview').count(), 0);
    assert.deepEqual(since().filter(isDeletion), []);
    assert.equal(runsOf(workbench()).length, runs);
    await runCommand(page(), 'Hub Images: Check Unconfirmed Deletions');
    await notification(page(), 'There is nothing to check').waitFor();
  });
});
