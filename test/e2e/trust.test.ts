import assert from 'node:assert/strict';
import { sandboxAccounts } from '../../src/sandbox/index';
import { screenshot } from '../workbench/artifacts';
import { dialog, openHubImages, runCommand } from '../workbench/driver';
import { useWorkbench } from '../workbench/useWorkbench';
import { deletions, useHub } from './support/hub';
import { Review } from './support/review';
import { collapseAll, imageRow, openRepository, select } from './support/rows';
import { signIn } from './support/signIn';
import { tokensOf, tracesOf } from './support/traces';
import { hasText } from './support/waitFor';

/** Protects nothing, which has to be acknowledged before every plan. */
const misspelt = 'acme/biling:*';
const latest = 'main, 2.3.1, 2.3, latest';

describe('a deletion that can be trusted', () => {
  const hub = useHub();
  const workbench = useWorkbench(() => ({
    settings: { 'hubImages.apiUrl': hub.url, 'hubImages.protect': ['acme/billing:production', misspelt] },
  }));
  const page = () => workbench().page;
  const repository = (name: string) => hub.sandbox.world.repository(name);
  let review: Review;

  before(async () => {
    await openHubImages(page());
    await signIn(page(), sandboxAccounts.demo);
    review = new Review(page());
  });

  afterEach(async () => {
    await page().keyboard.press('Escape');
    await runCommand(page(), 'View: Close All Editors');
    await collapseAll(page());
  });

  it('shows the images that fall with a tag, and asks to accept them', async () => {
    await openRepository(page(), 'acme/api');
    await select(imageRow(page(), latest));
    await page().keyboard.press('Delete');
    await acknowledgeMisspelt();
    await review.accept('is_active', latest).check();
    await review.accept('current_tag', latest).check();
    assert.equal(await review.deleteButton.getAttribute('aria-disabled'), 'true');
    await hasText(review.row(latest), /sha256:[0-9a-f]{12} \(was main, active\)/);
    await screenshot(page(), 'trust-collateral');
    await review.accept('collateral', latest).check();
    const before = repository('acme/api').size;
    const question = await review.askToDelete();
    await hasText(question, /Also removed, though not in the plan: \d+ images/);
    await screenshot(page(), 'trust-question');
    const [, fallen = ''] = /not in the plan: (\d+) images/.exec(await question.innerText()) ?? [];
    await review.confirm(question, 'acme/api');
    await review.says('Finished. Deleted: 1 image.');
    assert.equal(repository('acme/api').size, before - 1 - Number(fallen));
  });

  it('deletes nothing when somebody pulled the image since it was reviewed, and shows the difference', async () => {
    await openRepository(page(), 'demo/website');
    await select(imageRow(page(), 'v6'));
    await page().keyboard.press('Delete');
    await acknowledgeMisspelt();
    await review.accept('current_tag', 'v6').check();
    const digest = repository('demo/website').tags.get('v6') ?? '';
    repository('demo/website').pull(digest, new Date());
    await review.confirm(await review.askToDelete(), 'demo/website');
    await review.says('Something changed since you looked. Nothing was deleted.');
    await review.row('v6').getByText('New', { exact: true }).waitFor();
    await screenshot(page(), 'trust-changed');
    assert.ok(repository('demo/website').get(digest));
  });

  it('leaves out what a setting protects', async () => {
    await openRepository(page(), 'acme/billing');
    await select(imageRow(page(), '0.8, production'));
    await imageRow(page(), '0.7').click({ modifiers: ['ControlOrMeta'] });
    await page().keyboard.press('Delete');
    await acknowledgeMisspelt();
    await hasText(
      review.frame.locator('main'),
      '1 image was left out: the setting "hubImages.protect" protects it.',
    );
    await review.says('Dry run finished for 1 image');
    await review.close();
  });

  it('shows the evidence of what was deleted', async () => {
    await runCommand(page(), 'Hub Images: Show Deletion History');
    const document = page().locator('.editor-instance .view-lines');
    await hasText(document, latest.split(', ')[0] ?? '');
    await hasText(document, /deleted/);
    await screenshot(page(), 'trust-history');
    assert.equal(deletions(hub.exchanges, false).length, 1);
  });

  it('leaves no token and no password anywhere, neither in the evidence nor in the review', async () => {
    const secrets = [...tokensOf(hub.exchanges), sandboxAccounts.demo.password];
    assert.equal(secrets.length, 2);
    assert.deepEqual(await tracesOf(secrets, workbench()), []);
    await openRepository(page(), 'demo/website');
    await select(imageRow(page(), 'latest, v12'));
    await page().keyboard.press('Delete');
    await acknowledgeMisspelt();
    await review.says('Dry run finished');
    const shown = await review.frame.locator('html').evaluate('document.documentElement.outerHTML');
    assert.ok(!secrets.some((secret) => String(shown).includes(secret)));
  });

  async function acknowledgeMisspelt(): Promise<void> {
    await hasText(dialog(page()), /These patterns protect nothing in [a-z/]+:\s*acme\/biling:\*/);
    await screenshot(page(), 'trust-misspelt-pattern');
    await dialog(page()).getByRole('button', { name: 'Go On Without Them' }).click();
  }
});
