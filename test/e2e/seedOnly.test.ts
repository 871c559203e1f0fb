import assert from 'node:assert/strict';
import { sandboxAccounts, seedOperations } from '../../src/sandbox/index';
import { screenshot } from '../workbench/artifacts';
import {
  answerInput,
  openHubImages,
  pick,
  pressInTree,
  quickInput,
  quickInputBox,
  runCommand,
} from '../workbench/driver';
import { describeOn } from './support/apis';
import { deletions } from './support/hub';
import { useHubWorkbench } from './support/hubWorkbench';
import { Review } from './support/review';
import {
  badge,
  imageRow,
  imageRows,
  messageRow,
  namespaceRow,
  openRow,
  repositoryRow,
  select,
  siblingCount,
} from './support/rows';
import { enterPassword, enterUsername, problem } from './support/signIn';
import { stepsInOrder } from './support/stepsInOrder';
import { eventually, hasText } from './support/waitFor';

const { demo } = sandboxAccounts;

describeOn('management', 'a server with the four operations alone', () => {
  stepsInOrder();
  const { hub, workbench } = useHubWorkbench('management', { hub: () => ({ routes: 'seed' }) });
  const page = () => workbench().page;

  it('signs in', async () => {
    const view = await openHubImages(page());
    await view.getByRole('button', { name: 'Sign In to Docker Hub' }).click();
    await enterUsername(page(), demo.username);
    await enterPassword(page(), 'wrong');
    await hasText(problem(page()), 'Incorrect authentication credentials');
    await enterPassword(page(), demo.password);
    await namespaceRow(page(), 'demo').waitFor();
  });

  it('says below the namespace that it lists no repositories, and what helps', async () => {
    await openRow(page(), namespaceRow(page(), 'demo'));
    const message = messageRow(page(), 'This server does not list repositories');
    await message.waitFor();
    assert.match((await message.getAttribute('aria-label')) ?? '', /Add Repository…/);
    await screenshot(page(), 'seed-no-listing');
    await message.click();
    await hasText(quickInput(page()), 'Full name of the repository');
    assert.equal(await quickInputBox(page()).inputValue(), 'demo/');
    await page().keyboard.press('Escape');
  });

  it('shows a repository that was added by hand, with its counts and images', async () => {
    await runCommand(page(), 'Hub Images: Add Repository…');
    await answerInput(page(), 'acme');
    await hasText(quickInput(page()), 'Enter namespace/name, for example, acme/api.');
    await answerInput(page(), 'acme/api');
    await openRow(page(), namespaceRow(page(), 'acme'));
    await hasText(repositoryRow(page(), 'acme/api'), /12 inactive · 41 images/);
    await eventually(() => badge(repositoryRow(page(), 'acme/api')), '12');
    await openRow(page(), repositoryRow(page(), 'acme/api'));
    await eventually(() => siblingCount(imageRows(page()).first()), 41);
  });

  it('checks and deletes an image', async () => {
    const review = new Review(page());
    await select(imageRow(page(), '2.3.0'));
    await pressInTree(page(), 'Delete');
    await review.says('2 warnings are not accepted.');
    await review.accept('is_active', '2.3.0').check();
    await review.accept('current_tag', '2.3.0').check();
    await review.confirm(await review.askToDelete(), 'acme/api');
    await review.says('1 image was deleted.');
    await screenshot(page(), 'seed-result');
    await review.close();
    await hasText(repositoryRow(page(), 'acme/api'), '40 images');
    assert.equal(deletions(hub.exchanges, true).length, 2, 'once more right before the deletion');
    assert.equal(deletions(hub.exchanges, false).length, 1);
  });

  it('shows the repository until it is removed', async () => {
    await runCommand(page(), 'Hub Images: Remove Repository');
    await pick(page(), 'acme/api');
    await namespaceRow(page(), 'acme').waitFor({ state: 'detached' });
  });

  it('answered nothing but the four operations', () => {
    const answered = hub.exchanges.filter(({ status }) => status !== 404);
    assert.deepEqual(
      answered.filter(({ operation }) => !seedOperations.some((seed) => seed === operation)),
      [],
    );
  });
});
