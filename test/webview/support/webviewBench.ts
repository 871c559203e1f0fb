import assert from 'node:assert/strict';
import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core';
import { launchChromium } from '../../workbench/launchChromium';
import { themes, type ThemeName } from './themes';
import { WebviewServer, type ServedPage } from './webviewServer';

export interface PageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly forcedColors?: boolean;
  readonly hasTouch?: boolean;
}

/** A page of a webview, with what the browser complained of. */
export interface OpenPage {
  readonly page: Page;
  /** Violations of the policy, uncaught errors and failed loads. */
  readonly complaints: readonly string[];
  /** What else the webview wrote to its console. */
  readonly log: readonly string[];
}

export interface WebviewBenchOptions extends ServedPage {
  readonly timezoneId: string;
  readonly height: number;
  /** What in the console counts as a complaint. */
  readonly complaintTypes: readonly ReturnType<ConsoleMessage['type']>[];
}

/** The browser and the server of one file of tests. */
export abstract class WebviewBench {
  readonly #options: WebviewBenchOptions;
  #browser: Browser | undefined;
  #server: WebviewServer | undefined;
  readonly #open: (OpenPage & { readonly context: BrowserContext })[] = [];

  constructor(options: WebviewBenchOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    this.#server = await WebviewServer.start(this.#options);
    this.#browser = await launchChromium();
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.#server?.stop();
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

  /** @param connect Handed what sends a message to the webview; gives what is told of those that come back. */
  protected async openPage(
    { theme = 'dark', width = 1000, height = this.#options.height, ...options }: PageOptions,
    connect: (post: (message: unknown) => Promise<void>) => (message: unknown) => unknown,
  ): Promise<OpenPage> {
    assert.ok(this.#browser !== undefined && this.#server !== undefined, 'the bench was started');
    const { timezoneId, complaintTypes } = this.#options;
    const context = await this.#browser.newContext({
      viewport: { width, height },
      forcedColors: options.forcedColors === true ? 'active' : 'none',
      hasTouch: options.hasTouch ?? false,
      colorScheme: theme.toLowerCase().includes('light') ? 'light' : 'dark',
      timezoneId,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(10_000);
    const complaints: string[] = [];
    const log: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('requestfailed', (request) => complaints.push(`not loaded: ${request.url()}`));
    page.on('console', (message) =>
      (complaintTypes.includes(message.type()) ? complaints : log).push(message.text()),
    );
    const receive = connect((message) => page.evaluate(postToWebview, message));
    await page.exposeFunction('toHost', receive);
    await page.exposeFunction('complain', (violation: string) => complaints.push(violation));
    await page.addInitScript(prepare, themes[theme]);
    await page.goto(this.#server.origin);
    const opened = { page, complaints, log, context };
    this.#open.push(opened);
    return opened;
  }
}

function postToWebview(message: unknown): void {
  window.postMessage(message, '*');
}

/** Runs in the page before its own script: stands in for the editor around a webview. */
function prepare({ bodyClass, variables }: (typeof themes)[ThemeName]): void {
  const bindings = window as unknown as Record<string, (value: unknown) => void>; // exposed by name above
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => bindings['toHost']?.(message),
      getState: (): unknown => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
      setState: (state: unknown) => {
        sessionStorage.setItem('state', JSON.stringify(state ?? null));
      },
    }),
  });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
    bindings['complain']?.(`policy: ${violatedDirective} ${blockedURI} ${sourceFile}`),
  );
  document.addEventListener('DOMContentLoaded', () => {
    document.body.className = bodyClass;
    for (const [name, value] of Object.entries(variables)) {
      document.documentElement.style.setProperty(`--vscode-${name}`, value);
    }
  });
}
