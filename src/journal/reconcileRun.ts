import { outcomesRecord } from '../hub/deletion/journalRecords';
import type { FinishReason } from '../hub/deletion/journal';
import {
  mayAnyChange,
  outcomesByImage,
  settleDeletion,
  type SettledDeletion,
} from '../hub/deletion/settleDeletion';
import { type QuestionedImage, Verification, type VerificationOptions } from '../hub/deletion/verification';
import type { ImageKey } from '../hub/deletionRequest';
import { formatRepository, type RepositoryRef } from '../hub/names';
import type { JournalFiles } from './journalFiles';
import { parseImageKey } from './journalFormat';
import type { JournalStore } from './journalStore';
import { isLateCompletionOver } from '../hub/deletion/lateCompletion';
import { takeReconcileLock } from './reconcileLock';
import { isOpen, requestOutcome, type Run, type RunImage } from './run';
import type { RunId } from './runFileName';
import { RunHistory } from './runHistory';
import { isGone, type LivenessOptions } from './writer';

export interface ReconcileOptions {
  readonly files: JournalFiles;
  readonly store: JournalStore;
  readonly liveness: LivenessOptions;
  /** Lists what the run's server holds now; without it nothing is listed and the run ends for the reason. */
  readonly look: Look | Exclude<FinishReason, 'settled'>;
  readonly signal: AbortSignal;
}

/** How to look at the server of the run, and at no other. */
export type Look = Pick<VerificationOptions, 'api' | 'pageSize'> & { readonly origin: string };

/** A run, as it is after it was looked into. */
export interface ReconciledRun {
  readonly id: RunId;
  readonly run: Run;
}

/** A run that was taken up. */
export interface TakenUpRun extends ReconciledRun {
  /** Whether the repository of an image that was open could not be listed. */
  readonly isUnlisted: boolean;
}

/**
 * Takes up a run that nobody is at: finds out what became of each image that is still open, and records it.
 *
 * @returns `undefined` where there is nothing to take up: it is over, its deletion is under way, another process that lives
 * wrote it, another window is at it, or its server is not the one looked at.
 * @throws The journal could not be read or written.
 */
export async function reconcileRun(id: RunId, options: ReconcileOptions): Promise<TakenUpRun | undefined> {
  const { files, liveness } = options;
  const lock = await takeReconcileLock(files, id, liveness);
  if (lock === undefined) {
    return undefined;
  }
  try {
    const history = new RunHistory(files);
    const { run, file } = await history.read(id); // only now nobody else takes it up
    const lastSign = await lastSignOf(history, id, liveness.now);
    if (run === undefined || !isAbandoned({ id, run, lastSign }, liveness)) {
      return undefined;
    }
    const found = await outcomesNow({ id, run, lastSign }, options);
    if (found === undefined || options.signal.aborted) {
      return undefined; // what was not listed because the window closes is not reported as unconfirmed
    }
    await record({ id, run, lastSign }, found, file, options);
    const settled = (await history.read(id)).run;
    return (
      settled && { id, run: settled, isUnlisted: found.images.some(({ exists }) => exists === undefined) }
    );
  } finally {
    await lock.release();
  }
}

/** A run as it was read. */
export interface FoundRun extends ReconciledRun {
  /** When its file was last written to. */
  readonly lastSign: Date;
}

/** Whether the run is not over and nobody is at it: its process has gone, or is this one and has ended the deletion. */
export function isAbandoned({ id, run, lastSign }: FoundRun, liveness: LivenessOptions): boolean {
  if (run.finished !== undefined) {
    return false;
  }
  return isOwn(run, liveness) ? liveness.isUnderWay?.(id) === false : isGone(run.writer, lastSign, liveness);
}

/** Whether a deletion of this process wrote it. */
export function isOwn({ writer }: Run, { self }: LivenessOptions): boolean {
  return writer.instance === self.instance;
}

/** Now where it cannot be found out: nobody counts as silent for that. */
async function lastSignOf(history: RunHistory, id: RunId, now: () => Date): Promise<Date> {
  return (await history.list()).find((file) => file.id === id)?.modifiedAt ?? now();
}

async function outcomesNow(
  { run, lastSign }: FoundRun,
  { look, signal, liveness }: Pick<ReconcileOptions, 'look' | 'signal' | 'liveness'>,
): Promise<SettledDeletion | undefined> {
  const open = run.images.filter(isOpen);
  const verification = typeof look === 'string' ? undefined : await verify(run, open, look, signal);
  if (verification === undefined && typeof look !== 'string') {
    return undefined;
  }
  const exists = (key: ImageKey) => {
    const { repository, digest } = parseImageKey(key);
    return verification?.exists(repository, digest);
  };
  return settleDeletion(
    open.map((entry) => ({
      key: entry.image.key,
      request: requestOutcome(entry),
      exists: exists(entry.image.key),
    })),
    open
      .flatMap(({ collateral }) => collateral ?? []) // only these were asked about
      .filter(({ outcome }) => outcome !== 'gone')
      .map(({ key }) => ({ key, exists: exists(key) })),
    isLateCompletionOver(lastSign, liveness.now()),
  );
}

/** @returns `undefined` where the server is another than the run's. */
async function verify(
  { plan }: Run,
  open: readonly RunImage[],
  { origin, api, pageSize }: Look,
  signal: AbortSignal,
): Promise<Verification | undefined> {
  return plan.origin === origin
    ? Verification.of(questioned(open), {
        api,
        pageSize,
        signal,
        activeFrom: new Date(plan.activeFrom),
        onProgress: () => undefined,
      })
    : undefined;
}

/** The images whose outcome is open, and what was accepted to be deleted along with any image of the run. */
function questioned(open: readonly RunImage[]): readonly QuestionedImage[] {
  return open
    .flatMap(({ image, collateral }) => [image, ...(collateral ?? [])])
    .map(({ key }) => parseImageKey(key));
}

/** Adds nothing where nothing new was found out: who looks every day would fill the disk. */
async function record(
  { id, run, lastSign }: FoundRun,
  settled: SettledDeletion,
  file: { readonly endsWithLine: boolean },
  { store, liveness, look }: ReconcileOptions,
): Promise<void> {
  const outcomes = outcomesByImage(settled);
  const { collateral } = settled;
  const isNews = run.images.some(
    ({ image, outcome, collateral: accepted }) =>
      (outcomes.get(image.key) ?? outcome) !== outcome ||
      accepted?.some(({ key, outcome: before }) => (collateral.get(key) ?? before) !== before),
  );
  const reason = typeof look === 'string' ? look : 'settled';
  const isLast = isLateCompletionOver(lastSign, liveness.now());
  const isOver = reason !== 'settled' || !mayAnyChange(settled.images, isLast);
  if (!isNews && !isOver) {
    return;
  }
  const journal = await store.resume(id, file);
  if (isNews) {
    await journal.append(outcomesRecord(outcomes, collateral, liveness.now()));
  }
  if (isOver) {
    await journal.append({ type: 'finished', at: liveness.now().toISOString(), reason });
  }
}

/** The repositories of the images, each once. */
export function repositoriesIn(images: readonly RunImage[]): readonly RepositoryRef[] {
  const repositories = images.map(({ image }) => parseImageKey(image.key).repository);
  return [...new Map(repositories.map((repository) => [formatRepository(repository), repository])).values()];
}
