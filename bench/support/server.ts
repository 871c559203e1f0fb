import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { dirname, join } from 'node:path';
import type { OperationId } from '../../src/sandbox/index';
import { startProcess } from '../../test/workbench/childProcess';
import type { WorldSize } from './benchWorld';

export interface ServerOptions extends WorldSize {
  /** Added to every answer. */
  readonly latencyMs: number;
  readonly requestsPerMinute?: number;
  /** Whether it tells of every answer, which costs it a little time. */
  readonly isReporting: boolean;
}

/** An answer that is about to leave the server. */
export interface ReportedAnswer {
  readonly operation: OperationId | undefined;
  readonly path: string;
  /** In milliseconds since the epoch, with fractions. */
  readonly at: number;
}

/** What the server told so far, oldest first; nothing unless it was asked to. */
export type ReportedAnswers = readonly ReportedAnswer[];

/** Every answer takes at least so long, unless a claim says otherwise. */
export const latencyMs = 50;

/** Runs the work against a Hub in a process of its own, so that serving takes nothing from the time of asking. */
export async function withServer<T>(
  options: Partial<ServerOptions>,
  work: (url: string, reported: ReportedAnswers) => Promise<T>,
): Promise<T> {
  const program = join(dirname(process.argv[1] ?? ''), 'support/serverProcess.mjs');
  const size: ServerOptions = {
    images: 0,
    repositories: 1,
    imagesEach: 0,
    hasTags: false,
    latencyMs,
    isReporting: false,
    ...options,
  };
  const { child, stop } = startProcess(process.execPath, [program, JSON.stringify(size)]);
  try {
    child.stderr?.pipe(process.stderr);
    const lines = createInterface({ input: child.stdout ?? process.stdin });
    const [url] = (await Promise.race([
      once(lines, 'line'),
      once(child, 'exit').then(() => Promise.reject(new Error('The server ended.'))),
    ])) as [string];
    const reported: ReportedAnswer[] = [];
    lines.on('line', (line) => reported.push(JSON.parse(line) as ReportedAnswer)); // of serverProcess.ts
    return await work(url, reported);
  } finally {
    await stop();
  }
}
