/** Longer than most tests take, and so short that a mutant can be tested by hundreds of them. */
const quickMs = 50;

/** What a busy computer may add to the time that a test takes. */
const delayMs = 2_000;
const slowdown = 10;

/**
 * Splits tests into those that run first and those that run only if none of the first fails.
 *
 * @param {readonly string[]} titles
 * @param {ReadonlyMap<string, number>} durations In milliseconds; a test without one counts as quick.
 * @returns {string[][]} At most two groups, none of them empty.
 */
export function quickAndSlow(titles, durations) {
  const isSlow = (/** @type {string} */ title) => (durations.get(title) ?? 0) > quickMs;
  return [titles.filter((title) => !isSlow(title)), titles.filter(isSlow)].filter(({ length }) => length > 0);
}

/**
 * Returns after how many milliseconds a test counts as hung, in which case it has noticed the mutant.
 *
 * @param {number | undefined} durationMs What the test takes without a mutant; `undefined`: not known.
 * @param {number} limitMs Of the test itself.
 */
export function timeoutMsOf(durationMs, limitMs) {
  return durationMs === undefined ? limitMs : Math.min(limitMs, delayMs + slowdown * durationMs);
}
