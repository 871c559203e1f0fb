import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 100;

/** Runs `work` while no other process of this machine does so for the same lock file. */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  log: (line: string) => void,
): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  let isWaiting = false;
  while (!tryLock(file)) {
    if (!isWaiting) log(`Waiting for another run, which holds ${file}`);
    isWaiting = true;
    await delay(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function tryLock(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!isAbandoned(file)) return false;
    rmSync(file, { force: true });
    return tryLock(file);
  }
}

/** The owner of a lock may have been killed. */
function isAbandoned(file: string): boolean {
  const owner = readOwner(file);
  return owner !== undefined && !isAlive(owner);
}

function readOwner(file: string): number | undefined {
  try {
    const owner = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return Number.isNaN(owner) ? undefined : owner;
  } catch {
    return undefined;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // kill throws nothing else
  }
}
