import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { WarningKind } from '../../../src/review/protocol';
import { answerInput, dialog, webview } from '../../workbench/driver';
import { eventually } from './waitFor';

/** The review of a deletion, as a screen reader finds its parts. */
export class Review {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get frame(): FrameLocator {
    return webview(this.#page);
  }

  get title(): Locator {
    return this.frame.getByRole('heading', { level: 1 });
  }

  get status(): Locator {
    return this.frame.getByRole('status');
  }

  get deleteButton(): Locator {
    return this.frame.getByRole('button', { name: /^Delete \d+ Images?$/ });
  }

  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  /** @param label Current tags, or the short digest. */
  row(label: string): Locator {
    return this.frame.getByRole('row').filter({
      has: this.frame.getByRole('button', { name: `Copy digest of ${label}`, exact: true }),
    });
  }

  accept(kind: WarningKind, label: string): Locator {
    return this.frame.getByRole('checkbox', { name: `Accept ${kind} for ${label}`, exact: true });
  }

  acceptAll(kind: WarningKind, count: number | RegExp): Locator {
    const name = typeof count === 'number' ? `Accept all ${kind} warnings (${count})` : count;
    return this.frame.getByRole('checkbox', { name, exact: true });
  }

  /** Waits for what the live region says. */
  async says(text: string | RegExp): Promise<void> {
    await this.status.filter({ hasText: text }).waitFor();
  }

  /** Waits until its symbols, which are letters of a font, can be drawn. */
  async hasFonts(): Promise<void> {
    await this.frame.locator('body').evaluate('document.fonts.ready.then(() => true)');
  }

  /** Agrees to reading contents from the registry, which is asked before a review that needs them. */
  async readContents(): Promise<void> {
    const question = dialog(this.#page);
    await question.filter({ hasText: /must be read from the registry/ }).waitFor();
    await question.getByRole('button', { name: 'Read Contents' }).click();
  }

  /** Presses Delete and waits for the final confirmation. */
  async askToDelete(): Promise<Locator> {
    await this.deleteButton.click();
    const question = dialog(this.#page);
    await question.waitFor();
    return question;
  }

  /** Goes on from the final confirmation, and types the name that tagged or active images ask for. */
  async confirm(question: Locator, typed: string): Promise<void> {
    await question.getByRole('button', { name: /^Delete \d+ Images?$/ }).click();
    await answerInput(this.#page, typed);
  }

  /**
   * Leaves the final confirmation, and waits until the focus is back in the review: it comes a little later than the answer,
   * and closes whatever picker was opened meanwhile.
   */
  async cancel(question: Locator): Promise<void> {
    await question.getByRole('button', { name: 'Cancel' }).click();
    await this.says('Nothing was deleted.');
    await eventually(() => this.#page.evaluate("document.activeElement.matches('iframe.webview')"), true);
  }

  /** Accepts what falls with the images, where anything does. */
  async acceptCollateral(): Promise<void> {
    const all = this.frame.getByRole('checkbox', { name: /^Accept all collateral warnings/ });
    if ((await all.count()) > 0) await all.check();
  }

  async close(): Promise<void> {
    await this.button('Close').click();
    await this.#page.locator('iframe.webview').waitFor({ state: 'detached' });
  }
}
