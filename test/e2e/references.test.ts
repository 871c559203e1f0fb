import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import {
  answerInput,
  chooseFromMenu,
  closeEditors,
  notification,
  openHubImages,
  pick,
  quickInput,
  quickInputBox,
  quickPickRow,
  runCommand,
} from '../workbench/driver';
import { describeOnBothApis } from './support/apis';
import { useHubWorkbench } from './support/hubWorkbench';
import { imageRow, openRepository } from './support/rows';
import { signIn } from './support/signIn';
import { editorText } from './support/textEditor';
import { hasText } from './support/waitFor';

const compose = `services:
  billing:
    image: acme/billing:0.7
  worker:
    image: "acme/billing:\${BILLING_TAG}"
`;
const readme = 'Run `docker run acme/billing:0.7` to try it.\n';

const themes = [
  ['light', 'Light Modern', '.vs'],
  ['dark', 'Dark Modern', '.vs-dark'], // the last, as it was before
] as const;

describeOnBothApis('references in the workspace', (api) => {
  const { workbench } = useHubWorkbench(api.kind, { hub: () => api.sandbox });
  const page = () => workbench().page;
  let files: readonly string[] = [];

  before(async () => {
    const { workspace } = workbench();
    files = [join(workspace, 'deploy'), join(workspace, 'README.md')];
    const [deploy = '', readmeFile = ''] = files;
    mkdirSync(deploy);
    writeFileSync(join(deploy, 'compose.yaml'), compose);
    writeFileSync(readmeFile, readme);
    await openHubImages(page());
    await signIn(page(), api.account);
    await openRepository(page(), 'acme/billing');
  });

  afterEach(async () => {
    await page().keyboard.press('Escape');
    await closeEditors(page());
  });

  after(() => {
    files.forEach((file) => {
      rmSync(file, { recursive: true });
    });
  });

  const hover = () => page().locator('.monaco-hover:visible, .workbench-hover:visible').first();

  /** While the first search lasts, the tooltip says so, and it closes when the search has ended. */
  async function hoverUntil(text: string): Promise<void> {
    const found = hover().filter({ hasText: text });
    for (let isShown = false; !isShown;) {
      await page().mouse.move(900, 780);
      await imageRow(page(), '0.7').hover();
      isShown = await found.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
    }
  }

  async function inThemes(take: (name: string) => Promise<void>): Promise<void> {
    for (const [name, title, mark] of themes) {
      await runCommand(page(), 'Preferences: Color Theme');
      await quickInputBox(page()).fill(title);
      await pick(page(), title);
      await page().locator(`.monaco-workbench${mark}`).waitFor();
      await take(name);
    }
  }

  it('are counted in the tooltip of an image, whose link shows them', async () => {
    await hoverUntil('References in the workspace: 1 line in 1 file, and 2 other mentions');
    await api.screenshot(page(), 'references-tooltip');
    await hover().getByText('Show References').click();
    await row(page(), 'image: acme/billing:0.7').waitFor();
    await openHubImages(page());
  });

  it('fill the view of references, and are gone through with F4', async () => {
    await chooseFromMenu(page(), imageRow(page(), '0.7'), 'Find References in Workspace');
    const use = row(page(), 'image: acme/billing:0.7');
    await use.waitFor();
    await hasText(row(page(), 'acme/billing:${BILLING_TAG}'), 'the tag cannot be determined');
    await hasText(row(page(), 'docker run acme/billing:0.7'), 'documentation or comment');
    await hasText(
      page().locator('.pane-body', { has: use }),
      'References: 1 line in 1 file, and 2 other mentions.',
    );
    await use.click();
    await hasText(page().locator('.editor-instance .view-lines'), 'services:');
    assert.match(await editorText(page()), /image: acme\/billing:0\.7/);
    await hasText(page().locator('#workbench\\.parts\\.statusbar'), 'Ln 3, Col 12');
    await page().keyboard.press('F4');
    await hasText(page().locator('#workbench\\.parts\\.statusbar'), 'Ln 5, Col 13');
    await inThemes(async (name) => {
      await api.screenshot(page(), `references-view-${name}`);
    });
    await openHubImages(page());
  });

  it('that there are none say what was searched', async () => {
    await openRepository(page(), 'demo/website');
    await chooseFromMenu(page(), imageRow(page(), 'v6'), 'Find References in Workspace');
    await page()
      .locator('.pane-body')
      .filter({ hasText: 'No reference to demo/website:v6 was found. Searched ' })
      .waitFor();
    await openHubImages(page());
  });

  it('keep images out of a plan that they may refer to', async () => {
    const builder = quickInput(page());
    await runCommand(page(), 'Hub Images: Delete Matching Images…');
    await builder.getByPlaceholder('Select where to look for images to delete').waitFor();
    await answerInput(page(), 'acme/billing');
    await builder.getByRole('option', { name: 'References, ' }).click();
    await builder.getByPlaceholder('Select images by their references in the workspace').waitFor();
    await answerInput(page(), 'Not referenced');
    await quickPickRow(page(), 'Plan the Deletion…').waitFor();
    await hasText(builder, 'not referenced in the workspace');
    await api.screenshot(page(), 'references-criterion');
    await quickPickRow(page(), 'Plan the Deletion…').click();
    await notification(
      page(),
      'No image in acme/billing is known to match: inactive · not referenced in the workspace. 6 images may match. To delete them, select them manually.',
    ).waitFor();
  });
});

/** A row of the view of references. */
function row(page: Page, text: string) {
  return page.getByRole('treeitem').filter({ hasText: text });
}
