/**
 * Pictures for people to judge, in artifacts/screenshots/look-*.png. The picture of the README is made from one of them:
 *
 *   convert artifacts/screenshots/look-overview.png -dither None -colors 255 -define png:compression-level=9 \
 *     -strip media/readme/overview.png
 */
import type { Page } from 'playwright-core';
import { demoWorld, digestOf, sandboxAccounts, type SandboxWorld } from '../../src/sandbox/index';
import { screenshot } from '../workbench/artifacts';
import {
  chooseFromMenu,
  closeEditors,
  openHubImages,
  pick,
  pressInTree,
  quickInputBox,
  runCommand,
} from '../workbench/driver';
import { describeOn } from './support/apis';
import { useHubWorkbench } from './support/hubWorkbench';
import { Review } from './support/review';
import {
  collapseAll,
  imageRow,
  messageRow,
  openRepository,
  openRow,
  partRow,
  repositoryRow,
  select,
} from './support/rows';
import { setSideBarWidth } from './support/sideBar';
import { signIn } from './support/signIn';
import { hasText } from './support/waitFor';

const normalWidth = 300;
/** Titles of themes, and the class by which the page shows that one is on. */
const themes = [
  ['light', 'Light Modern', '.vs'],
  ['high-contrast', 'Dark High Contrast', '.hc-black'],
  ['high-contrast-light', 'Light High Contrast', '.hc-light'],
  ['dark', 'Dark Modern', '.vs-dark'], // the last, as it was before
] as const;

function world() {
  const now = new Date();
  const made = demoWorld(now);
  made.addRepository('demo/single').push({ digest: digestOf('demo/single'), tags: ['latest'], at: now });
  return made;
}

describeOn('management', 'the look', () => {
  const { workbench } = useHubWorkbench('management', { hub: () => ({ world: world() }) });
  const page = () => workbench().page;

  before(async () => {
    await openHubImages(page());
    await signIn(page(), sandboxAccounts.demo);
  });

  it('of the overview', async () => {
    await setSideBarWidth(page(), 430);
    await openRepository(page(), 'demo/website');
    await openRepository(page(), 'acme/billing');
    await select(imageRow(page(), '0.8, production'));
    await imageRow(page(), '0.8, production').locator('.monaco-tl-twistie').click();
    for (const label of ['0.7', '0.6', '0.5']) {
      await imageRow(page(), label).click({ modifiers: ['ControlOrMeta'] });
    }
    await pressInTree(page(), 'Delete');
    const review = new Review(page());
    await review.says('Dry run finished for 4 images');
    await review.accept('is_active', '0.7').check();
    await review.accept('current_tag', '0.7').check();
    await review.accept('current_tag', '0.6').check();
    await review.says('3 warnings are not accepted.');
    await page().mouse.move(900, 780);
    await screenshot(page(), 'look-overview');
  });

  it('of an empty repository, one image and many, in a side bar of any width', async () => {
    await closeEditors(page());
    await collapseAll(page());
    await openRepository(page(), 'demo/scratchpad');
    await messageRow(page(), 'No images').waitFor();
    await openRepository(page(), 'demo/single');
    await openRepository(page(), 'demo/dotfiles');
    await openRepository(page(), 'acme/nightly');
    for (const [name, width] of [
      ['normal', normalWidth],
      ['narrow', 200],
      ['wide', 520],
    ] as const) {
      await setSideBarWidth(page(), width);
      await screenshot(page(), `look-tree-${name}`);
    }
    await setSideBarWidth(page(), normalWidth);
  });

  it('of tree, review and result in every theme', async () => {
    const review = new Review(page());
    await chooseFromMenu(page(), repositoryRow(page(), 'demo/single'), 'View', 'Filter by Status…');
    await pick(page(), 'inactive only');
    await messageRow(page(), 'No inactive images').waitFor();
    await runCommand(page(), 'Hub Images: Delete Inactive Images…');
    await pick(page(), 'acme/billing');
    await review.acceptAll('current_tag', /^Accept all current_tag warnings/).check();
    await review.acceptCollateral();
    await review.confirm(await review.askToDelete(), 'acme/billing');
    await review.says(/^All \d+ images were deleted\./);
    await runCommand(page(), 'Hub Images: Delete Inactive Images…');
    await pick(page(), 'acme/gateway');
    await review.says(/Dry run finished for \d+ images\. \d+ images? ha(s|ve) errors/);
    for (const [name, title, mark] of themes) {
      await runCommand(page(), 'Preferences: Color Theme');
      await quickInputBox(page()).fill(title);
      await pick(page(), title);
      await page().locator(`.monaco-workbench${mark}`).waitFor();
      await tab(page(), 'acme/gateway').click();
      await review.button(/^Remove All with Errors/).waitFor();
      await review.hasFonts();
      await screenshot(page(), `look-review-${name}`);
      await tab(page(), 'acme/billing').click();
      await review.row('0.5').getByText('deleted').waitFor();
      await review.hasFonts();
      await screenshot(page(), `look-result-${name}`);
    }
  });

  it('of the review in a narrow editor', async () => {
    await tab(page(), 'acme/gateway').click();
    await page().setViewportSize({ width: 760, height: 800 });
    await new Review(page()).button(/^Remove All with Errors/).waitFor();
    await screenshot(page(), 'look-review-narrow');
    await page().setViewportSize({ width: 1280, height: 800 });
    await chooseFromMenu(page(), repositoryRow(page(), 'demo/single'), 'View', 'Filter by Status…');
    await pick(page(), 'all images');
    await imageRow(page(), 'latest').first().waitFor();
  });
});

/** An image of each kind that the lists and the registry distinguish. */
function worldOfKinds(): SandboxWorld {
  const now = new Date();
  const made = demoWorld(now);
  const kinds = made.addRepository('demo/kinds');
  const old = new Date(now.getTime() - 200 * 86_400_000);
  const digest = (name: string) => digestOf(`demo/kinds ${name}`);
  for (const version of ['1.0', '1.1']) {
    const attestation = digest(`${version} attestation`);
    const subject = digest(`${version} amd64`);
    kinds.push({ digest: subject, at: old, platform: { os: 'linux', architecture: 'amd64' } });
    kinds.push({ digest: attestation, at: old, platform: { os: 'unknown', architecture: 'unknown' } });
    const annotations = {
      'vnd.docker.reference.type': 'attestation-manifest',
      'vnd.docker.reference.digest': subject,
    };
    kinds.push({
      digest: digest(version),
      tags: [version],
      at: version === '1.0' ? old : now,
      children: [subject, { digest: attestation, annotations }],
    });
  }
  const signature = `${digest('1.1').replace(':', '-')}.sig`;
  kinds.push({ digest: digest('signature'), tags: [signature], at: now });
  kinds.push({
    digest: digest('chart'),
    tags: ['chart'],
    at: now,
    mediaType: 'application/vnd.oci.artifact.manifest.v1+json',
  });
  kinds.push({ digest: digest('production'), tags: ['production'], at: old });
  kinds.push({ digest: digest('single'), tags: ['single'], at: now });
  kinds.push({ digest: digest('untagged'), at: old });
  kinds.push({ digest: digest('unknown'), tags: ['imported'] });
  return made;
}

describeOn('registry', 'the look of rows and of the status bar', () => {
  const { hub, workbench } = useHubWorkbench('registry', {
    hub: () => ({ world: worldOfKinds(), routes: 'today' }),
    settings: { 'hubImages.protect': ['demo/kinds:production'], 'hubImages.deleteBatchSize': 2 },
  });
  const page = () => workbench().page;

  it('of an image of each kind', async () => {
    await openHubImages(page());
    await signIn(page(), {
      username: sandboxAccounts.demo.username,
      password: sandboxAccounts.demo.accessTokens[0],
    });
    await openRepository(page(), 'demo/kinds');
    await imageRow(page(), 'production')
      .and(page().getByLabel(/, image, protected, /))
      .waitFor();
    await imageRow(page(), 'single').waitFor();
    await openRow(page(), imageRow(page(), '1.1'));
    await partRow(page(), 'linux/amd64').waitFor();
    for (const width of [250, 400]) {
      await setSideBarWidth(page(), width);
      await screenshot(page(), `look-kinds-${width}`);
    }
  });

  it('of the status bar during a deletion', async () => {
    let answer: () => void = () => undefined;
    const isHeld = new Promise<void>((resolve) => (answer = resolve));
    hub.sandbox.faults.add({
      on: { operation: 'DeleteRegistryManifest', nth: 3 },
      fault: { kind: 'before', change: () => isHeld },
    });
    const item = page()
      .locator('.statusbar-item')
      .filter({ hasText: /Deleting \d of \d/ });
    const review = new Review(page());
    try {
      await runCommand(page(), 'Hub Images: Delete Inactive Images…');
      await pick(page(), 'acme/billing');
      await review.acceptAll('current_tag', /^Accept all current_tag warnings/).check();
      await review.confirm(await review.askToDelete(), 'acme/billing');
      await hasText(item, 'Deleting 2 of 6');
      await runCommand(page(), 'Help: Welcome');
      await item.click();
      await review.button('Cancel').waitFor();
      await screenshot(page(), 'look-status-bar');
    } finally {
      answer();
    }
    await review.says(/^All \d+ images were deleted\./);
    await item.waitFor({ state: 'detached' });
  });
});

function tab(page: Page, repository: string) {
  return page.getByRole('tab', { name: `Delete images: ${repository}` });
}
