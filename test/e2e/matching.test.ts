import assert from 'node:assert/strict';
import {
  answerInput,
  cancelProgress,
  clearNotifications,
  listedNotification,
  openNotifications,
  chooseFromMenu,
  closeEditors,
  notification,
  openHubImages,
  pick,
  quickInput,
  quickPickRow,
  runCommand,
} from '../workbench/driver';
import { describeOnBothApis } from './support/apis';
import { imagesSent, isDeletion, sent } from './support/hub';
import { useHubWorkbench } from './support/hubWorkbench';
import { Review } from './support/review';
import { namespaceRow, openRow, repositoryRow } from './support/rows';
import { signIn } from './support/signIn';
import { hasArrived, hasText } from './support/waitFor';

type Answer = readonly [question: string, text: string];

const tagsQuestion = 'Select the tags of the images';
const patternsQuestion = 'pr-*, nightly-*';

describeOnBothApis('deleting images that match', (api) => {
  const { hub, workbench } = useHubWorkbench(api.kind, { hub: () => api.sandbox });
  const page = () => workbench().page;
  const billing = () => hub.sandbox.world.repository('acme/billing');
  let review: Review;

  before(async () => {
    await openHubImages(page());
    await signIn(page(), api.account);
    review = new Review(page());
    await openRow(page(), namespaceRow(page(), 'acme'));
    await hasText(repositoryRow(page(), 'acme/billing'), /\d+ inactive/);
  });

  afterEach(async () => {
    await page().keyboard.press('Escape');
    await page().keyboard.press('Escape');
    await closeEditors(page());
  });

  /** Answers one question after the other, each known by what its empty box says. */
  async function answer(criterion: string, ...answers: readonly Answer[]): Promise<void> {
    await builder()
      .getByRole('option', { name: `${criterion}, ` })
      .click();
    for (const [question, text] of answers) {
      await builder().getByPlaceholder(question, { exact: true }).waitFor();
      await answerInput(page(), text);
    }
  }

  /** Waits until the builder asks again. */
  const asksAgain = () => quickPickRow(page(), 'Plan the Deletion…').waitFor();

  const builder = () => quickInput(page());

  it('takes those of all repositories of a namespace, by status, pattern and what is to be kept', async () => {
    await chooseFromMenu(page(), namespaceRow(page(), 'acme'), 'Delete Matching Images…');
    await hasText(builder(), /\d+ images, \d+ of them inactive/);
    if (api.kind === 'management') {
      const counted = sent(hub.exchanges, 'GetNamespacesRepositorieImagesSummary').map(({ path }) => path);
      assert.equal(new Set(counted).size, counted.length, 'the counts that the rows show are not read again');
    }
    await answer('Tags', [tagsQuestion, 'Every tag matches'], [patternsQuestion, '0.*']);
    await asksAgain();
    await answer('Keep', ['5', '2']);
    await asksAgain();
    await hasText(builder(), 'every tag matches 0.*');
    await hasText(builder(), 'except the newest 2 in each repository');
    await api.screenshot(page(), 'matching-criteria');
    await quickPickRow(page(), 'Plan the Deletion…').click();
    await review.says('Dry run finished for 4 images. 4 warnings are not accepted.');
    await hasText(review.frame.locator('header'), 'Delete images: acme/billing');
    await hasText(
      review.frame.locator('header'),
      'Selected from all images in acme: inactive · every tag matches 0.* · except the newest 2 in each repository.',
    );
    await hasText(
      review.frame.locator('header'),
      '2 matching images are kept because they are among the newest.',
    );
    for (const tag of ['0.1', '0.2', '0.3', '0.4']) {
      await review.row(tag).waitFor();
    }
    await api.screenshot(page(), 'matching-review');
    assert.deepEqual(hub.exchanges.filter(isDeletion), []);
    const going = ['0.1', '0.2', '0.3', '0.4'].map((tag) => billing().tags.get(tag) ?? '');
    await review.acceptAll('current_tag', 4).check();
    await review.confirm(await review.askToDelete(), 'acme/billing');
    await review.says('All 4 images were deleted.');
    assert.deepEqual(imagesSent(hub.exchanges), [...going].sort());
    assert.ok(billing().tags.has('0.5'));
  });

  it('asks for at least one criterion, tells of patterns that no tag has, and says where nothing matches', async () => {
    await runCommand(page(), 'Hub Images: Delete Matching Images…');
    await builder().getByPlaceholder('Select where to look for images to delete').waitFor();
    await answerInput(page(), 'demo/dotfiles');
    await answer('Status', ['Select the status of the images', 'Active or inactive']);
    await asksAgain();
    await quickPickRow(page(), 'Plan the Deletion…').click();
    await hasText(builder(), 'Every image would match. Set at least one criterion first.');
    await answer('Tags', [tagsQuestion, 'Every tag matches'], [patternsQuestion, 'release/1']);
    await hasText(builder(), 'No tag can match release/1');
    await answerInput(page(), 'release-*');
    await asksAgain();
    await answer('Age', ['90', '90']);
    await asksAgain();
    await quickPickRow(page(), 'Plan the Deletion…').click();
    const nothing =
      'No images in demo/dotfiles match: every tag matches release-* · pushed more than 90 days ago.';
    await notification(page(), nothing).waitFor();
    assert.equal(await page().locator('iframe.webview').count(), 0);
  });

  if (api.kind === 'management') {
    // the lists of a registry are read as a whole
    it('goes on where the reading was cancelled, and asks for no page twice', async () => {
      const pagesOfNightly = () =>
        sent(hub.exchanges, 'GetNamespacesRepositoriesImages').filter(({ path }) =>
          path.includes('/nightly/'),
        );
      const before = pagesOfNightly().length;
      await clearNotifications(page());
      hub.sandbox.faults.add({
        on: { ...api.on.list, when: ({ query }) => query['page'] === '3' },
        times: 'always',
        fault: { kind: 'hang' },
      });
      await runCommand(page(), 'Hub Images: Delete Inactive Images…');
      await pick(page(), 'acme/nightly');
      await openNotifications(page()); // for messages in quick succession the editor shows only the bell
      const progress = listedNotification(page(), 'Reading all images in acme/nightly');
      await hasText(progress, '200 of 240');
      await cancelProgress(progress);
      const cancelled = 'Reading was canceled: 200 of 240 images were read. Nothing was planned.';
      // The list closes when its last message has gone, unless this one came before.
      const offer = notification(page(), cancelled).or(listedNotification(page(), cancelled));
      await offer.waitFor();
      await hasArrived(page());
      await api.screenshot(page(), 'matching-cancelled');
      hub.sandbox.faults.clear();
      await offer.getByRole('button', { name: 'Continue' }).click();
      await review.says(/Dry run finished for \d+ images\./);
      const asked = pagesOfNightly().slice(before);
      for (const number of ['1', '2']) {
        assert.equal(asked.filter(({ query }) => query['page'] === number).length, 1, `page ${number}`);
      }
    });
  }
});
