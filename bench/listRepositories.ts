import { namespaceRow } from '../test/e2e/support/rows';
import { expand } from '../test/workbench/driver';
import { plainScenes } from './observer/plainScenes';
import { measureClaim } from './support/claim';
import { concurrency } from './support/client';
import { leastMs, median, ratioText } from './support/measure';
import { Observer } from './support/observer';
import { medianOfPlainRows } from './support/plainTree';
import { latencyMs, withServer } from './support/server';
import { timeFromClick } from './support/stopwatch';
import { rowsOfLevel, withWorkbench } from './support/workbench';

const repositories = 2_000;
const pageSize = 100;
const runs = 5;
const summaryLimit = 60;
const limitMs = leastMs(repositories / pageSize, concurrency, latencyMs);
const counted = 'GetNamespacesRepositorieImagesSummary';

/** From the click that opens the namespace until the page has painted its rows; every run loads the window anew. */
await measureClaim(
  {
    title: 'a namespace with 2,000 repositories in the workbench, from the click to the paint',
    target: `at most 1.3 × the limit of the listing; at most ${summaryLimit} summaries without scrolling`,
  },
  () =>
    withServer({ repositories, isReporting: true }, (url, reported) =>
      withWorkbench(
        url,
        async ({ page, reload }) => {
          const times: number[] = [];
          for (let run = 1; run <= runs; run += 1) {
            if (run > 1) await reload();
            const row = namespaceRow(page, 'bench');
            await row.waitFor();
            times.push(await timeFromClick(page, () => expand(row), rowsOfLevel(2, repositories)));
            const rows = page.locator(rowsOfLevel(2, repositories));
            await rows.filter({ hasNotText: 'images' }).first().waitFor({ state: 'detached' });
            await row.click();
            await row.and(page.locator('[aria-expanded="false"]')).waitFor();
          }
          const overLimit = median(times) / limitMs;
          const summaries = reported.filter(({ operation }) => operation === counted).length / runs;
          const plain = (await medianOfPlainRows(page, plainScenes.repositories, reload)) / limitMs;
          return {
            measured: `${ratioText(overLimit)} the limit, VS Code alone ${ratioText(plain)}; ${summaries.toFixed(0)} summaries`,
            isMet: overLimit <= 1.3 && summaries > 0 && summaries <= summaryLimit,
          };
        },
        new Observer().options,
      ),
    ),
);
