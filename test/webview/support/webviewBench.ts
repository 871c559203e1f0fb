import assert from 'node:assert/strict';
import type { Browser, ConsoleMessage, Page } from 'playwright-core';
import { isFocusedMessage, type FocusedMessage } from '../../../src/webview/protocol';
import { launchChromium } from '../../workbench/launchChromium';
import { themes, type ThemeName } from './themes';
import { WebviewServer, type ServedPage } from './webviewServer';

export interface PageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly forcedColors?: boolean;
  readonly hasTouch?: boolean;
  /** Whether the page is not as before after the test, as when its clock was stopped. */
  readonly isUsedUp?: boolean;
}

/** A page of a webview, with what the browser complained of. */
export interface OpenPage {
  readonly page: Page;
  /** Violations of the policy, uncaught errors and failed loads. */
  readonly complaints: readonly string[];
  /** What else the webview wrote to its console. */
  readonly log: readonly string[];
  /** Messages that it got the focus without a click. */
  readonly focusReports: readonly FocusedMessage[];
}

export interface WebviewBenchOptions extends ServedPage {
  readonly timezoneId: string;
  readonly height: number;
  /** What in the console counts as a complaint. */
  readonly complaintTypes: readonly ReturnType<ConsoleMessage['type']>[];
}

/** The browser of all files of tests, started with the first. */
let browser: Promise<Browser> | undefined;

// this module is loaded once, outside any describe
after(async () => (await browser)?.close());

/** A page that one test after the other uses: a new one takes longer than most tests. */
interface BenchPage {
  readonly page: Page;
  readonly hasTouch: boolean;
  isUsedUp: boolean;
  /** Of the test that uses it now. */
  receive: (message: unknown) => unknown;
  complaints: string[];
  log: string[];
  focusReports: FocusedMessage[];
}

/** The server of one file of tests, and its pages. */
export abstract class WebviewBench {
  readonly #options: WebviewBenchOptions;
  #server: WebviewServer | undefined;
  readonly #free: BenchPage[] = [];
  readonly #used: BenchPage[] = [];
  #opened = 0;

  constructor(options: WebviewBenchOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    browser ??= launchChromium();
    await browser;
    this.#server = await WebviewServer.start(this.#options);
  }

  async stop(): Promise<void> {
    for (const { page } of this.#free.splice(0)) await page.context().close();
    await this.#server?.stop();
  }

  /** Leaves what a test opened and fails it if a page complained. */
  async closeAll(): Promise<void> {
    const used = this.#used.splice(0);
    const complaints = used.map((one) => [...one.complaints]); // leaving breaks off what is still being loaded
    for (const one of used) {
      if (one.isUsedUp) {
        await one.page.context().close();
      } else {
        await one.page.goto('about:blank');
        this.#free.push(one);
      }
    }
    assert.deepEqual(complaints.flat(), []);
  }

  /** @param connect Handed what sends a message to the webview; gives what is told of those that come back. */
  protected async openPage(
    { theme = 'dark', width = 1000, height = this.#options.height, ...options }: PageOptions,
    connect: (post: (message: unknown) => Promise<void>) => (message: unknown) => unknown,
  ): Promise<OpenPage> {
    assert.ok(this.#server !== undefined, 'the bench was started');
    const used = await this.#take(options.hasTouch ?? false);
    const { page } = used;
    await page.setViewportSize({ width, height });
    await page.emulateMedia({
      forcedColors: options.forcedColors === true ? 'active' : 'none',
      colorScheme: theme.toLowerCase().includes('light') ? 'light' : 'dark',
      reducedMotion: null,
    });
    await page.mouse.move(0, 0);
    used.isUsedUp = options.isUsedUp ?? false;
    used.receive = connect((message) => page.evaluate(postToWebview, message));
    used.complaints = [];
    used.log = [];
    used.focusReports = [];
    this.#opened += 1;
    await page.goto(`${this.#server.origin}/?page=${String(this.#opened)}&theme=${theme}`);
    return used;
  }

  async #take(hasTouch: boolean): Promise<BenchPage> {
    const index = this.#free.findIndex((one) => one.hasTouch === hasTouch);
    const [free] = index < 0 ? [] : this.#free.splice(index, 1);
    const taken = free ?? (await this.#newPage(hasTouch));
    this.#used.push(taken);
    return taken;
  }

  async #newPage(hasTouch: boolean): Promise<BenchPage> {
    assert.ok(browser !== undefined, 'the bench was started');
    const { timezoneId, complaintTypes } = this.#options;
    const context = await (await browser).newContext({ hasTouch, timezoneId });
    const page = await context.newPage();
    const made: BenchPage = {
      page,
      hasTouch,
      isUsedUp: false,
      receive: () => undefined,
      complaints: [],
      log: [],
      focusReports: [],
    };
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => made.complaints.push(error.message));
    page.on('requestfailed', (request) => made.complaints.push(`not loaded: ${request.url()}`));
    page.on('console', (message) =>
      (complaintTypes.includes(message.type()) ? made.complaints : made.log).push(message.text()),
    );
    await page.exposeFunction('toHost', (message: unknown) =>
      isFocusedMessage(message) ? made.focusReports.push(message) : made.receive(message),
    );
    await page.exposeFunction('complain', (violation: string) => made.complaints.push(violation));
    await page.addInitScript(prepare, themes);
    return made;
  }
}

function postToWebview(message: unknown): void {
  window.postMessage(message, '*');
}

/** Runs in the page before its own script: stands in for the editor around a webview. */
function prepare(all: typeof themes): void {
  const query = new URLSearchParams(location.search);
  const theme = query.get('theme');
  if (theme === null) return; // no page of ours
  const { bodyClass, variables } = all[theme as ThemeName]; // as it was opened
  const bindings = window as unknown as Record<string, (value: unknown) => void>; // exposed by name above
  if (sessionStorage.getItem('page') !== query.get('page')) {
    sessionStorage.clear(); // what the test before has left
    sessionStorage.setItem('page', query.get('page') ?? '');
  }
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
