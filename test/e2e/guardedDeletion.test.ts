import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageKey } from '../../src/hub/deletionRequest';
import { digestOf } from '../../src/sandbox/digestOf';
import { closeEditors, openHubImages, pressInTree, runCommand } from '../workbench/driver';
import { describeOnBothApis } from './support/apis';
import { useHubWorkbench } from './support/hubWorkbench';
import { runsOf } from './support/journal';
import { Review } from './support/review';
import { imageRow, openRepository, select } from './support/rows';
import { signIn } from './support/signIn';
import { editorText } from './support/textEditor';
import { hasText } from './support/waitFor';

const repository = 'demo/website';
/** The only one of the five images that has a tag. */
const tagged = 'v6';

describeOnBothApis('a deletion of images that the workspace uses', (api) => {
  const { hub, workbench } = useHubWorkbench(api.kind, { hub: () => api.sandbox });
  const page = () => workbench().page;
  const website = () => hub.sandbox.world.repository(repository);
  let review: Review;
  /** Short digests of the untagged images, oldest first. */
  let untagged: readonly string[] = [];
  let locked = '';

  before(async () => {
    const digests = [1, 2, 3, 4].map((number) => digestOf(`demo/website ${String(number)}`));
    untagged = digests.map((digest) => digest.slice(0, 19));
    locked = digests[2] ?? assert.fail();
    const { workspace } = workbench();
    const release = join(workspace, 'release');
    mkdirSync(release);
    writeFileSync(
      join(release, 'compose.yaml'),
      ['services:', '  website:', '    image: docker.io/demo/website:v6', ''].join('\r\n'),
    );
    writeFileSync(join(workspace, 'images.lock'), `# pinned for production\n${locked}\n`);
    review = new Review(page());
    await openHubImages(page());
    await signIn(page(), api.account);
    await openRepository(page(), repository);
    await select(imageRow(page(), tagged));
    for (const label of untagged) {
      await imageRow(page(), label).click({ modifiers: ['ControlOrMeta'] });
    }
    await pressInTree(page(), 'Delete');
    if (api.kind === 'registry') await review.readContents(); // of the untagged images
  });

  it('shows the lines that use them', async () => {
    await review.frame.getByText('The workspace uses 2 of these images.').waitFor();
    await hasText(review.row(tagged), 'release/compose.yaml:3');
    await hasText(review.row(tagged), 'demo/website:v6');
    await hasText(review.row(untagged[2] ?? ''), 'images.lock:2');
    for (const label of [untagged[0], untagged[1], untagged[3]]) {
      await hasText(review.row(label ?? ''), 'no warnings');
    }
    await review.frame.getByText('What was searched').click();
    await review.frame.getByText(/^Searched \d+ files in .+ and in open editors\./).waitFor();
    await api.screenshot(page(), 'guarded-review');
  });

  it('opens a line beside the review', async () => {
    await review.frame.getByRole('button', { name: 'images.lock:2' }).click();
    await hasText(page().locator('#workbench\\.parts\\.statusbar'), /Ln 2, Col \d+ \(71 selected\)/);
    assert.ok((await editorText(page())).includes(locked));
    await review.frame.getByRole('button', { name: 'release/compose.yaml:3' }).click();
    await hasText(page().locator('#workbench\\.parts\\.statusbar'), /Ln 3, Col 37 \(25 selected\)/);
    assert.equal(await page().locator('.editor-group-container').count(), 2, 'both files are in one group');
    await api.screenshot(page(), 'guarded-line');
  });

  it('deletes them only after the lines were accepted and confirmed', async () => {
    await review.acceptAll('current_tag', 1).check();
    await hasText(review.frame.locator('main'), 'To delete, accept 2 warnings.');
    await review.acceptAll('referenced', 2).check();
    const question = await review.askToDelete();
    await hasText(question, /Used in the workspace:/);
    await hasText(question, 'release/compose.yaml:3 (demo/website:v6)');
    await hasText(question, `images.lock:2 (${locked.slice(0, 19)})`);
    await api.screenshot(page(), 'guarded-question');
    await review.confirm(question, repository);
    await review.says('All 5 images were deleted.');
    assert.equal(website().get(locked), undefined);
  });

  it('is recorded with the lines', async () => {
    const plan = runsOf(workbench()).at(-1)?.plan;
    assert.equal(plan?.search?.kind, 'searched');
    const usesOf = (key: ImageKey) => plan.images.find((image) => image.key === key)?.acceptedUses;
    const uses = plan.images.flatMap(({ acceptedUses = [] }) => acceptedUses);
    assert.deepEqual(usesOf(`${repository}@${locked}`), [{ path: 'images.lock', line: 2, text: locked }]);
    assert.deepEqual(uses.map(({ path, line, text }) => `${path}:${String(line)} ${text}`).sort(), [
      `images.lock:2 ${locked}`,
      'release/compose.yaml:3 demo/website:v6',
    ]);
    await closeEditors(page());
    await runCommand(page(), 'Hub Images: Show Deletion History');
    await hasText(page().locator('.editor-instance .view-lines'), /Used\s+in\s+release\/compose\.yaml:3/);
    await api.screenshot(page(), 'guarded-history');
  });
});
