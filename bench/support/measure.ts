/** Milliseconds that the work takes. */
export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Of several runs, for a machine has other things to do too. */
export async function medianTimeOf(runs: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    times.push(await timeOf(work));
  }
  return median(times);
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Bytes that are in use once everything unneeded is gone. Takes `--expose-gc`. */
export function usedHeapBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Least time of so many requests: the first alone, the others in rounds as wide as the concurrency. */
export function leastMs(requests: number, concurrency: number, latencyMs: number): number {
  return (1 + Math.ceil(Math.max(0, requests - 1) / concurrency)) * latencyMs;
}

/** `1.23 ×` */
export function ratioText(ratio: number): string {
  return `${ratio.toFixed(2)} ×`;
}

/** `12 ms` */
export function msText(ms: number): string {
  return `${ms.toFixed(0)} ms`;
}
