import { randomBytes } from 'node:crypto';

/** Of a run: sorts by time. */
export type RunId = `${string}-${string}`;

const ending = '.jsonl';
const lockMark = '.settling-';
const idPattern = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z-[0-9a-f]{8,}$/;

export function newRunId(at: Date): RunId {
  return `${at.toISOString().replace(/[-:.]/g, '')}-${randomBytes(4).toString('hex')}`;
}

export function runFileName(id: RunId): string {
  return `${id}${ending}`;
}

/** @returns `undefined` for a file that is no run. */
export function runIdOf(fileName: string): RunId | undefined {
  return fileName.endsWith(ending) ? asRunId(fileName.slice(0, -ending.length)) : undefined;
}

/** When the run was begun, by the clock of that time. */
export function runTime(id: RunId): Date {
  const [, year, month, day, hour, minute, second, millisecond] = idPattern.exec(id) ?? [];
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`);
}

export interface LockName {
  readonly id: RunId;
  readonly generation: number;
}

export function lockFileName({ id, generation }: LockName): string {
  return `${id}${lockMark}${generation}`;
}

/** @returns `undefined` for a file that is no lock. */
export function lockNameOf(fileName: string): LockName | undefined {
  const [before = '', after = ''] = fileName.split(lockMark);
  const id = asRunId(before);
  return id !== undefined && /^\d+$/.test(after) ? { id, generation: Number(after) } : undefined;
}

function asRunId(text: string): RunId | undefined {
  const isId = idPattern.test(text) && !Number.isNaN(runTime(text as RunId).getTime());
  return isId ? (text as RunId) : undefined; // checked just before
}
