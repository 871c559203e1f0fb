import assert from 'node:assert/strict';
import { screenshot } from '../workbench/artifacts';
import { hubImagesView, openHubImages, pick, runCommand } from '../workbench/driver';
import { useWorkbench } from '../workbench/useWorkbench';
import { workbenchVersions } from '../workbench/versions';
import { describeOn } from './support/apis';
import { isSampleShown } from './support/sandbox';

for (const version of ['newest', 'oldest'] as const) {
  describeOn('management', `the package, installed in VS Code ${workbenchVersions[version].vscode}`, () => {
    const workbench = useWorkbench({ version }); // with all built-in extensions

    it('shows its view to a person who has not signed in', async () => {
      const { page } = workbench();
      const view = await openHubImages(page);
      await view.getByRole('button', { name: 'Sign In to Docker Hub' }).waitFor();
      await view.getByRole('button', { name: 'Explore the Sandbox' }).waitFor();
      await screenshot(page, `install-${version}`);
    });

    it('offers its commands in the palette', async () => {
      const { page } = workbench();
      await runCommand(page, 'Hub Images: Explore the Sandbox…');
      await pick(page, 'Docker Hub today');
      await isSampleShown(page);
      await screenshot(page, `install-sandbox-${version}`);
      assert.ok((await hubImagesView(page).getByRole('treeitem').count()) > 0);
    });
  });
}
