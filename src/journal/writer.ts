import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { errorCode } from './journalFiles';
import type { RunId } from './runFileName';

/** The process that writes a run: enough to tell later whether it is still there. */
export interface Writer {
  /** Version of the extension. */
  readonly extension: string;
  readonly host: string;
  readonly pid: number;
  /** Distinguishes processes that had the same id one after the other. */
  readonly instance: string;
}

/** This process. */
export function thisWriter(extension: string): Writer {
  return { extension, host: hostname(), pid: process.pid, instance: randomUUID() };
}

/**
 * A run that nobody has written to for so long is taken up even where its process seems to live: the number may belong to
 * another by now, or the process may be on another machine. No request waits this long for its answer.
 */
const silenceMs = 24 * 60 * 60 * 1000;

export interface LivenessOptions {
  readonly self: Writer;
  readonly now: () => Date;
  readonly isRunning?: (pid: number) => boolean;
  /** Whether a deletion of this process still works on the run; `true` if unknown. */
  readonly isUnderWay?: (id: RunId) => boolean;
}

/**
 * Whether a process has gone, so that what it left may be taken up. In doubt it is still there.
 *
 * @param writer `undefined` where it is not known.
 * @param lastSign When it last wrote.
 */
export function isGone(
  writer: Writer | undefined,
  lastSign: Date,
  { self, now, isRunning = isRunningHere }: LivenessOptions,
): boolean {
  if (writer?.instance === self.instance) {
    return false;
  }
  if (writer?.host === self.host && (writer.pid === self.pid || !isRunning(writer.pid))) {
    return true;
  }
  return now().getTime() - lastSign.getTime() > silenceMs;
}

function isRunningHere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH'; // it may be somebody else's
  }
}
