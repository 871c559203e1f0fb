import { lateCompletionMs } from '../hub/deletion/lateCompletion';
import { countCollateral, countHolds, type DeletionSummary, noOutcomes } from '../hub/deletion/summary';
import { addMetrics, type DeletionMetrics, type Hold, holdOf, noMetrics } from '../hub/deletionAnswer';
import { requestOutcome, type Run, type RunImage } from '../journal/run';

/** What became of the images of one run, according to its records. An image without an outcome is unconfirmed. */
export function summaryOfRun({ images, requests, finished }: Run, now: Date): DeletionSummary {
  const counts = noOutcomes();
  for (const { outcome } of images) {
    counts[outcome === 'open' ? 'unconfirmed' : outcome] += 1;
  }
  const collateral = new Map(
    images.flatMap(({ collateral: own }) =>
      (own ?? []).map(({ key, outcome }) => [key, outcome === 'open' ? 'unconfirmed' : outcome] as const),
    ),
  );
  const lastOpenAt = Math.max(
    ...images.filter(isAwaited).map(({ request }) => Date.parse(request?.request.at ?? '')),
  );
  const checkedUntil = lateCompletionMs + lastOpenAt;
  return {
    images: counts,
    heldBack: countHolds(images.map(holdOfImage)),
    collateral: countCollateral(collateral.values()),
    unexpected: 0,
    checkedUntil: finished === undefined && checkedUntil > now.getTime() ? new Date(checkedUntil) : undefined,
    reported: reportedBy(requests),
  };
}

/** Whether the answer to its request was lost, so that the server may still carry it out and is asked again for a while. */
function isAwaited(image: RunImage): boolean {
  return (
    (image.outcome === 'open' || image.outcome === 'unconfirmed') && requestOutcome(image).kind === 'failed'
  );
}

/** @returns What held the image back; `undefined` if the server was asked to delete it, or if it was not its turn. */
export function holdOfImage({ outcome, image, request }: RunImage): Hold | undefined {
  const answer = request?.answer?.answer;
  const refusal =
    outcome === 'refused' && answer?.kind === 'completed'
      ? answer.refusals?.find(({ key }) => key === image.key)
      : undefined;
  return refusal && holdOf(refusal);
}

function reportedBy(requests: Run['requests']): DeletionMetrics | undefined {
  let total = noMetrics;
  for (const { answer } of requests) {
    if (answer === undefined || answer.answer.kind === 'lost') {
      return undefined;
    }
    total = answer.answer.kind === 'completed' ? addMetrics(total, answer.answer.metrics) : total;
  }
  return total;
}
