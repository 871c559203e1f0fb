import { isWithin, lateCompletionMs } from '../hub/deletion/lateCompletion';
import { isAbandoned, isOwn, type FoundRun } from './reconcileRun';
import { isOpen, requestOutcome, type RunImage } from './run';
import { isReadable } from './journalFiles';
import {
  causeOf,
  type HistoryEntry,
  type RunFileFacts,
  type RunHistory,
  type UnreadableRun,
} from './runHistory';
import { stateOfWriter, type LivenessOptions } from './writer';

/**
 * A request that had no answer when its process went may still have its effect for a moment; a listing before that would
 * say that nothing happened.
 */
const restMs = 10_000;

export interface AbandonedRuns {
  /** Newest first. */
  readonly runs: readonly FoundRun[];
  /** Whether there may be more in a moment: another process is still at one, or its time has not come yet. */
  readonly isMoreExpected: boolean;
  /** Newest first. */
  readonly unreadable: readonly UnreadableRun[];
}

/** Finds the runs that nobody is at any more and that are due to be looked into without anybody asking. */
export async function findAbandonedRuns(
  history: RunHistory,
  liveness: LivenessOptions,
): Promise<AbandonedRuns> {
  const runs: FoundRun[] = [];
  let isMoreExpected = false;
  const { runs: unfinished, unreadable } = await findUnfinishedRuns(history);
  for (const found of unfinished) {
    if (isAbandoned(found, liveness) && !isResting(found, liveness)) {
      runs.push(found);
    } else {
      isMoreExpected ||= !isUnderWayHere(found, liveness); // its end is reported
    }
  }
  return { runs, isMoreExpected, unreadable };
}

/** Each newest first. */
export interface UnfinishedRuns {
  readonly runs: readonly FoundRun[];
  /** Whether these are over is not known. */
  readonly unreadable: readonly UnreadableRun[];
}

/** All runs that are not over, whoever is at them. Of those that are over only the last line is read. */
export async function findUnfinishedRuns(history: RunHistory): Promise<UnfinishedRuns> {
  const runs: FoundRun[] = [];
  const unreadable: UnreadableRun[] = [];
  for (const entry of await history.entries()) {
    const found = await unlessOver(history, entry);
    const cause = found && causeOf(found);
    if (cause !== undefined) {
      unreadable.push({ id: entry.id, unreadable: cause });
    } else if (found !== undefined && isReadable(found) && isReadable(entry)) {
      const { id, run } = found;
      if (run !== undefined && run.finished === undefined) {
        runs.push({ id, run, lastSign: entry.modifiedAt });
      }
    }
  }
  return { runs, unreadable };
}

/**
 * Counts the runs that are not over and that no window is known to be at: interrupted ones, and those with an image of which
 * it is not known what became.
 */
export async function countUnfinishedRuns(history: RunHistory, liveness: LivenessOptions): Promise<number> {
  const { runs } = await findUnfinishedRuns(history);
  return runs.filter(
    (found) => isAbandoned(found, liveness) || stateOfWriter(found.run.writer, liveness) !== 'running',
  ).length;
}

/** @returns `undefined` where the run is over, or its file gone. */
async function unlessOver(
  history: RunHistory,
  entry: RunFileFacts | UnreadableRun,
): Promise<HistoryEntry | undefined> {
  if (!isReadable(entry)) {
    return entry;
  }
  const isOver = await history.isOver(entry).catch(() => false); // reading all of it says why
  return isOver ? undefined : history.tryRead(entry.id);
}

export function isUnderWayHere(found: FoundRun, liveness: LivenessOptions): boolean {
  return isOwn(found.run, liveness) && !isAbandoned(found, liveness);
}

function isResting(found: FoundRun, liveness: LivenessOptions): boolean {
  return isWithin(restOf(found, liveness), found.lastSign, liveness.now());
}

function restOf({ run }: FoundRun, liveness: LivenessOptions): number {
  const open = run.images.filter(isOpen);
  if (open.length === 0) {
    return 0;
  }
  if (isOwn(run, liveness) || open.every(isLookedInto)) {
    return lateCompletionMs; // it has been listed, or could not be
  }
  const isUnanswered = open.some(({ request }) => request !== undefined && request.answer === undefined);
  return isUnanswered ? restMs : 0;
}

/** Whether somebody has looked since a request that has no answer. */
function isLookedInto(image: RunImage): boolean {
  return image.outcome !== 'open' && requestOutcome(image).kind === 'failed';
}
