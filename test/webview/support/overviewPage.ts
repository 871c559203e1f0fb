import assert from 'node:assert/strict';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import {
  isFromWebview,
  isToWebview,
  type FiguresMessage,
  type FromWebview,
  type StateMessage,
  type ToWebview,
} from '../../../src/overview/protocol';
import { webviewHtml } from '../../../src/util/webviewHtml';
import { launchChromium } from '../../workbench/launchChromium';
import { postToWebview, prepare } from './reviewPage';
import { ReviewServer } from './reviewServer';
import { themes, type ThemeName } from './themes';

export interface OverviewLook {
  readonly figures?: FiguresMessage;
  readonly state?: Partial<StateMessage>;
}

export interface OpenOverviewOptions extends OverviewLook {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly forcedColors?: boolean;
  readonly hasTouch?: boolean;
}

/** The overview in a page, with a host made up by the test. */
export interface OpenOverview {
  readonly page: Page;
  readonly received: readonly FromWebview[];
  /** Violations of the policy, uncaught errors and failed loads. */
  readonly complaints: readonly string[];
  readonly tell: (message: ToWebview) => Promise<void>;
}

/** The browser and the server of one file of tests. */
export class OverviewBench {
  #browser: Browser | undefined;
  #server: ReviewServer | undefined;
  readonly #open: (OpenOverview & { readonly context: BrowserContext })[] = [];

  async start(): Promise<void> {
    this.#server = await ReviewServer.start({
      folder: 'dist/overview',
      html: (webview, root) => webviewHtml(webview, root, 'Overview: acme/api'),
    });
    this.#browser = await launchChromium();
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.#server?.stop();
  }

  async open(options: OpenOverviewOptions = {}): Promise<OpenOverview> {
    assert.ok(this.#browser !== undefined && this.#server !== undefined, 'the bench was started');
    const { figures, state, theme = 'dark', width = 1000, height = 1100, ...rest } = options;
    const context = await this.#browser.newContext({
      viewport: { width, height },
      forcedColors: rest.forcedColors === true ? 'active' : 'none',
      hasTouch: rest.hasTouch ?? false,
      colorScheme: theme.toLowerCase().includes('light') ? 'light' : 'dark',
      timezoneId: 'America/New_York', // whatever the person's zone, days are those of UTC
    });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const received: FromWebview[] = [];
    const complaints: string[] = [];
    const tell = async (message: ToWebview) => {
      assert.ok(isToWebview(message), 'the host of the test speaks the protocol');
      await page.evaluate(postToWebview, message);
    };
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('requestfailed', (request) => complaints.push(`not loaded: ${request.url()}`));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    await page.exposeFunction('toHost', async (message: unknown) => {
      assert.ok(isFromWebview(message), `not a message of the protocol: ${JSON.stringify(message)}`);
      received.push(message);
      if (message.type === 'ready') {
        if (figures !== undefined) await tell(figures);
        await tell(stateOf(state));
      }
    });
    await page.exposeFunction('complain', (violation: string) => complaints.push(violation));
    await page.addInitScript(prepare, themes[theme]);
    await page.goto(this.#server.origin);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const opened = { page, received, complaints, tell, context };
    this.#open.push(opened);
    return opened;
  }

  /** Closes what a test opened and fails it if a page complained. */
  async closeAll(): Promise<void> {
    const opened = this.#open.splice(0);
    for (const { context } of opened) {
      await context.close();
    }
    for (const { complaints } of opened) {
      assert.deepEqual(complaints, []);
    }
  }
}

/** A repository that was read; everything else is as the test says. */
export function stateOf(overrides: Partial<StateMessage> = {}): StateMessage {
  return {
    type: 'state',
    title: 'Overview: acme/api',
    phase: 'ready',
    status: 'Every image was read.',
    isSandbox: false,
    counts: null,
    progress: null,
    notices: [],
    ...overrides,
  };
}
