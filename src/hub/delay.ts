import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for `ms` milliseconds. Rejects with an `AbortError` as soon as the signal aborts. */
export type Delay = (ms: number, signal: AbortSignal) => Promise<void>;

/** The real {@link Delay}, on a timer of Node.js. Tests replace it. */
export const delay: Delay = (ms, signal) => sleep(ms, undefined, { signal });
