import { isOpen, type Run } from './run';
import type { RunId } from './runFileName';
import type { RunFileFacts, RunHistory } from './runHistory';
import { isForsaken } from './settleRun';
import type { LivenessOptions } from './writer';

/**
 * A request that had no answer when its process went may still have its effect for a moment; a listing before that would
 * say that nothing happened.
 */
const restMs = 10_000;

export interface ForsakenRuns {
  /** Newest first. */
  readonly runs: readonly { readonly id: RunId; readonly run: Run }[];
  /** Whether there may be more in a moment: another process is still at one, or has only just gone. */
  readonly isMoreExpected: boolean;
}

/** Finds the runs that are not over and whose process has gone. Of those that are over only the last line is read. */
export async function findForsakenRuns(
  history: RunHistory,
  liveness: LivenessOptions,
): Promise<ForsakenRuns> {
  const runs: { id: RunId; run: Run }[] = [];
  let isMoreExpected = false;
  for (const file of await history.list()) {
    const run = (await history.isOver(file)) ? undefined : (await history.read(file.id)).run;
    if (run === undefined || run.finished !== undefined || run.writer.instance === liveness.self.instance) {
      continue;
    }
    if (isForsaken(run, file.modifiedAt, liveness) && !isResting(run, file, liveness.now())) {
      runs.push({ id: file.id, run });
    } else {
      isMoreExpected = true;
    }
  }
  return { runs, isMoreExpected };
}

function isResting(run: Run, { modifiedAt }: RunFileFacts, now: Date): boolean {
  const ageMs = now.getTime() - modifiedAt.getTime();
  const isUnanswered = run.images.some(
    (image) => isOpen(image) && image.request !== undefined && image.request.answer === undefined,
  );
  return isUnanswered && ageMs >= 0 && ageMs < restMs;
}
