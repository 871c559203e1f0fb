import assert from 'node:assert/strict';
import type { Fault, FaultTarget } from '../../src/sandbox/index';
import { cancelProgress, notification, openHubImages, pick, runCommand } from '../workbench/driver';
import { describeOnBothApis } from './support/apis';
import { useHubWorkbench } from './support/hubWorkbench';
import { Review } from './support/review';
import {
  collapseAll,
  imageRows,
  messageRow,
  namespaceRow,
  openRepository,
  openRow,
  repositoryRow,
} from './support/rows';
import { signIn } from './support/signIn';
import { hasText } from './support/waitFor';

const failures: readonly (readonly [string, Fault, RegExp])[] = [
  [
    'answers 500',
    { kind: 'status', status: 500, body: { message: 'out of order' } },
    /internal error \(500\).*out of order/,
  ],
  [
    'answers with an HTML page',
    {
      kind: 'status',
      status: 200,
      body: '<html><body>Maintenance</body></html>',
      headers: { 'content-type': 'text/html' },
    },
    /not a valid Docker Hub response/,
  ],
  [
    'breaks the connection',
    { kind: 'resetBeforeEffect' },
    /connection was closed before the response was complete/,
  ],
  ['is too slow', { kind: 'hang' }, /did not answer in time/],
  [
    'allows nothing',
    { kind: 'status', status: 403, body: { message: 'insufficient scope' } },
    /insufficient scope/,
  ],
];

describeOnBothApis('a Hub that', (api) => {
  const { hub, workbench } = useHubWorkbench(api.kind, {
    hub: () => api.sandbox,
    settings: { 'hubImages.requestTimeoutSeconds': 2 },
  });
  const page = () => workbench().page;
  // no other: the counts of all of them may come from the same lists
  const listOfBilling: FaultTarget = {
    // where there are two lists, both: of one alone, a part of the images can be shown
    ...(api.kind === 'management' && api.on.list),
    when: ({ path }) => path.startsWith('/v2/namespaces/acme/repositories/billing/'),
  };

  before(async () => {
    await openHubImages(page());
    await signIn(page(), api.account);
    await openRow(page(), namespaceRow(page(), 'acme'));
  });

  if (api.kind === 'management') pauses();

  // what is said of an answer depends on the API; a connection that fails does not
  const tried =
    api.kind === 'management' ? failures : failures.filter(([, fault]) => fault.kind === 'status');
  for (const [name, fault, reason] of tried) {
    it(`${name} shows the reason and a retry that works, and no empty list`, async () => {
      hub.sandbox.faults.add({
        on: listOfBilling,
        times: 'always',
        fault,
      });
      await readAnew();
      await openRepository(page(), 'acme/billing');
      const message = messageRow(
        page(),
        // of lists that come as a whole the counts are known no more than the images
        api.kind === 'management' && fault.kind === 'status' && fault.status === 403
          ? 'Your account can see the counts but not the images'
          : 'Images could not be listed',
      );
      await message.waitFor();
      assert.match((await message.getAttribute('aria-label')) ?? '', reason);
      assert.doesNotMatch(await message.innerText(), /<html/);
      assert.equal(await messageRow(page(), 'No images').count(), 0);
      await api.screenshot(page(), `failure-${name.replaceAll(' ', '-')}`);
      hub.sandbox.faults.clear();
      await message.click();
      await message.waitFor({ state: 'detached' });
      assert.equal(await imageRows(page()).count(), 9);
      await reset();
    });
  }

  it('fails on a refresh leaves the older rows below the reason', async () => {
    await openRepository(page(), 'acme/billing');
    await imageRows(page()).first().waitFor();
    hub.sandbox.faults.add({
      on: listOfBilling,
      times: 'always',
      fault: { kind: 'status', status: 400, body: { message: 'no' } },
    });
    await runCommand(page(), 'Hub Images: Refresh');
    await messageRow(page(), 'Images could not be listed').waitFor();
    assert.equal(await imageRows(page()).count(), 9);
    hub.sandbox.faults.clear();
    await messageRow(page(), 'Images could not be listed').click();
    await messageRow(page(), 'Images could not be listed').waitFor({ state: 'detached' });
    await reset();
  });

  it('cannot list namespaces or repositories says so in their place', async () => {
    const down: Fault = { kind: 'status', status: 503, body: 'down' };
    hub.sandbox.faults.add({ on: { operation: 'GetNamespaceRepositories' }, times: 'always', fault: down });
    await runCommand(page(), 'Hub Images: Refresh');
    await messageRow(page(), 'Repositories could not be listed').waitFor();
    await api.screenshot(page(), 'failure-repositories');
    hub.sandbox.faults.clear();
    await messageRow(page(), 'Repositories could not be listed').click();
    await repositoryRow(page(), 'acme/api').waitFor();
    await messageRow(page(), 'Repositories could not be listed').waitFor({ state: 'detached' });
  });

  it('fails in the dry run says so in the review, and goes on after a repetition', async () => {
    hub.sandbox.faults.add({
      on: api.on.dryRun,
      times: 'always', // with a registry, it is asked before the dry run, too, whether the account may delete
      fault: { kind: 'status', status: 400, body: { message: 'httperror 400: validation error' } },
    });
    await runCommand(page(), 'Hub Images: Delete Inactive Images…');
    await pick(page(), 'acme/billing');
    const review = new Review(page());
    await review.says('The dry run failed. Nothing was deleted.');
    await hasText(review.frame.locator('main'), 'httperror 400: validation error');
    assert.equal(await review.deleteButton.getAttribute('aria-disabled'), 'true');
    await api.screenshot(page(), 'failure-dry-run');
    hub.sandbox.faults.clear();
    await review.button('Repeat Dry Run').click();
    await review.says(/Dry run finished for \d images\./);
    await review.close();
  });

  /** Waiting for a server is the client's, which knows no API. */
  function pauses(): void {
    it('asks for a pause is given one, with a countdown that anybody can see', async () => {
      hub.sandbox.faults.add({
        on: listOfBilling,
        fault: { kind: 'status', status: 429, headers: { 'retry-after': '4' } },
      });
      const countdown = page()
        .locator('.statusbar-item')
        .filter({ hasText: /Hub Images continues in \d s/ });
      await readAnew();
      const [row] = await Promise.all([openRepository(page(), 'acme/billing'), countdown.waitFor()]);
      await imageRows(page()).first().waitFor();
      await countdown.waitFor({ state: 'detached' });
      assert.equal(await row.getAttribute('aria-expanded'), 'true');
      await reset();
    });

    it('asks for a long pause can be left at once', async () => {
      hub.sandbox.faults.add({
        on: listOfBilling,
        times: 'always',
        fault: { kind: 'status', status: 429, headers: { 'retry-after': '12' } },
      });
      await runCommand(page(), 'Hub Images: Delete Inactive Images…');
      await pick(page(), 'acme/billing');
      const countdown = page()
        .locator('.statusbar-item')
        .filter({ hasText: /Hub Images continues in \d+ s/ });
      await countdown.waitFor();
      await api.screenshot(page(), 'failure-pause');
      const progress = notification(page(), 'Reading all images in acme/billing');
      await cancelProgress(progress);
      assert.match(await countdown.innerText(), /continues in \d+ s/); // left long before its end
      const asked = hub.exchanges.length;
      await countdown.waitFor({ state: 'detached' });
      assert.equal(hub.exchanges.length, asked);
      await reset();
    });
  }

  /** What was read is out of date, the counts too: from lists that both come from, nothing is read for the images alone. */
  async function readAnew(): Promise<void> {
    await runCommand(page(), 'Hub Images: Refresh');
  }

  async function reset(): Promise<void> {
    await collapseAll(page());
    await openRow(page(), namespaceRow(page(), 'acme'));
  }
});
