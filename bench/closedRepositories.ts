import { imageRows, messageRow, namespaceRow, openRow, repositoryRow } from '../test/e2e/support/rows';
import { hubImagesView } from '../test/workbench/driver';
import { otherRepository } from './support/benchWorld';
import { measureClaim } from './support/claim';
import { Observer } from './support/observer';
import { withServer } from './support/server';
import { withWorkbench } from './support/workbench';

const repositories = 50;
const imagesEach = 500;
const limitMegabytes = 10;
/** So that nothing need be scrolled. */
const allRowsInView = { width: 1280, height: 9000 };

/**
 * Each repository is opened, read to its third page and closed again. Two were before the first look, so that what is
 * loaded only once is there.
 */
await measureClaim(
  {
    title: `memory of the extension host after ${repositories} repositories were browsed and closed`,
    target: `within ${limitMegabytes} MB of before`,
  },
  () =>
    withServer({ repositories: repositories + 3, imagesEach, hasTags: true, latencyMs: 1 }, (url) => {
      const observer = new Observer();
      return withWorkbench(
        url,
        async ({ page }) => {
          const browse = async (number: number) => {
            const row = repositoryRow(page, otherRepository(number));
            await openRow(page, row);
            for (const loaded of [100, 200]) {
              const more = messageRow(page, `Load 100 more (${loaded} of ${imagesEach})`);
              await more.click();
              await more.waitFor({ state: 'detached' });
            }
            await row.locator('.monaco-tl-twistie').click();
            await imageRows(page).first().waitFor({ state: 'detached' });
          };
          await openRow(page, namespaceRow(page, 'bench'));
          await browse(1);
          await browse(2);
          await hubImagesView(page).getByRole('treeitem').first().focus();
          const before = await observer.ask('heap');
          for (let number = 3; number < repositories + 3; number += 1) await browse(number);
          const megabytes = ((await observer.ask('heap')) - before) / 1_000_000;
          return { measured: `${megabytes.toFixed(1)} MB more`, isMet: megabytes <= limitMegabytes };
        },
        { ...observer.options, size: allRowsInView },
      );
    }),
);
