import {
  decodeHeader,
  decodeRunLine,
  isHeaderBeginning,
  isLaterFormat,
  type RunHeader,
  type RunLine,
} from './journalFormat';
import type { UnreadableCause } from './unreadableCause';

export type HeaderProblem = 'torn' | Extract<UnreadableCause, 'empty' | 'laterFormat' | 'damaged'>;

/** What a run's file holds, as far as it can be read. */
export interface RunFile {
  /** `undefined`: the run was never begun in full, so nothing of it was sent, or its beginning is damaged. */
  readonly header: RunHeader | undefined;
  /** Why there is no header. `torn`: a crash ended it, and nothing of the run was sent. */
  readonly headerProblem: HeaderProblem | undefined;
  readonly lines: readonly RunLine[];
  /** The last line was not written in full, nor was one before the run was taken up again. That is how a crash ends. */
  readonly isTorn: boolean;
  /** Lines that cannot be read and that no crash explains. */
  readonly damagedLines: number;
  /** Whether what is added next begins on a line of its own. */
  readonly endsWithLine: boolean;
}

const lineFeed = 0x0a;

/** Reads a run's file, whatever is in it. */
export function readRunFile(bytes: Uint8Array): RunFile {
  const [first, ...rest] = splitLines(bytes);
  const header = first && decodeHeader(first);
  const decoded = rest.map(decodeRunLine);
  const isExplained = (index: number) => decoded.slice(index + 1, index + 2).every(isResumption);
  const bad = decoded.flatMap((line, index) => (line === undefined ? [index] : []));
  // the last one, or one that a taken-up run follows
  const torn = bad.filter(isExplained);
  const headerProblem = header === undefined ? problemOf(bytes, first, rest.length) : undefined;
  return {
    header,
    headerProblem,
    lines: decoded.filter((line) => line !== undefined),
    isTorn: torn.length > 0 || headerProblem === 'torn',
    damagedLines:
      bad.length - torn.length + (headerProblem === 'damaged' || headerProblem === 'laterFormat' ? 1 : 0),
    endsWithLine: bytes.length === 0 || bytes.at(-1) === lineFeed,
  };
}

function problemOf(bytes: Uint8Array, first: Uint8Array | undefined, others: number): HeaderProblem {
  if (first === undefined) {
    return 'empty';
  }
  if (isLaterFormat(first)) {
    return 'laterFormat';
  }
  const isCutOff = others === 0 && bytes.at(-1) !== lineFeed;
  return isCutOff && isHeaderBeginning(first) ? 'torn' : 'damaged';
}

/** Whether the end of a file says that its run is over, without reading the rest. */
export function endsFinished(lastBytes: Uint8Array): boolean {
  const last = splitLines(lastBytes).at(-1);
  return last !== undefined && decodeRunLine(last)?.record.type === 'finished';
}

/** More than the line of the last record of a run takes. */
export const finishedLineBytes = 512;

function isResumption(line: RunLine | undefined): boolean {
  return line?.record.type === 'resumed';
}

/** Without their ends. What follows the last line feed is a line too. */
function splitLines(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(lineFeed, start);
    const end = found === -1 ? bytes.length : found;
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}
