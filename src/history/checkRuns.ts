import { findUnfinishedRuns, isUnderWayHere } from '../journal/abandonedRuns';
import { errorCode, isReadable } from '../journal/journalFiles';
import { UnreadableLockError } from '../journal/lockFile';
import { isAbandoned, type FoundRun, type ReconciledRun } from '../journal/reconcileRun';
import type { UnreadableRun } from '../journal/runHistory';
import { stateOfWriter, type Writer, type WriterState } from '../journal/writer';
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
 * - `maybeOtherWindow`: another window may be at it, which only a person can find out
 * - `notRecorded`: its files could not be read or written, so that what was found out is not recorded
 */
export type OpenReason =
  | 'notListed'
  | 'lateCompletion'
  | 'otherServer'
  | 'sandboxInUse'
  | 'underWay'
  | 'otherWindow'
  | 'maybeOtherWindow'
  | 'notRecorded';

/** A process that the system cannot identify. */
export interface PossibleHolder {
  readonly writer: Writer;
  readonly state: Extract<WriterState, 'startUnknown' | 'otherMachine'>;
  /** When it last wrote. */
  readonly lastSign: Date;
}

export interface OpenRun {
  readonly run: ReconciledRun;
  readonly reason: OpenReason;
  /** Only with `maybeOtherWindow`: who it is that may be at it. */
  readonly holder: PossibleHolder | undefined;
}

export interface RunsCheck {
  /** Over now. */
  readonly settled: readonly ReconciledRun[];
  readonly open: readonly OpenRun[];
  /** What became of these is not known. */
  readonly unreadable: readonly UnreadableRun[];
}

/**
 * Looks now into every run that is not over, whenever it was looked into before. One whose deletion is under way, here or in
 * another window, is left alone. One that cannot be read or written keeps no other from being looked into.
 *
 * @throws The folder of the journal cannot be listed.
 */
export async function checkRuns(
  options: RecoveryOptions,
  report: (done: number, total: number) => void,
): Promise<RunsCheck> {
  const { journal, signal } = options;
  const found = await findUnfinishedRuns(journal.history);
  const settled: ReconciledRun[] = [];
  const open: OpenRun[] = [];
  const unreadable = [...found.unreadable];
  for (const [index, run] of found.runs.entries()) {
    if (signal.aborted) {
      break;
    }
    report(index, found.runs.length);
    const reason = reasonWithoutLooking(run, options) ?? (await reasonAfterLooking(run, options));
    const now = await journal.history.tryRead(run.id);
    if (now !== undefined && !isReadable(now)) {
      unreadable.push(now);
      continue;
    }
    const after = { id: run.id, run: now?.run ?? run.run };
    if (after.run.finished === undefined) {
      open.push({
        run: after,
        reason,
        holder: reason === 'maybeOtherWindow' ? holderOf(run, options) : undefined,
      });
    } else {
      settled.push(after);
    }
  }
  return { settled, open, unreadable };
}

function reasonWithoutLooking(run: FoundRun, options: RecoveryOptions): OpenReason | undefined {
  const { liveness } = options.journal;
  if (isAbandoned(run, liveness)) {
    return undefined;
  }
  if (isUnderWayHere(run, liveness)) {
    return 'underWay';
  }
  return holderOf(run, options) === undefined ? 'otherWindow' : 'maybeOtherWindow';
}

function holderOf({ run, lastSign }: FoundRun, { journal }: RecoveryOptions): PossibleHolder | undefined {
  const { writer } = run;
  const state = stateOfWriter(writer, journal.liveness);
  return state === 'startUnknown' || state === 'otherMachine' ? { writer, state, lastSign } : undefined;
}

async function reasonAfterLooking(run: FoundRun, options: RecoveryOptions): Promise<OpenReason> {
  try {
    return reasonAfter(await recoverRun(run, options));
  } catch (error) {
    if (errorCode(error) === undefined && !(error instanceof UnreadableLockError)) {
      throw error;
    }
    return 'notRecorded';
  }
}

function reasonAfter(taken: Recovery): OpenReason {
  switch (taken.kind) {
    case 'listed':
      return taken.settled.isUnlisted ? 'notListed' : 'lateCompletion';
    case 'otherServer':
    case 'sandboxInUse':
      return taken.kind;
    case 'sandboxGone':
    case 'left':
      return 'otherWindow';
  }
}
