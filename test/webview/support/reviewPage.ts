import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { ReviewRow } from '../../../src/review/protocol';
import { FakeHost, type StateOverrides } from './fakeHost';
import { WebviewBench, type OpenPage, type PageOptions } from './webviewBench';

export interface OpenOptions extends PageOptions {
  readonly rows: readonly ReviewRow[];
  readonly state?: StateOverrides;
}

/** The review in a page. */
export interface OpenReview extends OpenPage {
  readonly host: FakeHost;
}

export class ReviewBench extends WebviewBench {
  constructor() {
    super({
      bundle: 'review',
      title: 'Delete images',
      timezoneId: 'UTC',
      height: 700,
      complaintTypes: ['error'],
    });
  }

  async open({ rows, state, ...options }: OpenOptions): Promise<OpenReview> {
    const host = new FakeHost(rows, state);
    const opened = await this.openPage(options, (post) => {
      host.connect(post);
      return (message) => host.receive(message);
    });
    if (rows.length > 0) {
      await opened.page.locator('.body .row:not(.placeholder)').first().waitFor();
    }
    return { ...opened, host };
  }
}

export async function keepScreenshot(page: Page, name: string): Promise<void> {
  const folder = join('artifacts', 'webview');
  mkdirSync(folder, { recursive: true });
  // Hiding the caret would add a style element, which the policy forbids.
  await page.screenshot({ path: join(folder, `${name}.png`), caret: 'initial' });
}

/** Resolves when the page has drawn twice: what a change led to is on screen by then. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            resolve();
          }),
        ),
      ),
  );
}
