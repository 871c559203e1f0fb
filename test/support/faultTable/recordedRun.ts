import type { JournalRecord, RunRecord } from '../../../src/hub/deletion/journal';
import type { RecordedRun } from '../../../src/journal/runHistory';
import { fileOf, recorded } from '../runs';

/** A run of a {@link MemoryJournal} as the history reads it from its file. */
export function recordedRun([plan, ...records]: readonly JournalRecord[]): RecordedRun {
  if (plan?.type !== 'plan') {
    throw new Error('a run begins with its plan');
  }
  const id = `${plan.at.replace(/[-:.]/g, '')}-0a1b2c3d` as const;
  return recorded(fileOf(plan, records as readonly RunRecord[]), id); // only the first is a plan
}
