import type { DeletionMetrics } from '../deletionAnswer';
import type { ImageKey } from '../deletionRequest';
import { isCancelled } from '../errors';
import type { AcceptanceKind } from '../findings';
import { freshInventories } from '../listing/inventory';
import { repositoriesOf } from './batches';
import { checkReview } from './check';
import { confirmationOf } from './confirmation';
import type { DeletionFlowOptions } from './deletionFlowOptions';
import { addMetrics, executeDeletion, type Execution, totalMetrics } from './execution';
import { eventAfter, type FlowEvent, type FlowPhase, type FlowProgress } from './flowEvent';
import type { CollateralOutcome, ImageOutcome } from './outcome';
import { DeletionReview } from './review';
import { AnswerCache, ReviewAge } from './reviewAge';
import { changesBetween } from './reviewChanges';
import { ReviewedPlan } from './reviewedPlan';
import type { ReviewEntry } from './reviewEntry';
import { RunRecorder } from './runRecorder';
import { applyOutcomes, outcomesByImage, settleExecution } from './settleDeletion';
import { type SettledEntry, Settlement } from './settlement';

/**
 * One plan on its way from the dry run through the review to the outcome of each image. Nothing in here asks twice
 * for the same deletion, and nothing is deleted but what a complete review holds, unchanged since it was approved.
 */
export class DeletionFlow {
  readonly review: DeletionReview;
  /** What has become of images so far. */
  readonly settlement = new Settlement();
  readonly #options: DeletionFlowOptions;
  readonly #closed = new AbortController();
  #phase: FlowPhase = 'checking';
  #lastEvent: FlowEvent = { kind: 'checking' };
  #progress: FlowProgress | undefined;
  #metrics: DeletionMetrics | undefined;
  #lastOutcomes: ReadonlyMap<ImageKey, ImageOutcome> = new Map();
  /** Gives up a dry run, or stops a deletion before its next request. */
  #work: AbortController | undefined;
  readonly #age: ReviewAge;
  readonly #answers: AnswerCache;
  #wasSeen = false;
  /** What the person last looked at, until a check is completed. */
  #before: readonly ReviewEntry[] | undefined;

  constructor(options: DeletionFlowOptions) {
    this.#options = options;
    this.review = new DeletionReview(options.plan);
    const { now, delay } = options;
    this.#answers = new AnswerCache(now);
    this.#age = new ReviewAge({ now, delay, onDidBecomeStale: () => this.#becameStale() });
  }

  get phase(): FlowPhase {
    return this.#phase;
  }

  get lastEvent(): FlowEvent {
    return this.#lastEvent;
  }

  get progress(): FlowProgress | undefined {
    return this.#progress;
  }

  /** What all deletions of this flow removed together; `undefined` before the first. */
  get metrics(): DeletionMetrics | undefined {
    return this.#metrics;
  }

  /** Images that have left the plan with an outcome, in the order in which they got it. */
  get settled(): readonly SettledEntry[] {
    return this.settlement.entries;
  }

  /** What became of each image of the last deletion, those included that stay in the plan. */
  get lastOutcomes(): ReadonlyMap<ImageKey, ImageOutcome> {
    return this.#lastOutcomes;
  }

  /** What became of the images that were accepted as falling with others, as of the last listing that tells. */
  get collateral(): ReadonlyMap<ImageKey, CollateralOutcome> {
    return this.settlement.collateral;
  }

  get canDelete(): boolean {
    return this.#phase === 'reviewing' && this.review.isComplete;
  }

  get canRepeatDryRun(): boolean {
    return this.#canEdit() && this.review.counts.images > 0;
  }

  /** Whether a dry run was not completed and has answers that another need not ask for again. */
  get canContinueDryRun(): boolean {
    return this.#phase === 'failed' && this.leftToCheck < this.review.counts.images;
  }

  /** Images that a continued dry run would ask about: those without an answer, or with one that is too old by now. */
  get leftToCheck(): number {
    const stale = this.#answers.stale.filter((key) => this.review.get(key) !== undefined);
    return this.review.counts.unchecked + stale.length;
  }

  get canCancel(): boolean {
    const isAtWork = ['checking', 'rechecking', 'deleting', 'verifying'].includes(this.#phase);
    return isAtWork && this.#work?.signal.aborted === false;
  }

  /** Checks every image that is still in the plan. Failures are events, never thrown. */
  async dryRun(): Promise<void> {
    const isFirst = this.#phase === 'checking' && this.#work === undefined;
    if (!isFirst && !this.canRepeatDryRun) {
      return;
    }
    this.#answers.clear();
    await this.#checkForReview(false);
  }

  /**
   * Goes on with a dry run that was not completed: asks about the images that are {@link leftToCheck}, then finds out anew
   * what falls. The check right before a deletion never takes over an answer.
   */
  async continueDryRun(): Promise<void> {
    if (this.canContinueDryRun) {
      this.review.uncheck(this.#answers.takeStale());
      await this.#checkForReview(true);
    }
  }

  accept(key: ImageKey, acceptance: AcceptanceKind, isAccepted: boolean): void {
    if (this.#phase === 'reviewing') {
      this.review.accept(key, acceptance, isAccepted);
      this.#changed({ kind: 'accepted', isAccepted, acceptance, images: 1 });
    }
  }

  acceptAll(acceptance: AcceptanceKind, isAccepted: boolean): void {
    if (this.#phase === 'reviewing') {
      const images = this.review.acceptAll(acceptance, isAccepted);
      this.#changed({ kind: 'accepted', isAccepted, acceptance, images });
    }
  }

  acceptEach(keys: readonly ImageKey[], acceptance: AcceptanceKind, isAccepted: boolean): void {
    if (this.#phase === 'reviewing') {
      const images = this.review.acceptEach(keys, acceptance, isAccepted);
      this.#changed({ kind: 'accepted', isAccepted, acceptance, images });
    }
  }

  /** Those that are not in the plan are passed over. */
  remove(keys: readonly ImageKey[]): void {
    const images = this.#canEdit() ? this.review.remove(keys) : 0;
    if (images > 0) {
      this.#changed({ kind: 'removed', images });
    }
  }

  removeBlocked(): void {
    if (this.#canEdit()) {
      this.#changed({ kind: 'removed', images: this.review.removeBlocked() });
    }
  }

  /**
   * Asks once more, checks once more, then deletes what was reviewed. Does nothing unless the review is complete, and
   * deletes nothing where the last check finds anything else than what was approved.
   */
  async delete(): Promise<void> {
    if (!this.canDelete) {
      return;
    }
    const approved = ReviewedPlan.of(this.review);
    this.#end('confirming', { kind: 'confirming' });
    if (!(await this.#ask(approved)) || this.#closed.signal.aborted) {
      this.#end('reviewing', { kind: 'declined' });
      await this.#checkIfStale();
      return;
    }
    const plan = await this.#checkApproved(approved);
    if (plan !== undefined) {
      await this.#carryOut(plan);
    }
  }

  /**
   * Gives up a dry run at once; stops a deletion before its next request. The listing afterwards is given up too, and
   * leaves its images unconfirmed.
   */
  cancel(): void {
    if (!this.canCancel) {
      return;
    }
    this.#work?.abort();
    if (this.#phase === 'deleting') {
      this.#changed({ kind: 'stopping' });
    }
  }

  /** Nobody looks any more: no further check begins, and no further request that deletes is sent. */
  close(): void {
    this.#closed.abort();
    this.#age.close();
    if (this.#phase !== 'verifying') {
      this.cancel(); // what became of the images is worth knowing without anybody looking
    }
  }

  async #ask(plan: ReviewedPlan): Promise<boolean> {
    try {
      return await this.#options.confirm(confirmationOf(plan));
    } catch (error) {
      this.#end('reviewing', { kind: 'declined' });
      throw error;
    }
  }

  async #checkForReview(isContinued: boolean): Promise<void> {
    if (await this.#check('checking', isContinued)) {
      const changes = this.#wasSeen ? changesBetween(this.#before ?? [], this.review.entries) : [];
      this.#before = undefined;
      this.#wasSeen = true;
      this.#end('reviewing', changes.length > 0 ? { kind: 'changed', changes } : { kind: 'checked' });
    }
  }

  /** @returns Whether it was completed. */
  async #check(phase: 'checking' | 'rechecking', isContinued = false): Promise<boolean> {
    this.#age.reset();
    this.#before ??= this.review.entries;
    const work = this.#begin(phase, { kind: phase });
    try {
      const { api, batchSize, pageSize } = this.#options;
      await checkReview(this.review, {
        api,
        batchSize,
        pageSize,
        wasSeen: this.#wasSeen,
        reuse: this.#wasSeen ? [] : freshInventories(this.review.plan.inventories, this.#options.now()),
        isContinued,
        signal: work.signal,
        onProgress: this.#report,
        onAnswered: (batch) => {
          this.#answers.add(batch);
        },
      });
      work.signal.throwIfAborted(); // cancelled just as the last answer came
      const { oldest } = this.#answers;
      const isOld = this.#answers.stale.length > 0;
      this.#answers.clear();
      if (isContinued && isOld) {
        return await this.#check(phase); // what was taken over has grown old meanwhile
      }
      this.#age.start(isContinued ? oldest : undefined);
      return true;
    } catch (error) {
      const isGivenUp = isCancelled(error) || work.signal.aborted;
      work.abort(); // the other requests of this check have no reader any more
      if (phase === 'rechecking') {
        this.review.uncheck();
        this.#answers.clear();
      }
      this.#age.start();
      this.#end('failed', isGivenUp ? { kind: 'checkCancelled' } : { kind: 'checkFailed', error });
      return false;
    }
  }

  /** @returns The plan to carry out, if everything is still as it was approved. */
  async #checkApproved(approved: ReviewedPlan): Promise<ReviewedPlan | undefined> {
    if (!(await this.#check('rechecking'))) {
      return undefined;
    }
    const before = this.#before ?? [];
    this.#before = undefined;
    const plan = this.review.isComplete ? ReviewedPlan.of(this.review) : undefined;
    if (plan?.fingerprint === approved.fingerprint && !this.#closed.signal.aborted) {
      return plan;
    }
    this.#end('reviewing', { kind: 'changed', changes: changesBetween(before, this.review.entries) });
    return undefined;
  }

  async #carryOut(plan: ReviewedPlan): Promise<void> {
    const { api, batchSize, onDidDelete } = this.#options;
    const work = this.#begin('deleting', { kind: 'deleting' });
    let recorder: RunRecorder;
    try {
      recorder = await RunRecorder.begin(plan, this.#options);
    } catch (error) {
      this.#end('reviewing', { kind: 'notWritten', error });
      this.#age.start();
      return;
    }
    try {
      const execution = await executeDeletion(api, plan.requests(batchSize), {
        stop: work.signal,
        witness: recorder,
        onProgress: this.#report,
      });
      this.#metrics = addMetrics(this.#metrics, totalMetrics(execution.results));
      await this.#settle(plan, execution, recorder);
    } finally {
      recorder.release();
    }
    onDidDelete(repositoriesOf(plan.images));
  }

  async #settle(plan: ReviewedPlan, execution: Execution, recorder: RunRecorder): Promise<void> {
    const work = this.#begin('verifying', { kind: 'verifying' });
    const { api, pageSize } = this.#options;
    const options = { api, pageSize, signal: work.signal, onProgress: this.#report };
    const settled = await settleExecution(plan, execution.results, options);
    applyOutcomes(settled, execution.results, this.review, this.settlement);
    this.#lastOutcomes = outcomesByImage(settled);
    const journalError = await recorder.recordOutcomes(settled);
    this.#end(
      this.review.counts.images === 0 ? 'finished' : 'reviewing',
      eventAfter(execution, execution.journalError ?? journalError, this.review),
    );
    this.#age.start();
  }

  async #becameStale(): Promise<void> {
    if (this.#phase === 'failed') {
      this.#options.onDidChange(); // there is nothing to be continued any more
    }
    await this.#checkIfStale();
  }

  /** Not while the last question is open: its answer comes first, and leads to a check in any case. */
  async #checkIfStale(): Promise<void> {
    if (this.#age.isStale && this.#phase === 'reviewing' && !this.#closed.signal.aborted) {
      await this.dryRun();
    }
  }

  #canEdit(): boolean {
    return this.#phase === 'reviewing' || this.#phase === 'failed';
  }

  readonly #report = (done: number, total: number): void => {
    this.#progress = { done, total };
    this.#options.onDidChange();
  };

  #begin(phase: FlowPhase, event: FlowEvent): AbortController {
    const work = new AbortController();
    this.#work = work;
    if (this.#closed.signal.aborted && phase !== 'verifying') {
      work.abort();
    }
    this.#phase = phase;
    this.#progress = undefined;
    this.#changed(event);
    return work;
  }

  #end(phase: FlowPhase, event: FlowEvent): void {
    this.#work = undefined;
    this.#phase = phase;
    this.#progress = undefined;
    this.#changed(event);
  }

  #changed(event: FlowEvent): void {
    this.#lastEvent = event;
    this.#options.onDidChange();
  }
}
