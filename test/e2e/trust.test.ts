import assert from 'node:assert/strict';
import { closeEditors, dialog, openHubImages, pressInTree, runCommand } from '../workbench/driver';
import { describeOnBothApis } from './support/apis';
import { imagesSent, sent } from './support/hub';
import { useHubWorkbench } from './support/hubWorkbench';
import { Review } from './support/review';
import { collapseAll, imageRow, openRepository, select } from './support/rows';
import { signIn } from './support/signIn';
import { tokensOf, tracesOf } from './support/traces';
import { hasText } from './support/waitFor';

/** Protects nothing, which has to be acknowledged before every plan. */
const misspelt = 'acme/biling:*';

/** An image that takes others along: with its tags those that once held them, or those that it is made of. */
const withOthers = {
  management: {
    repository: 'acme/api',
    latest: '2.3, 2.3.1, latest, main',
    shows: /sha256:[0-9a-f]{12} \(was main, active\)/,
  },
  registry: {
    repository: 'acme/gateway',
    latest: '1.4.0, edge, latest',
    shows: /sha256:[0-9a-f]{12} \(linux\/amd64, active\)/,
  },
} as const;

describeOnBothApis('a deletion that can be trusted', (api) => {
  const { latest, ...taker } = withOthers[api.kind];
  const { hub, workbench } = useHubWorkbench(api.kind, {
    hub: () => api.sandbox,
    settings: { 'hubImages.protect': ['acme/billing:production', misspelt] },
  });
  const page = () => workbench().page;
  const repository = (name: string) => hub.sandbox.world.repository(name);
  let review: Review;

  before(async () => {
    await openHubImages(page());
    await signIn(page(), api.account);
    review = new Review(page());
  });

  afterEach(async () => {
    await page().keyboard.press('Escape');
    await closeEditors(page());
    await collapseAll(page());
  });

  it('shows the images that fall with one, and asks to accept them', async () => {
    await openRepository(page(), taker.repository);
    await select(imageRow(page(), latest));
    await pressInTree(page(), 'Delete');
    if (api.kind === 'registry') await review.readContents(); // it is an index
    await acknowledgeMisspelt();
    await review.accept('is_active', latest).check();
    await review.accept('current_tag', latest).check();
    assert.equal(await review.deleteButton.getAttribute('aria-disabled'), 'true');
    await hasText(review.row(latest), taker.shows);
    await api.screenshot(page(), 'trust-collateral');
    await review.accept('collateral', latest).check();
    const before = repository(taker.repository).size;
    const question = await review.askToDelete();
    await hasText(question, /Will also be deleted: \d+/);
    await api.screenshot(page(), 'trust-question');
    const [, kinds = ''] = /Will also be deleted: ([^.]+)\./.exec(await question.innerText()) ?? [];
    const deletedAlong = [...kinds.matchAll(/\d+/g)].reduce((sum, [count]) => sum + Number(count), 0);
    await review.confirm(question, taker.repository);
    await review.says(`1 image was deleted. ${deletedAlong} other images were also deleted.`);
    assert.equal(repository(taker.repository).size, before - 1 - deletedAlong);
  });

  it('deletes nothing when somebody pulled the image since it was reviewed, and shows the difference', async () => {
    await openRepository(page(), 'demo/website');
    await select(imageRow(page(), 'v6'));
    await pressInTree(page(), 'Delete');
    await acknowledgeMisspelt();
    await review.accept('current_tag', 'v6').check();
    const digest = repository('demo/website').tags.get('v6') ?? '';
    repository('demo/website').pull(digest, new Date());
    await review.confirm(await review.askToDelete(), 'demo/website');
    await review.says('The review has changed since you last saw it. Nothing was deleted.');
    await review.row('v6').getByText('New', { exact: true }).waitFor();
    await api.screenshot(page(), 'trust-changed');
    assert.ok(repository('demo/website').get(digest));
  });

  it('leaves out what a setting protects', async () => {
    await openRepository(page(), 'acme/billing');
    await select(imageRow(page(), '0.8, production'));
    await imageRow(page(), '0.7').click({ modifiers: ['ControlOrMeta'] });
    await pressInTree(page(), 'Delete');
    await acknowledgeMisspelt();
    await hasText(
      review.frame.locator('main'),
      '1 image was left out because the setting "hubImages.protect" protects it.',
    );
    await review.says('Dry run finished for 1 image');
    await review.close();
  });

  it('shows the journal of what was deleted', async () => {
    await runCommand(page(), 'Hub Images: Show Deletion History');
    const document = page().locator('.editor-instance .view-lines');
    await hasText(document, latest.split(', ')[0] ?? '');
    await hasText(document, /deleted/);
    await api.screenshot(page(), 'trust-history');
    assert.equal(imagesSent(hub.exchanges).length, 1);
  });

  it('leaves no token and no password anywhere, neither in the journal nor in the review', async () => {
    const { username, password } = api.account;
    const forRegistry = Buffer.from(`${username}:${password}`).toString('base64');
    const secrets = [...new Set([...tokensOf(hub.exchanges), password, forRegistry])];
    const ofRegistry = sent(hub.exchanges, 'GetRegistryToken').length;
    assert.equal(ofRegistry > 0, api.kind === 'registry');
    assert.equal(secrets.length, 3 + ofRegistry);
    assert.deepEqual(await tracesOf(secrets, workbench()), []);
    await openRepository(page(), 'demo/website');
    await select(imageRow(page(), 'latest, v12'));
    await pressInTree(page(), 'Delete');
    await acknowledgeMisspelt();
    await review.says('Dry run finished');
    const shown = await review.frame.locator('html').evaluate('document.documentElement.outerHTML');
    assert.ok(!secrets.some((secret) => String(shown).includes(secret)));
  });

  async function acknowledgeMisspelt(): Promise<void> {
    await hasText(dialog(page()), /These patterns protect nothing in [a-z/]+:\s*acme\/biling:\*/);
    await api.screenshot(page(), 'trust-misspelt-pattern');
    await dialog(page()).getByRole('button', { name: 'Continue Anyway' }).click();
  }
});
