import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { newRunId, runFileName } from '../../src/journal/runFileName';
import { sandboxAccounts } from '../../src/sandbox/index';
import { fileOf, journalImage, planOfImages } from '../support/runs';
import { screenshot } from '../workbench/artifacts';
import {
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
import { journalFolder, outcomesOf, runsOf } from './support/journal';
import { isDeletion } from './support/hub';
import { useHubWorkbench } from './support/hubWorkbench';
import { imageRow, openRepository } from './support/rows';
import { enterPassword, enterUsername, signIn, signOut } from './support/signIn';
import { stepsInOrder } from './support/stepsInOrder';
import { editorText } from './support/textEditor';
import { eventually, hasText } from './support/waitFor';

const { demo } = sandboxAccounts;

/** By which the folder of the workspace is recognized in a list. */
const markFolder = 'folder-of-this-workspace';

/** The old process has to go first. */
const recoveryMs = 60_000;

describeOn('management', 'the deletion history', () => {
  stepsInOrder();
  const { hub, workbench } = useHubWorkbench('management');
  const page = () => workbench().page;
  const digestOf = (tag: string) => hub.sandbox.world.repository('acme/api').tags.get(tag) ?? '';
  const lastRun = () => runsOf(workbench()).at(-1);

  /** Leaves what a crash leaves: a request for an image without an answer, by a process that is no more. */
  function crashWhileDeleting(tag: string, at: Date, isGone = true): void {
    const digest = digestOf(tag);
    const key = `acme/api@${digest}` as const;
    const { pid } = spawnSync(process.execPath, ['--version']);
    const plan = planOfImages([{ ...journalImage('any'), key, currentTags: [tag] }], {
      at: at.toISOString(),
      origin: hub.url,
      username: demo.username,
    });
    const folder = journalFolder(workbench());
    mkdirSync(folder, { recursive: true });
    const request = {
      type: 'request',
      at: at.toISOString(),
      number: 1,
      images: [key],
      ignoredWarnings: [],
    } as const;
    const writer = { extension: '0.1.0', host: hostname(), pid, instance: 'crashed' };
    writeFileSync(join(folder, runFileName(newRunId(at))), fileOf(plan, [request], { writer }));
    if (isGone) hub.sandbox.world.repository('acme/api').remove([digest]);
  }

  async function shows(...texts: readonly string[]): Promise<void> {
    for (const text of texts) {
      await eventually(async () => (await editorText(page())).includes(text), true);
    }
  }

  it('is empty before the first deletion', async () => {
    await openHubImages(page());
    await runCommand(page(), 'Hub Images: Show Deletion History');
    await shows('Hub Images deletion history, newest first', 'Nothing has been deleted yet.');
    await closeEditors(page());
  });

  it('lets somebody sign in from the message of an interrupted deletion, and tells what became of it', async () => {
    crashWhileDeleting('2.2.1', new Date(Date.now() - 3_600_000));
    await workbench().reload();
    await openHubImages(page());
    const message = notification(
      page(),
      'was interrupted. It is not known whether 1 image was deleted. Sign in to find out.',
    );
    await message.waitFor({ timeout: recoveryMs });
    await page().locator('.activitybar').getByRole('tab', { name: '1 unconfirmed deletion.' }).waitFor();
    await screenshot(page(), 'history-sign-in');
    await message.getByRole('button', { name: 'Sign In', exact: true }).click();
    await enterUsername(page(), demo.username);
    await enterPassword(page(), demo.password);
    const settled = notification(
      page(),
      /An interrupted deletion was checked\. Deletion in acme\/api, .*: 1 image was deleted\./,
    );
    await settled.waitFor({ timeout: recoveryMs });
    await page()
      .locator('.activitybar')
      .getByRole('tab', { name: 'unconfirmed deletion' })
      .waitFor({ state: 'detached' });
    await settled.getByRole('button', { name: 'Show Deletion History' }).click();
    await shows('State         finished', 'Result        1 image was deleted.');
    assert.deepEqual(outcomesOf(lastRun()), ['deleted']);
  });

  it('gives up a deletion that cannot be listed when a person says so', async () => {
    crashWhileDeleting('2.1.1', new Date(Date.now() - 1_800_000), false);
    hub.sandbox.faults.add({
      on: { operation: 'GetNamespacesRepositoriesImages' },
      times: 'always',
      fault: { kind: 'status', status: 403, body: { message: 'no' } },
    });
    await signOut(page()); // a sign-in looks for interrupted deletions at once
    await signIn(page(), demo);
    const message = notification(
      page(),
      /the remaining images could not be listed\. .*: It is not known whether 1 image was deleted\./,
    );
    await message.waitFor({ timeout: recoveryMs });
    await screenshot(page(), 'history-not-listed');
    await runCommand(page(), 'Hub Images: Check Unconfirmed Deletions');
    const check = notification(
      page(),
      'The result of 1 deletion is still unknown: a repository could not be listed; check again later.',
    );
    await check.waitFor();
    await screenshot(page(), 'history-check-not-listed');
    await message.getByRole('button', { name: 'Do Not Check Again' }).click();
    await eventually(() => lastRun()?.finished?.reason, 'givenUp');
    hub.sandbox.faults.clear();
    await runCommand(page(), 'Hub Images: Show Deletion History');
    await shows('State         no longer checked, the outcome of 1 image is unknown');
    await openRepository(page(), 'acme/api');
    await imageRow(page(), '2.1.1').waitFor();
    // only now: the editor hides what comes within a second after three others
    await runCommand(page(), 'Hub Images: Check Unconfirmed Deletions');
    await notification(page(), 'There is nothing to check').waitFor();
    assert.deepEqual(hub.exchanges.filter(isDeletion), []);
  });

  /** Chooses a format, and waits for the box in which VS Code in a browser asks for a file. */
  async function chooseFormat(format: string): Promise<Locator> {
    await runCommand(page(), 'Hub Images: Export Deletion History…');
    await pick(page(), format);
    await okButton().waitFor();
    const box = quickInputBox(page());
    const hasName = async () => /hub-images-deletions-\d{4}-\d\d-\d\d\.\w+$/.test(await box.inputValue());
    await eventually(hasName, true);
    return box;
  }

  /** The box reads the folder of a path when it is typed, and a click meanwhile shows that folder and does nothing else. */
  async function exportAs(format: string, file: string): Promise<void> {
    const box = await chooseFormat(format);
    mkdirSync(join(workbench().workspace, markFolder), { recursive: true });
    await box.fill(`${workbench().workspace}/`);
    await quickPickRow(page(), markFolder).waitFor();
    await box.fill(file);
    await okButton().click();
  }

  const okButton = () => quickInput(page()).getByText('OK', { exact: true });
  const exported = (file: string) => readFileSync(file, 'utf8');
  const fileName = (ending: string) => join(workbench().workspace, `deletions.${ending}`);

  it('is exported as JSON, which opens from the message', async () => {
    const file = fileName('json');
    await exportAs('JSON', file);
    const message = notification(page(), `2 deletions were exported to ${file}.`);
    await message.waitFor();
    await screenshot(page(), 'history-exported');
    const document = JSON.parse(exported(file)) as ExportedHistory;
    assert.deepEqual(
      document.runs.map(({ plan, outcomes, finished }) => [
        plan.username,
        plan.images[0]?.currentTags,
        outcomes.map(({ outcome }) => outcome),
        finished.reason,
      ]),
      [
        ['demo', ['2.1.1'], ['unconfirmed'], 'givenUp'],
        ['demo', ['2.2.1'], ['deleted'], 'settled'],
      ],
    );
    await message.getByRole('button', { name: 'Open' }).click();
    await shows('"format": 1');
  });

  it('is exported as CSV, a row for each image', async () => {
    const file = fileName('csv');
    await exportAs('CSV', file);
    await notification(page(), `2 deletions were exported to ${file}.`).waitFor();
    const [head = '', ...rows] = exported(file).trimEnd().split('\r\n');
    assert.match(head, /^run,at_utc,.*,outcome,outcome_at,damaged_lines,unreadable_reason,file$/);
    assert.equal(rows.length, 2);
    assert.match(rows[0] ?? '', /,demo,.*acme\/api,sha256:[0-9a-f]{64},2\.1\.1,.*,unconfirmed,/);
    assert.match(rows[1] ?? '', /,demo,.*acme\/api,sha256:[0-9a-f]{64},2\.2\.1,.*,deleted,/);
  });

  it('is exported as Markdown over a file that is there, once that is confirmed', async () => {
    const file = fileName('md');
    writeFileSync(file, 'mine');
    await exportAs('Markdown', file);
    await hasText(quickInput(page()), /already exists/);
    assert.equal(exported(file), 'mine');
    await okButton().click();
    await notification(page(), `2 deletions were exported to ${file}.`).waitFor();
    const text = exported(file);
    assert.match(text, /^# Hub Images deletion history\n/);
    assert.match(text, /- State: no longer checked, the outcome of 1 image is unknown/);
    assert.match(text, /- Outcome: deleted, as of/);
  });

  it('writes nothing when no file is chosen', async () => {
    const before = readdirSync(workbench().workspace);
    await (await chooseFormat('JSON')).press('Escape');
    await quickInput(page()).waitFor({ state: 'hidden' });
    assert.deepEqual(readdirSync(workbench().workspace), before);
  });
});

/** As much of the export as is looked at. */
interface ExportedHistory {
  readonly runs: readonly {
    readonly plan: {
      readonly username: string;
      readonly images: readonly { readonly currentTags: unknown }[];
    };
    readonly outcomes: readonly { readonly outcome: string }[];
    readonly finished: { readonly reason: string };
  }[];
}
