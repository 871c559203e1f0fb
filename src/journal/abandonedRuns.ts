import { isWithin, lateCompletionMs } from '../hub/deletion/lateCompletion';
import { isAbandoned, isOwn, type FoundRun } from './reconcileRun';
import { isOpen, requestOutcome, type RunImage } from './run';
import type { RunHistory } from './runHistory';
import type { LivenessOptions } from './writer';

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
}

/** Finds the runs that nobody is at any more and that are due to be looked into without anybody asking. */
export async function findAbandonedRuns(
  history: RunHistory,
  liveness: LivenessOptions,
): Promise<AbandonedRuns> {
  const runs: FoundRun[] = [];
  let isMoreExpected = false;
  for (const found of await findUnfinishedRuns(history)) {
    if (isAbandoned(found, liveness) && !isResting(found, liveness)) {
      runs.push(found);
    } else {
      isMoreExpected ||= !isUnderWayHere(found, liveness); // its end is reported
    }
  }
  return { runs, isMoreExpected };
}

/** All runs that are not over, newest first, whoever is at them. Of those that are over only the last line is read. */
export async function findUnfinishedRuns(history: RunHistory): Promise<readonly FoundRun[]> {
  const found: FoundRun[] = [];
  for (const file of await history.list()) {
    const run = (await history.isOver(file)) ? undefined : (await history.read(file.id)).run;
    if (run !== undefined && run.finished === undefined) {
      found.push({ id: file.id, run, lastSign: file.modifiedAt });
    }
  }
  return found;
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
