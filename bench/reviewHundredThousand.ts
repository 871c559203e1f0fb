import type { Frame } from 'playwright-core';
import { Review } from '../test/e2e/support/review';
import { pick, runCommand } from '../test/workbench/driver';
import { benchRepository } from './support/benchWorld';
import { report } from './support/claim';
import { msText } from './support/measure';
import { watchScrolling } from './support/scrolling';
import { withServer } from './support/server';
import { drawnAt, timeFromClick } from './support/stopwatch';
import { withWorkbench, type Page } from './support/workbench';

const images = 100_000;
const interactiveMs = 400;
const nodeLimit = 1500;
const frameMs = 50;
const acceptedMs = 150;
const dryRun = 'PostNamespacesDeleteImages';
/** Small, for 1,000 pages and 4,000 dry runs come before anything is measured: that begins with the last answer. */
const latencyMs = 5;
const patienceMs = 10 * 60_000;
const steps = 60;

const box = '[data-control="accept all current_tag"]';
const isDecided = `main:has(${box}:checked):has(.finding.accepted):not(:has(.finding.warning:not(.accepted)))`;

/** What the page is drawn in when nothing is asked of it: a busy machine has long frames even then. */
async function restFor(frame: Frame, frames: number): Promise<void> {
  for (let seen = 0; seen < frames; seen += 1) await nextFrame(frame);
}

function nextFrame(frame: Frame): Promise<unknown> {
  return frame.evaluate('new Promise((resolve) => requestAnimationFrame(resolve))');
}

/** By Page Down, then by the wheel, then by a wheel that is spun fast enough to reach the end, then by Home and End. */
async function scrollFromEndToEnd(page: Page, frame: Frame): Promise<void> {
  const repeat = async (times: number, step: () => Promise<void>) => {
    for (let done = 0; done < times; done += 1) {
      await step();
      await nextFrame(frame);
    }
  };
  const list = await frame.locator('.body').boundingBox();
  await frame.locator('h1').click();
  await repeat(steps, () => page.keyboard.press('PageDown'));
  await page.mouse.move((list?.x ?? 0) + 300, 500);
  await repeat(steps, () => page.mouse.wheel(0, 600));
  await repeat(steps, () => page.mouse.wheel(0, (1.1 * (list?.height ?? 0)) / steps));
  for (const [key, index] of [
    ['Home', 0],
    ['End', images - 1],
  ] as const) {
    await page.keyboard.press(key);
    await frame.locator(`[data-index="${index}"]:not(.placeholder)`).waitFor();
  }
}

await withServer({ images, hasTags: true, latencyMs, isReporting: true }, (url, reported) =>
  withWorkbench(url, async ({ page }) => {
    await runCommand(page, 'Hub Images: Delete Inactive Images…');
    await pick(page, benchRepository);
    const review = new Review(page);
    const heading = await review.title.elementHandle({ timeout: patienceMs });
    const frame = await heading.ownerFrame();
    if (!frame) throw new Error('The review was closed.');
    const interactiveAt = await drawnAt(frame, {
      selector: `main:has(${box}:not([aria-disabled])) [role="status"]`,
      text: 'Dry run finished',
    });
    const last = reported.at(-1);
    if (last?.operation !== dryRun) throw new Error('The last answer was not one of the dry run.');
    const waited = interactiveAt - last.at;
    const rest = await watchScrolling(frame, frameMs, () => restFor(frame, 2 * steps));
    const scrolling = await watchScrolling(frame, frameMs, () => scrollFromEndToEnd(page, frame));
    report(
      {
        title: 'review of 100,000 images with a warning each, after the last answer of the dry run',
        target: `interactive after at most ${interactiveMs} ms; fewer than ${nodeLimit.toLocaleString('en')} nodes; no frame over ${frameMs} ms while it is scrolled from end to end`,
      },
      {
        measured: `${msText(waited)}; ${scrolling.mostNodes.toLocaleString('en')} nodes; ${scrolling.framesOverLimit} of ${scrolling.frames.toLocaleString('en')} frames over, the longest ${msText(scrolling.longestFrameMs)}, at rest ${msText(rest.longestFrameMs)}`,
        isMet:
          waited <= interactiveMs && scrolling.mostNodes < nodeLimit && scrolling.longestFrameMs <= frameMs,
      },
    );
    const decided = await timeFromClick(frame, () => frame.locator(box).click(), {
      selector: `${isDecided} [role="status"]`,
      text: 'No warning is open.',
    });
    report(
      {
        title: 'accept all of 100,000 warnings, from the click until the review has painted it',
        target: `at most ${acceptedMs} ms`,
      },
      { measured: msText(decided), isMet: decided <= acceptedMs },
    );
  }),
);
