import assert from 'node:assert/strict';
import { sandboxAccounts } from '../../src/sandbox/index';
import { screenshot } from '../workbench/artifacts';
import {
  answerInput,
  closeEditors,
  notification,
  openHubImages,
  pick,
  quickInput,
  quickInputBox,
  quickPickRow,
  runCommand,
} from '../workbench/driver';
import { describeOn } from './support/apis';
import { deletions } from './support/hub';
import { useHubWorkbench } from './support/hubWorkbench';
import { Review } from './support/review';
import {
  collapseAll,
  imageRow,
  imageRows,
  namespaceRow,
  openRow,
  repositoryRow,
  siblingCount,
} from './support/rows';
import { signIn } from './support/signIn';
import { eventually, hasText } from './support/waitFor';

describeOn('management', 'a command from the palette asks for what it needs:', () => {
  const { hub, workbench } = useHubWorkbench('management');
  const page = () => workbench().page;
  const digestOf = (repository: string, tag: string) =>
    hub.sandbox.world.repository(repository).tags.get(tag) ?? '';

  before(async () => {
    await openHubImages(page());
    await signIn(page(), sandboxAccounts.demo);
  });

  afterEach(async () => {
    await page().keyboard.press('Escape');
    await page().keyboard.press('Escape');
    await collapseAll(page());
  });

  /** Ticks images of a repository in the picker that a command opens. */
  async function tick(repository: string, ...labels: readonly string[]): Promise<void> {
    await pick(page(), repository);
    const filter = quickInputBox(page());
    for (const label of labels) {
      await filter.fill(label);
      await quickPickRow(page(), label).first().click();
    }
    await hasText(quickInput(page()), `${labels.length} Selected`);
    await filter.press('Enter');
    await quickInput(page()).waitFor({ state: 'hidden' });
  }

  const clipboard = () => page().evaluate<string>('navigator.clipboard.readText()');

  it('Copy Digest', async () => {
    await runCommand(page(), 'Hub Images: Copy Digest');
    await tick('acme/gateway', '1.4.0', '1.0.0');
    const expected = ['1.4.0', '1.0.0'].map((tag) => digestOf('acme/gateway', tag)).join('\n');
    await eventually(clipboard, expected);
  });

  it('Copy Reference', async () => {
    await runCommand(page(), 'Hub Images: Copy Reference');
    await tick('demo/dotfiles', 'zsh');
    await eventually(clipboard, 'demo/dotfiles:zsh');
  });

  it('Copy Pull Command', async () => {
    await runCommand(page(), 'Hub Images: Copy Pull Command');
    await tick('demo/dotfiles', 'vim');
    await eventually(clipboard, 'docker pull demo/dotfiles:vim');
  });

  it('Show Image Details', async () => {
    await runCommand(page(), 'Hub Images: Show Image Details');
    await pick(page(), 'acme/api');
    await pick(page(), '2.3.0');
    await page().locator('.monaco-editor').getByText(digestOf('acme/api', '2.3.0')).first().waitFor();
    await page().locator('.monaco-editor').getByText('Former tags').waitFor();
    await screenshot(page(), 'palette-details');
    await closeEditors(page());
  });

  it('Find Repository…', async () => {
    await runCommand(page(), 'Hub Images: Find Repository…');
    await pick(page(), 'acme/gateway');
    await repositoryRow(page(), 'acme/gateway').and(page().locator('[aria-selected="true"]')).waitFor();
    await imageRow(page(), '1.4.0, edge, latest').waitFor();
  });

  it('Load More', async () => {
    await runCommand(page(), 'Hub Images: Find Repository…');
    await pick(page(), 'acme/nightly');
    await eventually(() => siblingCount(imageRows(page()).last()), 101);
    await runCommand(page(), 'Hub Images: Load More');
    await pick(page(), 'acme/nightly');
    await eventually(() => siblingCount(imageRows(page()).last()), 201);
  });

  it('Open on Docker Hub', async () => {
    await runCommand(page(), 'Hub Images: Open on Docker Hub');
    await pick(page(), 'acme/api');
    await notification(page(), 'which has no web pages').waitFor();
  });

  it('Add Namespace… and Remove Namespace', async () => {
    await runCommand(page(), 'Hub Images: Add Namespace…');
    await answerInput(page(), 'Outsider');
    await hasText(quickInput(page()), 'A namespace can contain only lowercase letters');
    await answerInput(page(), 'free');
    await hasText(namespaceRow(page(), 'free'), 'added');
    await runCommand(page(), 'Hub Images: Remove Namespace');
    await pick(page(), 'free');
    await namespaceRow(page(), 'free').waitFor({ state: 'detached' });
  });

  it('Refresh', async () => {
    hub.sandbox.world.addRepository('demo/brand-new');
    await openRow(page(), namespaceRow(page(), 'demo'));
    await runCommand(page(), 'Hub Images: Refresh');
    await repositoryRow(page(), 'demo/brand-new').waitFor();
  });

  it('Delete Images…', async () => {
    await runCommand(page(), 'Hub Images: Delete Images…');
    await tick('demo/dotfiles', 'fish', 'emacs');
    const review = new Review(page());
    await review.says('Dry run finished for 2 images');
    assert.equal(deletions(hub.exchanges, true).length, 1);
    assert.equal(deletions(hub.exchanges, false).length, 0);
    await review.close();
  });

  it('Show Log', async () => {
    await runCommand(page(), 'Hub Images: Show Log');
    await page().locator('.panel .output-view-container, .panel .view-lines').first().waitFor();
    await screenshot(page(), 'palette-log');
    await runCommand(page(), 'View: Hide Panel');
    await page().locator('.part.panel').waitFor({ state: 'hidden' });
  });

  it('and leaves everything as it is when nothing is chosen', async () => {
    const seen = hub.exchanges.length;
    await runCommand(page(), 'Hub Images: Delete Inactive Images…');
    await quickPickRow(page(), 'acme/api').first().waitFor();
    await page().keyboard.press('Escape');
    await quickInput(page()).waitFor({ state: 'hidden' });
    assert.equal(await page().locator('iframe.webview').count(), 0);
    assert.deepEqual(deletions(hub.exchanges.slice(seen), true), []);
  });
});
