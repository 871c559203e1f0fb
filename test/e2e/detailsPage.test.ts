import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { screenshot } from '../workbench/artifacts';
import { runCommand, webview } from '../workbench/driver';
import { describeOn } from './support/apis';
import { useHubWorkbench } from './support/hubWorkbench';

/** An `img` of the page. */
interface PageImage {
  readonly naturalWidth: number;
  decode(): Promise<void>;
}

describeOn('management', 'the details page of the installed extension', () => {
  const { workbench } = useHubWorkbench('management');
  const page = () => workbench().page;
  const editor = () => page().locator('.extension-editor');

  before(async () => {
    await runCommand(page(), 'Extensions: Show Installed Extensions');
    await page().locator('.extensions-viewlet .extension-list-item').getByText('Hub Images').first().click();
    await editor().waitFor();
  });

  it('shows its icon', async () => {
    const icon = editor().locator('img.icon, img.extension-icon').first();
    await icon.waitFor();
    assert.ok(await isLoaded(icon));
  });

  for (const [tab, file, heading] of [
    ['Details', 'README', 'Hub Images'],
    ['Changelog', 'CHANGELOG', 'Changelog'],
  ] as const) {
    it(`shows ${file} with every image loaded and no broken link`, async () => {
      await editor()
        .getByRole('tab', { name: tab })
        .or(editor().getByRole('button', { name: tab }))
        .click();
      const body = webview(page()).locator('body');
      await body.getByRole('heading', { level: 1, name: heading }).waitFor();
      assert.deepEqual(await brokenImages(body), []);
      assert.deepEqual(await brokenLinks(body), []);
      await screenshot(page(), `details-${tab.toLowerCase()}`);
    });
  }
});

/** Alternative texts of the images that cannot be loaded. */
async function brokenImages(body: Locator): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const image of await body.locator('img').all()) {
    if (!(await isLoaded(image))) broken.push((await image.getAttribute('alt')) ?? '(no text)');
  }
  return broken;
}

async function isLoaded(image: Locator): Promise<boolean> {
  const width = await image.evaluate((element: PageImage) =>
    element.decode().then(
      () => element.naturalWidth,
      () => 0,
    ),
  );
  return width > 0;
}

/** Texts of the links that lead neither to an `https` address nor to a part of the page: the editor opens nothing else. */
async function brokenLinks(body: Locator): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const link of await body.locator('a').all()) {
    const href = (await link.getAttribute('href')) ?? '';
    const isTop = href === '#';
    const isPart = href.startsWith('#') && (await body.locator(`[id="${href.slice(1)}"]`).count()) > 0;
    if (!href.startsWith('https://') && !isTop && !isPart) broken.push(await link.innerText());
  }
  return broken;
}
