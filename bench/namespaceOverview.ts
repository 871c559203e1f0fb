import { pick, runCommand, webview } from '../test/workbench/driver';
import { measureClaim } from './support/claim';
import { median, msText } from './support/measure';
import { withServer } from './support/server';
import { drawnAt, timeFromClick } from './support/stopwatch';
import { withWorkbench } from './support/workbench';

const repositories = 2_000;
const interactiveMs = 400;
const sortedMs = 100;
const listed = 'GetNamespaceRepositories';
/** Long, so that the editor has loaded the page before the list is there. */
const latencyMs = 1000;
const runs = 5;

/** From the last answer of the list until the page has painted the treemap and the table; every run loads the window anew. */
await measureClaim(
  {
    title: 'overview of a namespace with 2,000 repositories, after the last answer of the list',
    target: `interactive after at most ${interactiveMs} ms, median of ${runs}; sorted by another column after at most ${sortedMs} ms`,
  },
  () =>
    withServer({ repositories, imagesEach: 1, latencyMs, isReporting: true }, (url, reported) =>
      withWorkbench(url, async ({ page, reload }) => {
        const waits: number[] = [];
        const sorts: number[] = [];
        for (let run = 1; run <= runs; run += 1) {
          if (run > 1) await reload();
          await runCommand(page, 'Hub Images: Show Namespace Overview');
          await pick(page, 'bench');
          const heading = await webview(page).getByRole('heading', { level: 1 }).elementHandle();
          const frame = await heading.ownerFrame();
          if (!frame) throw new Error('The overview was closed.');
          const interactiveAt = await drawnAt(frame, {
            selector: 'main:has(.tile):has(.body [data-control="tree"]) [role="status"]',
            text: '2,000 repositories were listed.',
          });
          const last = reported.findLast(({ operation }) => operation === listed);
          if (last === undefined) throw new Error('The repositories were not listed.');
          waits.push(interactiveAt - last.at);
          const head = frame.getByRole('columnheader', { name: 'Repository' });
          sorts.push(
            await timeFromClick(frame, () => head.getByRole('button').click(), '.repository[aria-sort]'),
          );
        }
        const [waited, sorted] = [median(waits), median(sorts)];
        return {
          measured: `${msText(waited)}; sorted after ${msText(sorted)}`,
          isMet: waited <= interactiveMs && sorted <= sortedMs,
        };
      }),
    ),
);
