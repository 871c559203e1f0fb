import { constants } from 'node:os';

const PARENT_CHECK_MS = 500;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a program: what it throws is a message for the person at the terminal, and fails the program.
 *
 * @param exitCodeOf What an interruption means; it runs the `exit` listeners, which end what was started.
 */
export async function main(program: () => Promise<void>, exitCodeOf = codeOfSignal): Promise<void> {
  for (const signal of SIGNALS) process.once(signal, () => process.exit(exitCodeOf(signal)));
  exitWithParent();
  try {
    await program();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

/** A signal to npm ends npm and its shell, but does not reach us. */
function exitWithParent(): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) process.exit(1);
  }, PARENT_CHECK_MS);
  timer.unref();
}

/** As shells have it. */
function codeOfSignal(signal: (typeof SIGNALS)[number]): number {
  return 128 + constants.signals[signal];
}
