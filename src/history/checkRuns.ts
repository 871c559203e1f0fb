import { findUnfinishedRuns, isUnderWayHere } from '../journal/abandonedRuns';
import { isAbandoned, type FoundRun, type ReconciledRun } from '../journal/reconcileRun';
import { recoverRun, type Recovery, type RecoveryOptions } from './recoverRun';

/**
 * Why a run is still open after a check:
 *
 * - `notListed`: a repository could not be listed
 * - `lateCompletion`: an image is still listed, but the answer to its request was lost, and it may yet be carried out
 * - `otherServer`: you are not signed in to its server
 * - `sandboxInUse`: the sandbox is in the place of its server
 * - `underWay`: its deletion is under way in this window
 * - `otherWindow`: another window is at it
 */
export type OpenReason =
  'notListed' | 'lateCompletion' | 'otherServer' | 'sandboxInUse' | 'underWay' | 'otherWindow';

export interface RunsCheck {
  /** Over now. */
  readonly settled: readonly ReconciledRun[];
  readonly open: readonly { readonly run: ReconciledRun; readonly reason: OpenReason }[];
}

/**
 * Looks now into every run that is not over, whenever it was looked into before. One whose deletion is under way, here or in
 * another window, is left alone.
 *
 * @throws The journal could not be read or written.
 */
export async function checkRuns(
  options: RecoveryOptions,
  report: (done: number, total: number) => void,
): Promise<RunsCheck> {
  const { journal, signal } = options;
  const found = await findUnfinishedRuns(journal.history);
  const settled: ReconciledRun[] = [];
  const open: RunsCheck['open'][number][] = [];
  for (const [index, run] of found.entries()) {
    if (signal.aborted) {
      break;
    }
    report(index, found.length);
    const reason = reasonWithoutLooking(run, options);
    const taken = reason === undefined ? await recoverRun(run, options) : undefined;
    const after = { id: run.id, run: (await journal.history.read(run.id)).run ?? run.run };
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
  { journal: { liveness } }: RecoveryOptions,
): OpenReason | undefined {
  if (isAbandoned(run, liveness)) {
    return undefined;
  }
  return isUnderWayHere(run, liveness) ? 'underWay' : 'otherWindow';
}

function reasonAfter(taken: Recovery | undefined): OpenReason {
  switch (taken?.kind) {
    case 'listed':
      return taken.settled.isUnlisted ? 'notListed' : 'lateCompletion';
    case 'otherServer':
    case 'sandboxInUse':
      return taken.kind;
    case 'sandboxGone':
    case 'left':
    case undefined:
      return 'otherWindow';
  }
}
