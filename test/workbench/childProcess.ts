import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const PATIENCE_MS = 3000;

export interface RunningProcess {
  readonly child: ChildProcess;
  /** Ends the process and all that it started. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts a program that lives no longer than this process: it leads a group of its own, which is ended together with
 * what it started.
 */
export function startProcess(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
  cwd = '.',
): RunningProcess {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    env,
    cwd,
    // npm and its like are scripts there
    shell: process.platform === 'win32' && !command.endsWith('.exe'),
  });
  const killAtExit = () => {
    signalGroup(child, 'SIGKILL');
  };
  process.on('exit', killAtExit);
  child.on('exit', () => process.off('exit', killAtExit));
  return { child, stop: () => stopGroup(child) };
}

async function stopGroup(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  signalGroup(child, 'SIGTERM');
  const timer = setTimeout(() => {
    signalGroup(child, 'SIGKILL');
  }, PATIENCE_MS);
  await ended;
  clearTimeout(timer);
  signalGroup(child, 'SIGKILL'); // what the leader left behind
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is empty already.
  }
}

/** Runs a program to its end. Its output becomes part of the error when it fails. */
export async function runProgram(
  command: string,
  args: readonly string[],
  env = process.env,
  cwd = '.',
): Promise<string> {
  const { child } = startProcess(command, args, env, cwd);
  const output: Buffer[] = [];
  child.stdout?.on('data', (data: Buffer) => output.push(data));
  child.stderr?.on('data', (data: Buffer) => output.push(data));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const text = Buffer.concat(output).toString('utf8');
  if (code !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with exit code ${code ?? 'none'}:\n${text}`);
  return text;
}
