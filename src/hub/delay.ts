import { setTimeout as sleep } from 'node:timers/promises';

/** Waits; rejects as soon as the signal aborts. */
export type Delay = (ms: number, signal: AbortSignal) => Promise<void>;

export const delay: Delay = (ms, signal) => sleep(ms, undefined, { signal });
