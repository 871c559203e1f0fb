export interface Stage {
  readonly name: string;
  /** Name of the stage that has to end before this one begins. */
  readonly needs?: string;
}

/**
 * Runs every stage once, so many at a time: always the first of those whose needs are met.
 *
 * @param run Rejects where nothing more is to begin.
 */
export async function runStages<S extends Stage>(
  stages: readonly S[],
  atOnce: number,
  run: (stage: S) => Promise<void>,
): Promise<void> {
  const waiting = [...stages];
  const ended = new Set<string>();
  const running = new Set<Promise<void>>();
  while (waiting.length > 0 || running.size > 0) {
    const index = waiting.findIndex(({ needs }) => needs === undefined || ended.has(needs));
    const [next] = running.size < atOnce && index >= 0 ? waiting.splice(index, 1) : [];
    if (next === undefined) {
      if (running.size === 0)
        throw new Error(`Nothing ends before: ${waiting.map(({ name }) => name).join(', ')}`);
      await Promise.race(running);
      continue;
    }
    const current = run(next).then(() => {
      ended.add(next.name);
      running.delete(current);
    });
    running.add(current);
  }
}
