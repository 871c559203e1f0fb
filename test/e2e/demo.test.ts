import assert from 'node:assert/strict';
import words from '../../package.nls.json';
import { imageApiKinds } from '../../src/hub/autoImageApi';
import { screenshot } from '../workbench/artifacts';
import { demoEnvironment } from '../workbench/demoApi';
import { notification } from '../workbench/driver';
import { packCompanion } from '../workbench/packCompanion';
import { useWorkbench, VSIX } from '../workbench/useWorkbench';
import { describeOn } from './support/apis';
import { isSampleShown, saysSandbox } from './support/sandbox';

const servers = { registry: 'Docker Hub today', management: 'Docker Hub until December 2023' } as const;

for (const api of imageApiKinds) {
  describeOn(api, 'the window that npm start opens', () => {
    let companion = '';
    before(async () => {
      companion = await packCompanion();
    });
    const workbench = useWorkbench(() => ({
      vsix: [VSIX, companion],
      env: demoEnvironment(api),
      isLean: true,
    }));

    it('shows the sandbox with an inactive image selected, and the walkthrough beside it', async () => {
      const { page } = workbench();
      await isSampleShown(page);
      await saysSandbox(page, servers[api]);
      const walkthrough = page.locator('.gettingStartedContainer');
      await walkthrough.locator('h2', { hasText: words['walkthrough.title'] }).waitFor();
      assert.equal(await notification(page, '').count(), 0);
      await screenshot(page, `demo-${api}`);
    });
  });
}
