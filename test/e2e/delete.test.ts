import assert from 'node:assert/strict';
import {
  answerInput,
  chooseFromMenu,
  closeEditors,
  dialog,
  openHubImages,
  pressInTree,
  quickInput,
  quickPickRow,
  runCommand,
} from '../workbench/driver';
import { describeOnBothApis } from './support/apis';
import { deletions, imagesSent, isDeletion, sent, tagsSent } from './support/hub';
import { useHubWorkbench } from './support/hubWorkbench';
import { pressOn, tabTo } from './support/keyboard';
import { Review } from './support/review';
import {
  collapseAll,
  imageRow,
  imageRows,
  messageRow,
  openRepository,
  repositoryRow,
  select,
  siblingCount,
} from './support/rows';
import { signIn } from './support/signIn';
import { eventually, hasText } from './support/waitFor';

/** Selects one row more. */
const more = { modifiers: ['ControlOrMeta' as const] };

describeOnBothApis('deleting images', (api) => {
  const { hub, workbench } = useHubWorkbench(api.kind, { hub: () => api.sandbox });
  const page = () => workbench().page;
  const world = () => hub.sandbox.world;
  const digestOf = (repository: string, tag: string) => world().repository(repository).tags.get(tag) ?? '';
  const short = (digest: string) => digest.slice(0, 'sha256:'.length + 12);
  let review: Review;
  let seen = 0;
  /** Labels of two images of acme/gateway that belong to another. */
  const parts: [string, string] = ['', ''];

  before(async () => {
    const gateway = world().repository('acme/gateway');
    const [amd64 = '', arm64 = ''] = gateway.get(digestOf('acme/gateway', '1.4.0'))?.children ?? [];
    [parts[0], parts[1]] = [short(amd64), short(arm64)];
    if (api.kind === 'registry') {
      // there they stand below the other and cannot be chosen, unless they have a tag of their own
      [parts[0], parts[1]] = ['amd64', 'arm64'];
      gateway.retag('amd64', amd64);
      gateway.retag('arm64', arm64);
    }
    await openHubImages(page());
    await signIn(page(), api.account);
    review = new Review(page());
  });

  beforeEach(() => {
    seen = hub.exchanges.length;
  });

  /** A test that fails must not leave its tabs and rows to the next. */
  afterEach(async () => {
    await page().keyboard.press('Escape');
    await page().keyboard.press('Escape');
    await closeEditors(page());
    await collapseAll(page());
  });

  const since = () => hub.exchanges.slice(seen);
  const deletes = () => since().filter(isDeletion);

  it('checks with a dry run, deletes what was accepted one by one, and tells what came of it', async () => {
    await openRepository(page(), 'acme/api');
    const tagged = digestOf('acme/api', '2.3.0');
    const [inTree = ''] = ((await imageRows(page()).nth(2).getAttribute('aria-label')) ?? '').split(',');
    const untagged = `sha256:${inTree}`;
    await select(imageRow(page(), '2.3.0'));
    await imageRow(page(), '2.2, 2.2.2').click({ modifiers: ['Shift'] });
    await pressInTree(page(), 'Delete');
    if (api.kind === 'registry') await review.readContents(); // one of them has no tag
    await review.says('Dry run finished for 3 images. 5 warnings are not accepted.');
    await hasText(review.title, 'Delete images: acme/api');
    assert.equal(await review.title.getByText('Sandbox').count(), 0);
    assert.equal(await review.deleteButton.getAttribute('aria-disabled'), 'true');
    await api.screenshot(page(), 'delete-review');
    await review.accept('is_active', '2.3.0').check();
    await review.accept('current_tag', '2.3.0').check();
    await review.accept('is_active', untagged).check();
    await review.accept('is_active', '2.2, 2.2.2').check();
    await review.says('1 warning is not accepted.');
    assert.equal(await review.deleteButton.getAttribute('aria-disabled'), 'true');
    await review.button('Remove 2.2, 2.2.2 from the plan').click();
    await review.says('2 images left.');
    assert.deepEqual(deletes(), []);
    const question = await review.askToDelete();
    await hasText(question, 'Delete 2 images from acme/api?');
    await hasText(question, 'acme/api:2.3.0');
    await hasText(question, 'cannot be restored');
    await api.screenshot(page(), 'delete-question');
    await review.confirm(question, 'acme/api');
    await review.says('All 2 images were deleted.');
    await hasText(review.frame.getByRole('region', { name: 'Result' }), /Deleted\s*2/);
    await hasText(
      review.frame.getByRole('region', { name: 'Result' }),
      /The server reported 2 images and 1 tag as deleted/,
    );
    await hasText(review.row('2.3.0'), 'deleted');
    await api.screenshot(page(), 'delete-result');
    await imageRow(page(), '2.3.0').waitFor({ state: 'detached' });
    await hasText(repositoryRow(page(), 'acme/api'), '39 images');

    const sentImages = imagesSent(since());
    assert.equal(sentImages.length, 2);
    assert.ok(sentImages.includes(tagged));
    if (api.kind === 'registry') {
      assert.deepEqual(tagsSent(since()), ['2.3.0']);
      return; // what was checked and accepted is told to nobody
    }
    const [dryRun] = deletions(since(), true);
    const [deletion, ...others] = deletions(since(), false);
    assert.ok(dryRun !== undefined && deletion !== undefined);
    assert.deepEqual(others, []);
    assert.equal(dryRun.manifests.length, 3);
    assert.equal(deletion.active_from, dryRun.active_from);
    const accepted = (deletion.ignore_warnings ?? []).map(({ warning, tags }) => [warning, tags ?? []]);
    assert.deepEqual(accepted.sort(), [
      ['current_tag', ['2.3.0']],
      ['is_active', []],
      ['is_active', []],
    ]);
  });

  it('lets images with errors only leave the plan', async () => {
    const [amd64, arm64] = parts;
    await openRepository(page(), 'acme/gateway');
    await select(imageRow(page(), '1.0.0'));
    await imageRow(page(), amd64).click(more);
    await imageRow(page(), arm64).click(more);
    await pressInTree(page(), 'Delete');
    if (api.kind === 'registry') await review.readContents(); // one of them is an index
    await review.says('Dry run finished for 3 images. 2 images have errors.');
    await hasText(review.row(amd64), /belongs to another image.*child_manifest/s);
    assert.equal(await review.row(amd64).getByRole('checkbox').count(), 0);
    await review.accept('current_tag', '1.0.0').check();
    if (api.kind === 'registry') {
      await review.accept('collateral', '1.0.0').check(); // only there is it known what is in an image
    }
    await review.says('All warnings accepted.');
    assert.equal(await review.deleteButton.getAttribute('aria-disabled'), 'true');
    await hasText(review.frame.locator('main'), 'remove 2 images with errors');
    await api.screenshot(page(), 'delete-errors');
    await review.button('Remove All with Errors (2)').click();
    await review.says('1 image left.');
    const question = await review.askToDelete();
    await hasText(question, 'Delete 1 image from acme/gateway?');
    await review.cancel(question);
    assert.deepEqual(deletes(), []);
    assert.ok(world().repository('acme/gateway').get(digestOf('acme/gateway', '1.0.0')));
  });

  // a registry checks no plan: there each tag is looked at right before it goes
  if (api.kind === 'management') {
    it('deletes nothing when a warning is new, shows it as new, and goes on once it is accepted', async () => {
      await openRepository(page(), 'acme/billing');
      const digest = digestOf('acme/billing', '0.1');
      await select(imageRow(page(), '0.1'));
      await pressInTree(page(), 'Delete');
      await review.says('1 warning is not accepted.');
      await review.accept('current_tag', '0.1').check();
      hub.sandbox.faults.add({
        on: api.on.delete,
        fault: {
          kind: 'before',
          change: () => {
            world().repository('acme/billing').pull(digest, new Date());
          },
        },
      });
      await review.confirm(await review.askToDelete(), 'acme/billing');
      await review.says('The server refused a request. No image was deleted.');
      await hasText(review.frame.locator('main'), 'because images have changed since the dry run');
      await review.accept('is_active', '0.1').waitFor();
      assert.equal(await review.accept('is_active', '0.1').isChecked(), false);
      await review.row('0.1').getByText('New', { exact: true }).waitFor();
      await api.screenshot(page(), 'delete-new-warning');
      assert.ok(world().repository('acme/billing').get(digest));
      await review.accept('is_active', '0.1').check();
      const question = await review.askToDelete();
      await hasText(question, 'Active, including images that are deleted along: 1 image.');
      await review.confirm(question, 'acme/billing');
      await review.says('1 image was deleted.');
      assert.equal(world().repository('acme/billing').get(digest), undefined);
      assert.equal(deletes().length, 2);
    });

    it('asks again about a tag warning that was accepted, once the image has another tag', async () => {
      await openRepository(page(), 'acme/billing');
      await select(imageRow(page(), '0.2'));
      await pressInTree(page(), 'Delete');
      await review.accept('current_tag', '0.2').check();
      world().repository('acme/billing').retag('0.2-copy', digestOf('acme/billing', '0.2'));
      await review.button('Repeat Dry Run').click();
      const withCopy = '0.2, 0.2-copy';
      await hasText(review.row(withCopy), 'Tag 0.2-copy is new');
      await eventually(() => review.accept('current_tag', withCopy).isChecked(), false);
      assert.equal(await review.deleteButton.getAttribute('aria-disabled'), 'true');
    });
  } else {
    it('leaves an image alone of which a tag points elsewhere by now', async () => {
      const billing = world().repository('acme/billing');
      const digest = digestOf('acme/billing', '0.1');
      const other = digestOf('acme/billing', '0.2');
      await openRepository(page(), 'acme/billing');
      await select(imageRow(page(), '0.1'));
      await pressInTree(page(), 'Delete');
      await review.accept('current_tag', '0.1').check();
      hub.sandbox.faults.add({
        on: { operation: 'HeadRegistryManifest', when: ({ path }) => path.endsWith('/manifests/0.1') },
        fault: {
          kind: 'before',
          change: () => {
            billing.retag('0.1', other);
          },
        },
      });
      await review.confirm(await review.askToDelete(), 'acme/billing');
      await review.says('No image was deleted. 1 image was not deleted: it had changed.');
      await api.screenshot(page(), 'delete-tag-moved');
      assert.deepEqual(deletes(), []);
      assert.ok(billing.get(digest));
      assert.equal(billing.tags.get('0.1'), other);
      assert.equal(await review.deleteButton.getAttribute('aria-disabled'), 'true');
    });
  }

  it('deletes inactive images of all pages, and none that is active', async () => {
    await openRepository(page(), 'acme/nightly');
    const row = repositoryRow(page(), 'acme/nightly');
    const [, inactive = ''] = /(\d+) inactive/.exec(await row.innerText()) ?? [];
    const active = 240 - Number(inactive);
    await chooseFromMenu(page(), row, 'Delete Inactive Images…');
    if (api.kind === 'registry') await review.readContents();
    await review.says(`Dry run finished for ${inactive} images.`);
    await api.screenshot(page(), 'delete-inactive-review');
    if (api.kind === 'management') {
      const checked = deletions(since(), true).flatMap(({ manifests }) => manifests);
      assert.equal(checked.length, Number(inactive));
    }
    await review.acceptAll('current_tag', /^Accept all current_tag warnings \(\d+\)$/).check();
    await review.says('All warnings accepted.');
    const cancelled = await review.askToDelete();
    await hasText(cancelled, `Delete ${inactive} images from acme/nightly?`);
    await hasText(cancelled, /… and \d+ more/);
    await api.screenshot(page(), 'delete-inactive-question');
    await review.cancel(cancelled);
    assert.deepEqual(deletes(), []);
    await review.confirm(await review.askToDelete(), 'acme/nightly');
    await review.says(`All ${inactive} images were deleted.`);
    await api.screenshot(page(), 'delete-inactive-result');
    await hasText(row, new RegExp(`0 inactive · ${active} images`));
    await eventually(() => siblingCount(imageRows(page()).first()), active);
    assert.equal(imagesSent(since()).length, Number(inactive));
    assert.equal(new Set(imagesSent(since())).size, Number(inactive));
    if (api.kind === 'management') {
      const [checks, requests] = [deletions(since(), true), deletions(since(), false)];
      assert.ok(requests.every(({ manifests }) => manifests.length <= 25));
      assert.equal(new Set([...checks, ...requests].map(({ active_from }) => active_from)).size, 1);
    }
  });

  it('can be done with the keyboard alone', async () => {
    const digest = digestOf('demo/website', 'v6');
    await runCommand(page(), 'Hub Images: Dry Run Delete…');
    await answerInput(page(), 'demo/website');
    const images = quickInput(page()).getByPlaceholder('Select the images to check with a dry run');
    await images.fill('v6');
    await pressOn(images, 'ArrowDown');
    await quickPickRow(page(), 'v6').and(page().locator('.focused')).waitFor();
    await page().keyboard.press('Space');
    await hasText(quickInput(page()), '1 Selected');
    await page().keyboard.press('Enter');
    await review.says('1 warning is not accepted.');
    await tabTo(page(), review.accept('current_tag', 'v6'));
    await page().keyboard.press('Space');
    await review.says('All warnings accepted.');
    await tabTo(page(), review.deleteButton, 'Shift+Tab');
    await page().keyboard.press('Enter');
    await dialog(page()).waitFor();
    await tabTo(page(), dialog(page()).getByRole('button', { name: 'Delete 1 Image' }));
    await page().keyboard.press('Enter');
    await answerInput(page(), 'demo/website');
    await review.says('1 image was deleted.');
    assert.equal(world().repository('demo/website').get(digest), undefined);
    await tabTo(page(), review.button('Close'));
    await page().keyboard.press('Enter');
    await page().locator('iframe.webview').waitFor({ state: 'detached' });
  });

  it('says unconfirmed when the repository cannot be listed afterwards', async () => {
    await openRepository(page(), 'demo/dotfiles');
    await select(imageRow(page(), 'bash'));
    await chooseFromMenu(page(), imageRow(page(), 'bash'), 'Delete Images…');
    await review.accept('current_tag', 'bash').check();
    hub.sandbox.faults.add({
      on: { ...api.on.list, when: () => imagesSent(since()).length > 0 },
      times: 'always',
      fault: { kind: 'status', status: 500, body: { message: 'out of order' } },
    });
    await review.confirm(await review.askToDelete(), 'demo/dotfiles');
    await review.says('It is not known whether 1 image was deleted.');
    await hasText(review.row('bash'), 'unknown');
    await hasText(review.row('bash'), 'it is not known whether it was deleted');
    await review.button('Check Again').waitFor();
    await api.screenshot(page(), 'delete-unconfirmed');
    await messageRow(page(), 'Images could not be listed').waitFor();
    hub.sandbox.faults.clear();
    await messageRow(page(), 'Images could not be listed').click();
    await messageRow(page(), 'Images could not be listed').waitFor({ state: 'detached' });
    await imageRow(page(), 'bash').waitFor({ state: 'detached' });
    assert.equal(imagesSent(since()).length, 1);
  });

  it('stops at an answer that is no success, sends nothing again, and goes on with what is left', async () => {
    await openRepository(page(), 'acme/api');
    await select(imageRow(page(), '2.2.1'));
    await imageRow(page(), '2.1.1').click(more);
    await pressInTree(page(), 'Delete');
    await review.acceptAll('is_active', 2).check();
    await review.acceptAll('current_tag', 2).check();
    hub.sandbox.faults.add({
      on: api.on.delete,
      fault: { kind: 'status', status: 500, body: '<html>out of order</html>' },
    });
    await review.confirm(await review.askToDelete(), 'acme/api');
    if (api.kind === 'management') {
      await review.says(
        /^The deletion was interrupted\. It is not known whether 2 images were deleted\. Hub Images keeps checking until \d{1,2}:\d\d [AP]M\.$/,
      );
      assert.equal(sent(since(), 'PostNamespacesDeleteImages').length, 3, 'two dry runs and one deletion');
    } else {
      // image by image: of the first there is no answer, its tag went before it, and nothing was sent after it
      await review.says(
        /^1 image was not deleted: no request was sent for it\. It is not known whether 1 image was deleted\. Hub Images keeps checking until \d{1,2}:\d\d [AP]M\.$/,
      );
      assert.equal(tagsSent(since()).length, 1);
    }
    assert.equal(new Set(imagesSent(since())).size, api.kind === 'management' ? 2 : 1);
    assert.equal(imagesSent(since()).length, new Set(imagesSent(since())).size);
    await api.screenshot(page(), 'delete-interrupted');
    assert.equal(await review.deleteButton.getAttribute('aria-disabled'), 'true');
    await review.button('Repeat Dry Run').click();
    if (api.kind === 'management') {
      await review.says('Dry run finished for 2 images');
    } else {
      await review.says('The review has changed since you last saw it.');
      assert.equal(await review.deleteButton.getAttribute('aria-disabled'), 'true');
    }
  });
});
