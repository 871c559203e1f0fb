import type { ReviewedRequest } from '../deletionRequest';
import type { ExecutionWitness } from './execution';
import { type DeletionJournal, JournalError, type RunJournal, type RunRecord } from './journal';
import { answerRecord, outcomesRecord, planRecord, requestRecord } from './journalRecords';
import type { RequestResult } from './outcome';
import type { ReviewedPlan } from './reviewedPlan';
import { mayAnyChange, outcomesByImage, type SettledDeletion } from './settleDeletion';

/** Where a deletion is recorded, and by whom it is made. */
export interface RecorderOptions {
  readonly journal: DeletionJournal;
  /** Who deletes; `undefined` if not known. */
  readonly username: string | undefined;
  readonly now: () => Date;
}

/** Writes one deletion to its journal: the plan, each request and its answer, the outcomes. */
export class RunRecorder implements ExecutionWitness {
  readonly #run: RunJournal;
  readonly #now: () => Date;

  private constructor(run: RunJournal, now: () => Date) {
    this.#run = run;
    this.#now = now;
  }

  /**
   * Writes the plan to a new run of the journal.
   *
   * @throws It could not be written; nothing may be deleted then.
   */
  static async begin(plan: ReviewedPlan, { journal, username, now }: RecorderOptions): Promise<RunRecorder> {
    return new RunRecorder(await journal.begin(planRecord(plan, username, now())), now);
  }

  /** Names the run in its journal. */
  get runId(): string {
    return this.#run.id;
  }

  /** @throws {JournalError} */
  willSend(number: number, request: ReviewedRequest): Promise<void> {
    return this.#append(requestRecord(number, request, this.#now()));
  }

  /** @throws {JournalError} */
  didEnd(number: number, result: RequestResult): Promise<void> {
    return this.#append(answerRecord(number, result, this.#now()));
  }

  /**
   * Appends the outcomes, and finishes the run unless an outcome may still change.
   *
   * @returns Why the journal could not be written; `undefined` if it was.
   */
  async recordOutcomes(settled: SettledDeletion): Promise<JournalError | undefined> {
    const at = this.#now();
    try {
      await this.#append(outcomesRecord(outcomesByImage(settled), settled.collateral, at));
      if (!mayAnyChange(settled.images)) {
        await this.#append({ type: 'finished', at: at.toISOString() });
      }
      return undefined;
    } catch (error) {
      if (!(error instanceof JournalError)) {
        throw error;
      }
      return error;
    }
  }

  /** Declares that the deletion has ended and writes nothing more, so that its open outcomes may be checked. */
  release(): void {
    this.#run.release();
  }

  async #append(record: RunRecord): Promise<void> {
    const writing = this.#run.append(record);
    try {
      await writing;
    } catch (error) {
      throw new JournalError(error);
    }
  }
}
