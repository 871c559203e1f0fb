import type { ImageKey } from '../deletionRequest';
import { isCancelled } from '../errors';
import type { AcceptanceKind } from '../findings';
import { freshInventories } from '../listing/inventory';
import { repositoriesOf, requestSize } from './batches';
import { checkReview } from './check';
import { confirmationOf } from './confirmation';
import type { DeletionFlowOptions } from './deletionFlowOptions';
import { executeDeletion, type Execution, totalMetrics } from './execution';
import {
  eventAfter,
  eventAfterLaterOutcomes,
  type FlowEvent,
  type FlowPhase,
  type FlowProgress,
  refusalsIn,
} from './flowEvent';
import { applyLaterOutcomes, type LaterOutcomes } from './laterOutcomes';
import type { CollateralOutcome, ImageOutcome } from './outcome';
import { ReferenceCheck } from './referenceCheck';
import type { LockedRepositories } from './repositoryLocks';
import { DeletionReview } from './review';
import { AnswerCache, ReviewAge } from './reviewAge';
import { changesBetween } from './reviewChanges';
import { ReviewedPlan } from './reviewedPlan';
import type { ReviewEntry } from './reviewEntry';
import { RunRecorder } from './runRecorder';
import { applyOutcomes, outcomesByImage, settleExecution } from './settleDeletion';
import { type SettledEntry, Settlement } from './settlement';
import type { DeletionSummary } from './summary';

/**
 * Takes one plan from the dry run through the review to the outcome of each image. No deletion is requested twice, and
 * nothing is deleted but the images of a complete review that has not changed since it was approved.
 */
export class DeletionFlow {
  readonly review: DeletionReview;
  /** Outcomes so far. */
  readonly settlement = new Settlement();
  /** The search of the workspace for lines that use the images. */
  readonly references: ReferenceCheck;
  readonly #options: DeletionFlowOptions;
  readonly #closed = new AbortController();
  #phase: FlowPhase = 'checking';
  #lastEvent: FlowEvent = { kind: 'checking' };
  #progress: FlowProgress | undefined;
  #listingError: unknown;
  #lastOutcomes: ReadonlyMap<ImageKey, ImageOutcome> = new Map();
  /** Cancels a running check or listing, or stops a deletion before its next request. `undefined`: nothing is running. */
  #work: AbortController | undefined;
  readonly #age: ReviewAge;
  readonly #answers: AnswerCache;
  /** Found out while something was under way; applied when it ends. */
  readonly #later: LaterOutcomes[] = [];
  #wasSeen = false;
  /** Whether the workspace was searched before, so that other uses are new. */
  #wasSearched = false;
  /** What the person last saw, until a check is completed. */
  #before: readonly ReviewEntry[] | undefined;

  constructor(options: DeletionFlowOptions) {
    this.#options = options;
    this.review = new DeletionReview(options.plan);
    const { now, delay, references: source } = options;
    this.references = new ReferenceCheck({
      source,
      repositories: repositoriesOf(options.plan.images),
      onDidChange: () => {
        this.#takeReferences();
      },
    });
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

  /** What became of all images; `undefined` before the first deletion, and while the outcomes of one are not known yet. */
  get summary(): DeletionSummary | undefined {
    const isUnderWay = this.#phase === 'deleting' || this.#phase === 'verifying';
    return this.#lastOutcomes.size === 0 || isUnderWay ? undefined : this.settlement.summary(this.review);
  }

  /** Why a repository could not be listed after the last deletion; `undefined` if all could be. */
  get listingError(): unknown {
    return this.#listingError;
  }

  /** Images that have left the plan with an outcome, in the order in which they got it. */
  get settled(): readonly SettledEntry[] {
    return this.settlement.entries;
  }

  /** Outcomes of all images of the last deletion, as they were when it ended, including those that are still in the plan. */
  get lastOutcomes(): ReadonlyMap<ImageKey, ImageOutcome> {
    return this.#lastOutcomes;
  }

  /** Outcomes of accepted collateral, according to the last listing. */
  get collateral(): ReadonlyMap<ImageKey, CollateralOutcome> {
    return this.settlement.collateral;
  }

  get canDelete(): boolean {
    return this.#phase === 'reviewing' && this.review.isComplete && this.references.isSettled;
  }

  get canRepeatDryRun(): boolean {
    return this.#canEdit() && this.review.counts.images > 0;
  }

  /** Whether a dry run was not completed and has answers that can be used by another one. */
  get canContinueDryRun(): boolean {
    return this.#phase === 'failed' && this.leftToCheck < this.review.counts.images;
  }

  /** Number of images that a continued dry run would check: those without an answer, or with a stale one. */
  get leftToCheck(): number {
    const stale = this.#answers.stale.filter((key) => this.review.get(key) !== undefined);
    return this.review.counts.unchecked + stale.length;
  }

  get canCancel(): boolean {
    const isAtWork = ['checking', 'rechecking', 'deleting', 'verifying'].includes(this.#phase);
    return isAtWork && this.#work?.signal.aborted === false;
  }

  /** Checks every image that is still in the plan. Never rejects: failures are events. */
  async dryRun(): Promise<void> {
    const isFirst = this.#phase === 'checking' && this.#work === undefined;
    if (!isFirst && !this.canRepeatDryRun) {
      return;
    }
    this.#answers.clear();
    if (!this.references.isSettled) {
      void this.references.start();
    }
    await this.#checkForReview(false);
  }

  /**
   * Continues a dry run that was not completed: checks the images that are {@link leftToCheck}, then determines all
   * collateral again. The check right before a deletion never uses earlier answers.
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

  /** Removes images from the plan; keys that are not in it are ignored. */
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
   * Asks for the final confirmation, checks again, then deletes what was reviewed. Does nothing unless the review is
   * complete, and deletes nothing if another deletion is running in one of its repositories or if the last check differs
   * from what was approved in any way.
   */
  async delete(): Promise<void> {
    if (!this.canDelete) {
      return;
    }
    const approved = this.#reviewedPlan();
    const shown = this.review.entries;
    this.#end('confirming', { kind: 'confirming' });
    if (!(await this.#ask(approved)) || this.#closed.signal.aborted) {
      this.#end('reviewing', { kind: 'declined' });
      await this.#checkIfStale();
      return;
    }
    const locks = await this.#lock(approved);
    try {
      const plan = locks && (await this.#checkApproved(approved, shown));
      if (plan !== undefined) {
        await this.#carryOut(plan);
      }
    } finally {
      await locks?.release();
    }
  }

  /**
   * Cancels a dry run at once; stops a deletion before its next request. Cancelling the listing afterwards leaves images
   * unconfirmed.
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

  /**
   * Applies what was found out about a run after its deletion had ended: at once, or when a check, a question or a deletion
   * that is under way has ended. Runs of other flows change nothing, and neither does what is known already.
   */
  settleLater(later: LaterOutcomes): void {
    this.#later.push(later);
    if (this.#applyLater()) {
      this.#options.onDidChange();
    }
  }

  /** Closes the flow because nobody looks at it any more: no further check begins, and nothing more is deleted. */
  close(): void {
    this.#closed.abort();
    this.references.close();
    this.#age.close();
    if (this.#phase !== 'verifying') {
      this.cancel(); // the listing continues, so that the outcomes are recorded
    }
  }

  #reviewedPlan(): ReviewedPlan {
    return ReviewedPlan.of(this.review, this.references.record);
  }

  #takeReferences(): void {
    const { kind } = this.references.state;
    if (kind === 'searched' || kind === 'skipped') {
      const isReviewing = this.#phase === 'reviewing' && this.#wasSearched;
      const before = isReviewing ? this.review.entries : [];
      this.review.references.note(this.references.found, this.#wasSearched);
      this.#wasSearched = kind === 'searched';
      const changes = changesBetween(before, this.review.entries);
      if (changes.length > 0) {
        this.#lastEvent = { kind: 'changed', changes };
      }
    }
    this.#options.onDidChange();
  }

  async #ask(plan: ReviewedPlan): Promise<boolean> {
    try {
      return await this.#options.confirm(confirmationOf(plan));
    } catch (error) {
      this.#end('reviewing', { kind: 'declined' });
      throw error;
    }
  }

  /** @returns `undefined` if nothing may be deleted now; the event says why. */
  async #lock(plan: ReviewedPlan): Promise<LockedRepositories | undefined> {
    try {
      const repositories = repositoriesOf(plan.images);
      const locks = await this.#options.locks.acquire({ origin: plan.origin, repositories });
      if (locks.kind === 'locked' && !this.#closed.signal.aborted) {
        return locks;
      }
      await (locks.kind === 'locked' ? locks.release() : undefined);
      this.#end('reviewing', locks.kind === 'locked' ? { kind: 'declined' } : locks);
    } catch (error) {
      this.#end('reviewing', { kind: 'notWritten', error });
    }
    await this.#checkIfStale();
    return undefined;
  }

  async #checkForReview(isContinued: boolean): Promise<void> {
    if (await this.#check('checking', isContinued)) {
      const changes = this.#wasSeen ? changesBetween(this.#before ?? [], this.review.entries) : [];
      this.#before = undefined;
      this.#wasSeen = true;
      this.#end('reviewing', changes.length > 0 ? { kind: 'changed', changes } : { kind: 'checked' });
    }
  }

  /** @returns Whether the check was completed. */
  async #check(phase: 'checking' | 'rechecking', isContinued = false): Promise<boolean> {
    this.#age.reset();
    this.#before ??= this.review.entries;
    this.settlement.attempts.noteCheck();
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
      work.signal.throwIfAborted(); // cancelled just as the last answer arrived
      const { oldest } = this.#answers;
      const isOld = this.#answers.stale.length > 0;
      this.#answers.clear();
      if (isContinued && isOld) {
        return await this.#check(phase); // the earlier answers have become stale meanwhile
      }
      this.#age.start(isContinued ? oldest : undefined);
      return true;
    } catch (error) {
      const isGivenUp = isCancelled(error) || work.signal.aborted;
      work.abort(); // nobody uses the other requests of this check any more
      if (phase === 'rechecking') {
        this.review.uncheck();
        this.#answers.clear();
      }
      this.#age.start();
      const isFinal = phase === 'rechecking' ? { isFinal: true as const } : {};
      this.#end(
        'failed',
        isGivenUp ? { kind: 'checkCancelled', ...isFinal } : { kind: 'checkFailed', error, ...isFinal },
      );
      return false;
    }
  }

  /**
   * @param shown The images when the plan was approved.
   * @returns The plan to carry out; `undefined` if anything differs from what was approved.
   */
  async #checkApproved(
    approved: ReviewedPlan,
    shown: readonly ReviewEntry[],
  ): Promise<ReviewedPlan | undefined> {
    this.#before ??= shown;
    if (!(await this.#check('rechecking'))) {
      return undefined;
    }
    await this.references.refresh(this.#work?.signal ?? this.#closed.signal);
    this.#before = undefined;
    if (!this.references.isSettled) {
      this.#end('reviewing', { kind: 'declined' }); // the state of the search says why
      return undefined;
    }
    const plan = this.review.isComplete ? this.#reviewedPlan() : undefined;
    if (plan?.fingerprint === approved.fingerprint && !this.#closed.signal.aborted) {
      return plan;
    }
    this.#end('reviewing', { kind: 'changed', changes: changesBetween(shown, this.review.entries) });
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
      const execution = await executeDeletion(api, plan.requests(requestSize(batchSize, api.imagesAtOnce)), {
        stop: work.signal,
        witness: recorder,
        onProgress: this.#report,
      });
      await this.#settle(plan, execution, recorder);
    } finally {
      recorder.release();
    }
    onDidDelete(repositoriesOf(plan.images), this.#lastOutcomes);
  }

  async #settle(plan: ReviewedPlan, execution: Execution, recorder: RunRecorder): Promise<void> {
    const work = this.#begin('verifying', { kind: 'verifying' });
    const { api, pageSize } = this.#options;
    const options = { api, pageSize, signal: work.signal, onProgress: this.#report };
    const settled = await settleExecution(plan, execution.results, options, (repository) =>
      this.review.listedImages(repository),
    );
    applyOutcomes(settled, execution.results, this.review, this.settlement);
    settled.lists.forEach(({ repository, images }) => this.review.noteListing(repository, images));
    this.#lastOutcomes = outcomesByImage(settled);
    this.#listingError = settled.listingError;
    this.settlement.noteRun(totalMetrics(execution.results), settled.unexpected.length);
    const run = { id: recorder.runId, endedAt: this.#options.now() };
    this.settlement.attempts.note(run, this.#lastOutcomes, refusalsIn(execution.results), this.review);
    const journalError = await recorder.recordOutcomes(settled);
    this.#end(
      this.review.counts.images === 0 ? 'finished' : 'reviewing',
      eventAfter(execution, execution.journalError ?? journalError, this.review),
    );
    this.#age.start();
  }

  async #becameStale(): Promise<void> {
    if (this.#phase === 'failed') {
      this.#options.onDidChange(); // the dry run can no longer be continued
    }
    await this.#checkIfStale();
  }

  /** Waits for the final confirmation if it is shown: both of its answers lead to a check. */
  async #checkIfStale(): Promise<void> {
    if (this.#age.isStale && this.#phase === 'reviewing' && !this.#closed.signal.aborted) {
      await this.dryRun();
    }
  }

  /** @returns Whether anything has changed. */
  #applyLater(): boolean {
    if (!this.#canEdit() && this.#phase !== 'finished') {
      return false;
    }
    const applied = this.#later
      .splice(0)
      .map((later) => applyLaterOutcomes(later, this.review, this.settlement));
    if (!applied.includes(true)) {
      return false;
    }
    const isOver = this.review.counts.images === 0;
    this.#phase = isOver ? 'finished' : this.#phase;
    this.#lastEvent = eventAfterLaterOutcomes(this.#lastEvent, isOver);
    return true;
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
    this.#lastEvent = event;
    this.#applyLater();
    this.#options.onDidChange();
  }

  #changed(event: FlowEvent): void {
    this.#lastEvent = event;
    this.#options.onDidChange();
  }
}
