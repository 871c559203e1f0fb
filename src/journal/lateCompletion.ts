/**
 * How long after the last sign of a run a listing has the last word on a request that has no answer: as long as the longest
 * time for which an answer is waited for (`hubImages.requestTimeoutSeconds`). Until then a gateway or a queue may still
 * carry the request out.
 */
export const lateCompletionMs = 600_000;

/** @param lastSign By the clock of the files; where that is ahead, as after the clock was put right, there is no wait. */
export function isLateCompletionOver(lastSign: Date, now: Date): boolean {
  return !isWithin(lateCompletionMs, lastSign, now);
}

export function isWithin(ms: number, lastSign: Date, now: Date): boolean {
  const ageMs = now.getTime() - lastSign.getTime();
  return ageMs >= 0 && ageMs < ms;
}
