import { processStart } from '../../src/journal/processStart';
import type { Writer } from '../../src/journal/writer';

/** What a running process would record of itself. */
export function idOf(pid: number): Pick<Writer, 'pid' | 'start'> {
  const start = processStart(pid);
  return start === undefined ? { pid } : { pid, start };
}
