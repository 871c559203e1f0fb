import { spawn, type SpawnOptions } from 'node:child_process';

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
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  const outcome = await new Promise<string | undefined>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve(code === 0 ? undefined : (signal ?? `exit code ${String(code)}`));
    });
  });
  if (outcome !== undefined) throw new CommandError(command, args, outcome);
}
