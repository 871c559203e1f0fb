import assert from 'node:assert/strict';
import { screenshot } from '../workbench/artifacts';
import { hubImagesView, openHubImages, runCommand } from '../workbench/driver';
import { openWorkbench, type Workbench } from '../workbench/openWorkbench';
import { workbenchVersions } from '../workbench/versions';

const VSIX = ['hub-images.vsix'];

for (const version of ['newest', 'oldest'] as const) {
  describe(`the package, installed in VS Code ${workbenchVersions[version].vscode}`, () => {
    let workbench: Workbench;

    before(async () => {
      workbench = await openWorkbench({ version, vsix: VSIX });
    });

    afterEach(function () {
      if (this.currentTest?.state === 'failed') workbench.keepLogs(`install-${version}`);
    });

    after(() => workbench.stop());

    it('shows its view to a person who has not signed in', async () => {
      const view = await openHubImages(workbench.page);
      await view.getByRole('button', { name: 'Sign In to Docker Hub' }).waitFor();
      await view.getByRole('button', { name: 'Explore the Sandbox' }).waitFor();
      await screenshot(workbench.page, `install-${version}`);
    });

    it('offers its commands in the palette', async () => {
      await runCommand(workbench.page, 'Hub Images: Refresh');
      assert.ok(await hubImagesView(workbench.page).isVisible());
    });
  });
}
