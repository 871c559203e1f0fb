import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { sandboxAccounts } from '../../src/sandbox/index';
import { screenshot } from '../workbench/artifacts';
import {
  chooseFromMenu,
  hubImagesView,
  notification,
  openHubImages,
  pick,
  pressInTree,
  quickInput,
  runCommand,
} from '../workbench/driver';
import { describeOn } from './support/apis';
import { useHubWorkbench } from './support/hubWorkbench';
import { Review } from './support/review';
import { imageRows, openRepository, select, tagRow } from './support/rows';
import { signIn } from './support/signIn';
import { hasArrived, hasText } from './support/waitFor';

const digest = `sha256:${'0a'.repeat(32)}`;
const link = '[latest](command:workbench.action.quit)';
const tags = [
  '_good\u202Egnp.evil',
  link,
  '<b>bold</b>',
  '$(trash)',
  'a'.repeat(128),
  'https://evil.example/latest',
  'latest\u3164',
  'www.evil.example',
] as const;
/** In natural order: a row of an image names the first of them. */
const shown = [
  '_good\\u{202E}gnp.evil',
  '[latest]\\u{28}command:workbench.action.quit)',
  '<b>bold</b>',
  '$\\u{28}trash)',
  'a'.repeat(128),
  'https://evil.example/latest',
  'latest\\u{3164}',
  'www.evil.example',
];

describeOn('management', 'a Hub whose tags are hostile', () => {
  const { hub, workbench } = useHubWorkbench('management');
  const page = () => workbench().page;

  before(async () => {
    hub.sandbox.world.repository('demo/website').push({ digest, tags, at: new Date() });
    await openHubImages(page());
    await signIn(page(), sandboxAccounts.demo);
  });

  it('has them shown as text in the rows of the view', async () => {
    await openRepository(page(), 'demo/website');
    const row = imageRows(page()).first();
    await hasText(row, shown[0] ?? '');
    await isInert(row);
    await select(row);
    await hasText(
      hubImagesView(page())
        .getByRole('treeitem', { name: /, tag, / })
        .nth(1),
      shown[1] ?? '',
    );
    await isInert(hubImagesView(page()).locator('.monaco-list-rows'));
    await screenshot(page(), 'hostile-rows');
  });

  afterEach(async () => {
    await page().keyboard.press('Escape');
    await page().keyboard.press('Escape');
  });

  it('has the digest copied in place of what is no tag to a shell', async () => {
    await chooseFromMenu(page(), tagRow(page(), shown[3] ?? ''), 'Copy', 'Copy Reference');
    const message = page().locator('.statusbar-item').filter({ hasText: 'Copied demo/website' });
    await hasText(message, `Copied demo/website@${digest}`);
  });

  it('has them shown as text where the pointer rests', async () => {
    await imageRows(page()).first().click();
    await pressInTree(page(), 'ControlOrMeta+K');
    await page().keyboard.press('ControlOrMeta+I');
    const hover = page().locator('.workbench-hover').filter({ hasText: 'Current tags' });
    await hover.waitFor();
    await isInert(hover);
    assert.equal(await hover.locator('b, .codicon-trash').count(), 0);
    assert.equal(await hover.locator('a').count(), 0);
    await hasArrived(page());
    await screenshot(page(), 'hostile-hover');
  });

  it('has them shown as text in the picker of images', async () => {
    await runCommand(page(), 'Hub Images: Copy Digest');
    await pick(page(), 'demo/website');
    await hasText(quickInput(page()), shown[0] ?? '');
    await isInert(quickInput(page()));
    assert.equal(await quickInput(page()).locator('.codicon-trash').count(), 0);
    await screenshot(page(), 'hostile-picker');
    await page().keyboard.press('Escape');
  });

  it('has them shown as text in the last question', async () => {
    const review = new Review(page());
    await imageRows(page()).first().click();
    await pressInTree(page(), 'Delete');
    await review.says('Dry run finished for 1 image');
    for (const box of await review.frame
      .getByRole('checkbox', { name: /^Accept (is_active|current_tag) for/ })
      .all()) {
      await box.check();
    }
    await review.acceptCollateral();
    const question = await review.askToDelete();
    for (const text of shown) {
      await hasText(question, text);
    }
    await isInert(question);
    assert.equal(await question.locator('b, .codicon-trash').count(), 0);
    await screenshot(page(), 'hostile-question');
    await review.cancel(question);
    assert.ok(hub.sandbox.world.repository('demo/website').get(digest));
  });

  it('gets no link into a message that tells why it refused', async () => {
    hub.sandbox.faults.add({
      on: { operation: 'GetNamespacesRepositoriesImages' },
      times: 'always',
      fault: { kind: 'status', status: 400, body: { message: `sign in ${link} \u202E$(trash)` } },
    });
    await runCommand(page(), 'Hub Images: Delete Inactive Images…');
    await pick(page(), 'acme/api');
    const message = notification(page(), 'sign in [latest]\\u{28}command:workbench.action.quit)');
    await message.waitFor();
    assert.equal(await message.locator('a[href], .notification-list-item-message a').count(), 0);
    await isInert(message);
    await hasArrived(page());
    await screenshot(page(), 'hostile-message');
  });
});

/** Neither a character that turns text around or hides in it nor a link to a command. */
async function isInert(element: Locator): Promise<void> {
  const text = await element.innerText();
  assert.doesNotMatch(text, /\u202E|\u3164/);
  assert.equal(await element.locator('a[href^="command:"], a[data-href^="command:"]').count(), 0);
}
