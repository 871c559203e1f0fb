import type { HubConnection } from '../connection/hubConnection';
import type { JournalFolder } from '../journal/journalFolder';
import {
  isOwn,
  type FoundRun,
  type Look,
  type ReconciledRun,
  type TakenUpRun,
} from '../journal/reconcileRun';
import type { Run } from '../journal/run';
import { reconciliationOf, type Reconciliation } from './reconciliation';

/** What came of taking up one run. */
export type Recovery =
  /** It was looked into as far as that goes now; whether it is over, the run says. */
  | { readonly kind: 'listed'; readonly settled: TakenUpRun; readonly isNews: boolean }
  /** It was on a sandbox that is gone with its images, so nothing was asked. */
  | { readonly kind: 'sandboxGone'; readonly settled: ReconciledRun }
  /** Its server is not the one in use: nobody is signed in there, or the sandbox is in its place. */
  | { readonly kind: 'otherServer' | 'sandboxInUse' }
  /** Somebody else is at it, or was; or it was given up in the middle. */
  | { readonly kind: 'left' };

export interface RecoveryOptions {
  readonly journal: JournalFolder;
  readonly connection: Pick<HubConnection, 'kind' | 'origin' | 'images'> | undefined;
  readonly pageSize: number;
  readonly signal: AbortSignal;
  /** What was shown of the run and of its repositories may be out of date. */
  readonly onDidReconcile: (reconciliation: Reconciliation) => void;
}

/** Finds out what became of the images of one run, by listing and nothing else. */
export async function recoverRun({ id, run }: FoundRun, options: RecoveryOptions): Promise<Recovery> {
  const { journal, signal, onDidReconcile } = options;
  const look = placeOf(run, isOwn(run, journal.liveness), options);
  if (look === 'otherServer' || look === 'sandboxInUse') {
    return { kind: look };
  }
  const settled = await journal.reconcile(id, { look, signal });
  if (settled === undefined) {
    return { kind: 'left' };
  }
  if (look === 'sandboxGone') {
    return { kind: look, settled };
  }
  onDidReconcile(reconciliationOf(settled));
  const isNews = settled.run.images.some(({ outcome }, index) => outcome !== run.images[index]?.outcome);
  return { kind: 'listed', settled, isNews };
}

function placeOf(
  { server, plan }: Run,
  isOfThisWindow: boolean,
  { connection, pageSize }: RecoveryOptions,
): Look | 'sandboxGone' | 'sandboxInUse' | 'otherServer' {
  const isThere = connection?.kind === server && connection.origin === plan.origin;
  if (server === 'sandbox' && !(isThere && isOfThisWindow)) {
    return 'sandboxGone'; // its port may be another server's by now, so nothing is asked there
  }
  if (isThere) {
    return { api: connection.images, origin: connection.origin, pageSize };
  }
  return connection?.kind === 'sandbox' ? 'sandboxInUse' : 'otherServer';
}
