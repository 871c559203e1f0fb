import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';
import { startProcess } from '../../test/workbench/childProcess';
import type { WorldSize } from './benchWorld';

export interface ServerOptions extends WorldSize {
  /** Added to every answer. */
  readonly latencyMs: number;
  readonly requestsPerMinute?: number;
}

/** Every answer takes at least so long, unless a claim says otherwise. */
export const latencyMs = 50;

/** Runs the work against a Hub in a process of its own, so that serving takes nothing from the time of asking. */
export async function withServer<T>(
  options: Partial<ServerOptions>,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const program = join(dirname(process.argv[1] ?? ''), 'support/serverProcess.mjs');
  const size: ServerOptions = { images: 0, repositories: 1, latencyMs, ...options };
  const { child, stop } = startProcess(process.execPath, [program, JSON.stringify(size)]);
  try {
    child.stderr?.pipe(process.stderr);
    const lines = createInterface({ input: child.stdout ?? process.stdin });
    const [url] = (await Promise.race([
      once(lines, 'line'),
      once(child, 'exit').then(() => Promise.reject(new Error('The server ended.'))),
    ])) as [string];
    return await work(url);
  } finally {
    await stop();
  }
}
