import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { errorCode } from './journalFiles';
import { processStart } from './processStart';
import type { RunId } from './runFileName';

/** The process that writes a run: enough to tell later whether it is still there. */
export interface Writer {
  /** Version of the extension. */
  readonly extension: string;
  readonly host: string;
  readonly pid: number;
  /** Distinguishes processes that had the same id one after the other. */
  readonly instance: string;
  /** When the process began, as {@link processStart} puts it; absent where that could not be read. */
  readonly start?: string;
}

/** This process. */
export function thisWriter(extension: string): Writer {
  const start = processStart(process.pid);
  const writer = { extension, host: hostname(), pid: process.pid, instance: randomUUID() };
  return start === undefined ? writer : { ...writer, start };
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
  /** As {@link processStart}. */
  readonly startOf?: (pid: number) => string | undefined;
  /** Whether a deletion of this process still works on the run; `true` if unknown. */
  readonly isUnderWay?: (id: RunId) => boolean;
  /** Whether a person has said that the process has ended. Asked only where the system cannot tell. */
  readonly isSaidToBeGone?: (writer: Writer) => boolean;
}

/**
 * What the system says of a process:
 *
 * - `gone`: no process has its number, or one has that began at another time
 * - `running`: it is this process, or one with its number and its start
 * - `startUnknown`: a process has its number, but when one of the two began cannot be read
 * - `otherMachine`: it cannot be asked
 */
export type WriterState = 'gone' | 'running' | 'startUnknown' | 'otherMachine';

export function stateOfWriter(
  writer: Writer,
  {
    self,
    isRunning = isRunningHere,
    startOf = processStart,
  }: Pick<LivenessOptions, 'self' | 'isRunning' | 'startOf'>,
): WriterState {
  if (writer.instance === self.instance) {
    return 'running';
  }
  if (writer.host !== self.host) {
    return 'otherMachine';
  }
  if (writer.pid === self.pid || !isRunning(writer.pid)) {
    return 'gone';
  }
  const start = startOf(writer.pid);
  if (start === undefined || writer.start === undefined) {
    return 'startUnknown';
  }
  return start === writer.start ? 'running' : 'gone';
}

/**
 * Whether a process has gone, so that what it left may be taken up. In doubt it is still there.
 *
 * @param writer `undefined` where it is not known.
 * @param lastSign When it last wrote.
 */
export function isGone(writer: Writer | undefined, lastSign: Date, options: LivenessOptions): boolean {
  const { now, isSaidToBeGone } = options;
  const state = writer && stateOfWriter(writer, options);
  if (state === 'gone' || state === 'running') {
    return state === 'gone';
  }
  const isSaid = writer !== undefined && isSaidToBeGone?.(writer) === true;
  return isSaid || now().getTime() - lastSign.getTime() > silenceMs;
}

function isRunningHere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH'; // it may be somebody else's
  }
}
