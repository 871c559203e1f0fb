import { hasUnconfirmed } from '../hub/deletion/settleDeletion';
import { findUnfinishedRuns, isUnderWayHere } from '../journal/abandonedRuns';
import { isForsaken, type FoundRun, type SettledRun } from '../journal/reconcileRun';
import { takeUpRun, type TakenUp, type TakeUpOptions } from './recoverRun';

/**
 * Why a run is still open after a check:
 *
 * - `notListed`: a repository could not be listed
 * - `lateEffect`: an image is still listed, but the answer to its request was lost, and it may yet be carried out
 * - `otherServer`: nobody is signed in to its server
 * - `sandboxInUse`: the sandbox is in the place of its server
 * - `underWay`: its deletion is under way in this window
 * - `otherWindow`: another window is at it
 */
export type OpenReason =
  'notListed' | 'lateEffect' | 'otherServer' | 'sandboxInUse' | 'underWay' | 'otherWindow';

export interface RunsCheck {
  /** Over now. */
  readonly settled: readonly SettledRun[];
  readonly open: readonly { readonly run: SettledRun; readonly reason: OpenReason }[];
}

/**
 * Looks now into every run that is not over, whenever it was looked into before. One whose deletion is under way, here or in
 * another window, is left alone.
 *
 * @throws The evidence could not be read or written.
 */
export async function checkRuns(
  options: TakeUpOptions,
  report: (done: number, total: number) => void,
): Promise<RunsCheck> {
  const { evidence, signal } = options;
  const found = await findUnfinishedRuns(evidence.history);
  const settled: SettledRun[] = [];
  const open: RunsCheck['open'][number][] = [];
  for (const [index, run] of found.entries()) {
    if (signal.aborted) {
      break;
    }
    report(index, found.length);
    const reason = reasonWithoutLooking(run, options);
    const taken = reason === undefined ? await takeUpRun(run, options) : undefined;
    const after = { id: run.id, run: (await evidence.history.read(run.id)).run ?? run.run };
    if (after.run.finished === undefined) {
      open.push({ run: after, reason: reason ?? reasonAfter(taken) });
    } else {
      settled.push(after);
    }
  }
  return { settled, open };
}

function reasonWithoutLooking(
  run: FoundRun,
  { evidence: { liveness } }: TakeUpOptions,
): OpenReason | undefined {
  if (isForsaken(run, liveness)) {
    return undefined;
  }
  return isUnderWayHere(run, liveness) ? 'underWay' : 'otherWindow';
}

function reasonAfter(taken: TakenUp | undefined): OpenReason {
  switch (taken?.kind) {
    case 'listed': {
      const isUnlisted = hasUnconfirmed(taken.settled.run.images);
      return isUnlisted ? 'notListed' : 'lateEffect';
    }
    case 'otherServer':
    case 'sandboxInUse':
      return taken.kind;
    case 'sandboxGone':
    case 'left':
    case undefined:
      return 'otherWindow';
  }
}
