import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { runFileName } from '../../src/journal/runFileName';
import { sandboxAccounts } from '../../src/sandbox/index';
import { fileOf, journalImage, planOfImages, requestOf, runId } from '../support/runs';
import { screenshot } from '../workbench/artifacts';
import { clearNotifications, dialog, notification, openHubImages, runCommand } from '../workbench/driver';
import { describeOn } from './support/apis';
import { journalFolder, outcomesOf, runsOf } from './support/journal';
import { isDeletion } from './support/hub';
import { useHubWorkbench } from './support/hubWorkbench';
import { namespaceRow } from './support/rows';
import { signIn } from './support/signIn';
import { stepsInOrder } from './support/stepsInOrder';
import { eventually, hasText } from './support/waitFor';

const { demo } = sandboxAccounts;
const unreadable = runFileName('20260602T120000000Z-0a1b2c3d');
const check = 'Hub Images: Check Unconfirmed Deletions';

describeOn('registry', 'a deletion whose process number is in use', () => {
  stepsInOrder();
  const { hub, workbench } = useHubWorkbench('registry', { hub: () => ({ routes: 'today' }) });
  const page = () => workbench().page;

  before(async () => {
    await openHubImages(page());
    await signIn(page(), { username: demo.username, password: demo.accessTokens[0] });
    await namespaceRow(page(), 'acme').waitFor();
    const folder = journalFolder(workbench());
    mkdirSync(folder, { recursive: true });
    const plan = planOfImages([journalImage('one'), journalImage('two')], { origin: hub.url });
    // a process that runs, of which this record does not say when it began
    const writer = { extension: '0.1.0', host: hostname(), pid: process.pid, instance: 'another' };
    writeFileSync(join(folder, runFileName(runId)), fileOf(plan, [requestOf(1, 'one')], { writer }));
    writeFileSync(join(folder, unreadable), 'text of another program\n');
  });

  it('is left alone, and named beside a file that cannot be read', async () => {
    await runCommand(page(), check);
    const message = notification(page(), 'another window may still be working on it');
    await hasText(message, '1 file of the deletion history cannot be read, so its deletion was not checked');
    await hasText(message, `${unreadable} (it is damaged)`);
    await screenshot(page(), 'take-over-offer');
    await message.getByRole('button', { name: 'Take Over…' }).click();
    await hasText(dialog(page()), 'Take over from a window that may still be open?');
    await hasText(dialog(page()), `was recorded by process ${process.pid} on ${hostname()}.`);
    await screenshot(page(), 'take-over-question');
    await dialog(page()).getByRole('button', { name: 'Cancel' }).click();
    await clearNotifications(page());
    assert.deepEqual(outcomesOf(runsOf(workbench())[0]), ['open', 'open']);
  });

  it('is checked once a person takes over, and nothing is deleted', async () => {
    await runCommand(page(), check);
    await notification(page(), 'another window may still')
      .getByRole('button', { name: 'Take Over…' })
      .click();
    await dialog(page()).getByRole('button', { name: 'Take Over' }).click();
    await eventually(() => runsOf(workbench())[0]?.finished?.reason, 'settled');
    await notification(page(), /Deletion in acme\/api.*1 of 2 images was deleted/s).waitFor();
    await screenshot(page(), 'take-over-result');
    assert.deepEqual(outcomesOf(runsOf(workbench())[0]), ['alreadyGone', 'deleted']);
    assert.deepEqual(hub.exchanges.filter(isDeletion), []);
  });
});
