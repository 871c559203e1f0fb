import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

export class CommandError extends Error {
  constructor(command: string, args: readonly string[], outcome: string) {
    super(`${[command, ...args].join(' ')} ended with ${outcome}`);
    this.name = 'CommandError';
  }
}

/** Runs a program with our own output and waits for it. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<void> {
  const outcome = await outcomeOf(spawn(command, args, { stdio: 'inherit', ...options }));
  if (outcome !== undefined) throw new CommandError(command, args, outcome);
}

/**
 * Runs a program that prints into a file.
 *
 * @returns How it ended, where it did not succeed.
 */
export async function runIntoFile(
  command: string,
  args: readonly string[],
  file: string,
  options: SpawnOptions = {},
): Promise<string | undefined> {
  const output = openSync(file, 'a');
  try {
    const outcome = await outcomeOf(spawn(command, args, { ...options, stdio: ['ignore', output, output] }));
    return outcome === undefined ? undefined : new CommandError(command, args, outcome).message;
  } finally {
    closeSync(output);
  }
}

function outcomeOf(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve(code === 0 ? undefined : (signal ?? `exit code ${String(code)}`));
    });
  });
}
