import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { WorkbenchOptions } from '../../test/workbench/openWorkbench';
import type { Activation } from '../observer/activation';

const pollMs = 50;
const patienceMs = 30_000;

/** What can be asked of an extension host, and what it answers. */
interface Answers {
  readonly process: number;
  readonly heap: number;
  readonly activation: Activation;
}

/** Asks the extension that looks into the extension host, where it is installed. */
export class Observer {
  readonly #socket =
    process.platform === 'win32'
      ? `\\\\.\\pipe\\hub-images-${process.pid}`
      : join(tmpdir(), `hub-images-${process.pid}.sock`);

  /** What the workbench needs for it. */
  get options(): WorkbenchOptions {
    return {
      vsix: [join(dirname(process.argv[1] ?? ''), 'observer.vsix')],
      env: { HUB_IMAGES_OBSERVER: this.#socket },
    };
  }

  async ask<What extends keyof Answers>(what: What): Promise<Answers[What]> {
    return JSON.parse(await this.#get(what)) as Answers[What]; // of observer/extension.ts
  }

  /** The extension host that runs now, once it is another than that one. */
  async processAfter(before: number | undefined): Promise<number> {
    for (;;) {
      const current = await this.ask('process').catch(() => undefined); // none listens while it starts
      if (current !== undefined && current !== before) return current;
      await delay(pollMs);
    }
  }

  #get(path: string): Promise<string> {
    return new Promise((resolve, reject) => {
      request(
        { socketPath: this.#socket, path: `/${path}`, signal: AbortSignal.timeout(patienceMs) },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (part: string) => (text += part));
          response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(text))));
        },
      )
        .on('error', reject)
        .end();
    });
  }
}
