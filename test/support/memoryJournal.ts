import type { DeletionJournal, JournalRecord, PlanRecord, RunJournal } from '../../src/hub/deletion/journal';

/** JournalFolder in memory, whose writing can be made to fail. */
export class MemoryJournal implements DeletionJournal {
  readonly records: JournalRecord[] = [];
  /** Index of the first record that can no longer be written. */
  failAt = Infinity;
  /** Runs are called `run 1`, `run 2`, … */
  runCount = 0;
  /** Whether the last run was let go of. */
  isReleased = false;

  get types(): string[] {
    return this.records.map(({ type }) => type);
  }

  async begin(plan: PlanRecord): Promise<RunJournal> {
    await this.#write(plan);
    this.runCount += 1;
    return {
      id: `run ${String(this.runCount)}`,
      append: (record) => this.#write(record),
      release: () => void (this.isReleased = true),
    };
  }

  #write(record: JournalRecord): Promise<void> {
    if (this.records.length >= this.failAt) {
      return Promise.reject(new Error('ENOSPC: no space left on device'));
    }
    this.records.push(record);
    return Promise.resolve();
  }
}
