import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { digestOf } from '../support/images';
import { screenshot } from '../workbench/artifacts';
import { answerInput, hubImagesView, openHubImages, pick, runCommand } from '../workbench/driver';
import { describeOn } from './support/apis';
import { sent } from './support/hub';
import { useHubWorkbench } from './support/hubWorkbench';
import { themeOfSystem } from './support/pictures';
import { imageRow, namespaceRow } from './support/rows';
import { signIn } from './support/signIn';
import { stepsInOrder } from './support/stepsInOrder';
import { editorText } from './support/textEditor';
import { eventually, hasArrived, hasText } from './support/waitFor';
import { sandboxAccounts } from '../../src/sandbox/index';

const gone = digestOf('an image that was cleaned up');

const compose = `services:
  billing:
    image: acme/billing:production
  worker:
    image: docker.io/acme/billing:0.7@${gone}
  gateway:
    image: acme/gateway:1.4.0
  metrics:
    image: grafana/grafana:12.1
`;

describeOn('registry', 'references in a text editor', () => {
  stepsInOrder();
  const { hub, workbench } = useHubWorkbench('registry', {
    hub: () => ({ routes: 'today' }),
    settings: themeOfSystem,
  });
  const page = () => workbench().page;
  const hover = () =>
    page().locator('.monaco-hover.workbench-hover, .monaco-hover:not(.hidden)').filter({ hasText: 'As of' });
  const hint = () => page().locator('.editor-instance .squiggly-hint');

  /** Points to a word of the text, away from it first: the editor shows a hover anew only then. */
  async function pointTo(text: string): Promise<Locator> {
    await page().keyboard.press('Escape');
    const line = page().locator('.editor-instance .view-line').filter({ hasText: text });
    await line.locator('span span').last().hover();
    await hover().waitFor();
    return hover();
  }

  async function goTo(text: string): Promise<void> {
    const lines = (await editorText(page())).split('\n');
    const index = lines.findIndex((line) => line.includes(text));
    const column = (lines[index] ?? '').indexOf(text) + 1;
    await runCommand(page(), 'Go to Line/Column...');
    await answerInput(page(), `:${index + 1}:${column}`);
    await hasText(page().locator('.statusbar'), `Ln ${index + 1}, Col ${column}`);
  }

  before(async () => {
    await openHubImages(page());
    await signIn(page(), sandboxAccounts.demo);
    await namespaceRow(page(), 'acme').waitFor();
  });

  it('have a hint where a digest is gone, and nowhere else', async () => {
    const file = join(workbench().workspace, 'compose.yaml');
    writeFileSync(file, compose);
    await runCommand(page(), 'File: Open File...');
    await pick(page(), 'compose.yaml');
    await hint().first().waitFor();
    assert.equal(await hint().count(), 1);
    assert.deepEqual(sent(hub.exchanges, 'GetRegistryManifest'), []);
  });

  it('say that the digest is gone, in every kind of theme', async () => {
    const shown = await pointTo('acme/billing:0.7');
    await hasText(shown, 'Digest: does not exist in acme/billing.');
    for (const [name, media, mark] of [
      ['light', { colorScheme: 'light', forcedColors: 'none' }, '.vs'],
      ['high-contrast', { colorScheme: 'dark', forcedColors: 'active' }, '.hc-black'],
      ['dark', { colorScheme: 'dark', forcedColors: 'none' }, '.vs-dark'],
    ] as const) {
      await page().emulateMedia(media);
      await page().locator(`.monaco-workbench${mark}`).waitFor();
      await hasArrived(page());
      await screenshot(page(), `references-gone-${name}`);
    }
  });

  it('say whether the image is active', async () => {
    const shown = await pointTo('acme/billing:production');
    await hasText(shown, 'Image: acme/billing: 0.8, production');
    await hasText(shown, 'Status: active');
    await hasArrived(page());
    await screenshot(page(), 'references-active');
    const index = await pointTo('acme/gateway:1.4.0');
    await hasText(index, 'acme/gateway: 1.4.0, edge, latest');
    await hasArrived(page());
    await screenshot(page(), 'references-index');
  });

  it('lead to the row of the image', async () => {
    const shown = await pointTo('acme/billing:production');
    await shown.getByText('Show in Hub Images').click();
    await imageRow(page(), '0.8, production').and(page().locator('[aria-selected="true"]')).waitFor();
    await hasArrived(page());
    await screenshot(page(), 'references-shown');
  });

  it('are pinned to the current digest of their tag by a quick fix', async () => {
    const now = hub.sandbox.world.repository('acme/billing').tags.get('0.7') ?? '';
    await goTo('acme/billing:0.7');
    await page().keyboard.press('ControlOrMeta+.');
    const fix = page().locator('.action-widget').getByText('Pin acme/billing:0.7 to its current digest');
    await fix.waitFor();
    await screenshot(page(), 'references-quick-fix');
    await fix.click();
    await eventually(async () => (await editorText(page())).includes(`acme/billing:0.7@${now}`), true);
    await hint().waitFor({ state: 'detached' });
    await runCommand(page(), 'File: Save');
    await page().locator('.tab.dirty').waitFor({ state: 'detached' });
  });

  it('are shown by a command that the palette has at a reference', async () => {
    await goTo('acme/gateway:1.4.0');
    await runCommand(page(), 'Hub Images: Show in Hub Images');
    await imageRow(page(), '1.4.0, edge, latest').and(page().locator('[aria-selected="true"]')).waitFor();
    await hubImagesView(page()).waitFor();
  });

  it('are looked up in lists alone', () => {
    assert.deepEqual(sent(hub.exchanges, 'GetRegistryManifest'), []);
    assert.ok(!hub.exchanges.some(({ path }) => path.includes('grafana')));
  });
});
