import type {
  DeletionJournal,
  JournalRecord,
  PlanRecord,
  RunJournal,
} from '../../../src/hub/deletion/journal';

/** JournalFolder in memory. The disk is full for some records, counted over all runs from 1. */
export class MemoryJournal implements DeletionJournal {
  /** Records of each run that were written, oldest run first. */
  readonly runs: JournalRecord[][] = [];
  readonly #isDiskFull: (recordNumber: number) => boolean;
  #number = 0;

  constructor(isDiskFull: (recordNumber: number) => boolean = () => false) {
    this.#isDiskFull = isDiskFull;
  }

  get lastRun(): readonly JournalRecord[] {
    return this.runs.at(-1) ?? [];
  }

  async begin(plan: PlanRecord): Promise<RunJournal> {
    const records: JournalRecord[] = [];
    await this.#write(plan, records);
    this.runs.push(records);
    return {
      id: `run ${String(this.runs.length)}`,
      append: (record) => this.#write(record, records),
      release: () => undefined,
    };
  }

  async #write(record: JournalRecord, records: JournalRecord[]): Promise<void> {
    await Promise.resolve(); // as a disk would, not at once
    this.#number += 1;
    if (this.#isDiskFull(this.#number)) {
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    }
    records.push(JSON.parse(JSON.stringify(record)) as JournalRecord); // as a reader would find it
  }
}
