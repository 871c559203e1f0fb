/**
 * How long a request without an answer may still take effect, in a gateway or a queue. Until then, an image that is still
 * listed may be deleted later. As long as the longest `hubImages.requestTimeoutSeconds`.
 */
export const lateCompletionMs = 600_000;

/**
 * Whether a listing now has the last word on a request without an answer.
 *
 * @param lastSign When the run was last written to, by the clock of the files. If it is in the future, there is no wait.
 */
export function isLateCompletionOver(lastSign: Date, now: Date): boolean {
  return !isWithin(lateCompletionMs, lastSign, now);
}

/** Whether the last sign of a run is less than this long ago. */
export function isWithin(ms: number, lastSign: Date, now: Date): boolean {
  const ageMs = now.getTime() - lastSign.getTime();
  return ageMs >= 0 && ageMs < ms;
}
