import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRunFile } from '../../../src/journal/journalReader';
import { reconstructRun, type Run } from '../../../src/journal/run';
import type { Workbench } from '../../workbench/openWorkbench';

/** Where this workbench keeps what deletions leave. */
export function journalFolder({ globalStorage }: Workbench): string {
  return join(globalStorage, 'deletions');
}

/** What deletions of this workbench have left on the disk, oldest first. */
export function runsOf(workbench: Workbench): readonly Run[] {
  const folder = journalFolder(workbench);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jsonl')) : [];
  return names.sort().flatMap((name) => reconstructRun(readRunFile(readFileSync(join(folder, name)))) ?? []);
}

/** Of the images of a run, sorted. */
export function outcomesOf(run: Run | undefined): readonly string[] {
  return (run?.images ?? []).map(({ outcome }) => outcome).sort();
}
