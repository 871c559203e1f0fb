import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

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

/** Runs a program, keeps what it prints, and tells how it ended where it did not succeed. */
export async function runCaptured(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<{ readonly output: string; readonly problem: string | undefined }> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  child.stdout.on('data', (data: Buffer) => output.push(data));
  child.stderr.on('data', (data: Buffer) => output.push(data));
  const outcome = await outcomeOf(child);
  const problem = outcome === undefined ? undefined : new CommandError(command, args, outcome).message;
  return { output: Buffer.concat(output).toString('utf8'), problem };
}

function outcomeOf(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      resolve(code === 0 ? undefined : (signal ?? `exit code ${String(code)}`));
    });
  });
}
