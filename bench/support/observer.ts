import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Activation } from '../observer/activation';

const pollMs = 50;
const answerTimeoutMs = 30_000;
const hostTimeoutMs = 90_000;

/** What can be asked of an extension host, and what it answers. */
interface Answers {
  readonly process: number;
  readonly heap: number;
  readonly activation: Activation;
}

/** The extension as it ships, but for an entry that measures its activation. */
export function measuredVsix(): string {
  return join(dirname(process.argv[1] ?? ''), 'measured.vsix');
}

/** Asks the extension that looks into the extension host, where it is installed. */
export class Observer {
  /** Where the extension host that began last has written its port. */
  readonly #file = join(dirname(process.argv[1] ?? ''), `observer-${process.pid}.port`);

  /** What the workbench needs for it. */
  get options(): { readonly vsix: readonly string[]; readonly env: NodeJS.ProcessEnv } {
    return {
      vsix: [join(dirname(process.argv[1] ?? ''), 'observer.vsix')],
      env: { HUB_IMAGES_OBSERVER: this.#file },
    };
  }

  /** @throws {Error} There is no extension host, or it does not know. */
  async ask<What extends keyof Answers>(what: What): Promise<Answers[What]> {
    try {
      const response = await fetch(`http://127.0.0.1:${readFileSync(this.#file, 'utf8')}/${what}`, {
        signal: AbortSignal.timeout(answerTimeoutMs),
      });
      if (!response.ok) throw new Error(await response.text());
      return (await response.json()) as Answers[What]; // of observer/extension.ts
    } catch (cause) {
      throw new Error(`The extension host did not tell its ${what}.`, { cause });
    }
  }

  /**
   * The extension host that runs now, once it is another than that one.
   *
   * @throws {Error} None came.
   */
  async processAfter(before: number | undefined): Promise<number> {
    const until = Date.now() + hostTimeoutMs;
    let failure: unknown;
    while (Date.now() < until) {
      try {
        const current = await this.ask('process');
        if (current !== before) return current;
        failure = undefined;
      } catch (error) {
        failure = error; // none listens while it starts
      }
      await delay(pollMs);
    }
    throw new Error(
      `No ${before === undefined ? '' : 'other '}extension host began within ${hostTimeoutMs / 1000} seconds.`,
      { cause: failure },
    );
  }
}
