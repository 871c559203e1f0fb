import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Whether packages can be installed here without asking anybody. */
export function isRootOnDebian(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

export function installWithApt(...packages: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (
    runQuietly('apt-get', ['update', '-q'], env) &&
    runQuietly('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], env)
  );
}

/** The program's output is of interest only when it failed. */
export function runQuietly(command: string, args: readonly string[], env = process.env): boolean {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8', env });
  if (status === 0) return true;
  const lastLines = `${stdout}\n${stderr}`.trim().split('\n').slice(-3).join('\n');
  console.error(`${command} ${args.join(' ')} failed: ${error?.message ?? lastLines}`);
  return false;
}
