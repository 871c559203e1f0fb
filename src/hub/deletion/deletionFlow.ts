import { isCancelled } from '../errors';
import type { DeletionMetrics, ImageApi } from '../imageApi';
import { listAllImages } from '../inventory';
import { formatRepository, type RepositoryRef } from '../names';
import { executeDeletion, totalMetrics, type RequestResult } from './execution';
import type { WarningKind } from './findings';
import { settleOutcome, type ImageOutcome } from './outcome';
import { batchesOf, imageKey, repositoriesOf, type DeletionPlan, type ImageKey } from './plan';
import { DeletionReview, type ReviewEntry } from './review';
import { ReviewedPlan } from './reviewedPlan';

/**
 * - `checking`: a dry run is under way
 * - `failed`: the dry run was not completed; it has to be repeated
 * - `reviewing`: the person decides
 * - `confirming`: the last question is open
 * - `deleting`: requests that delete are being sent
 * - `verifying`: the repositories are listed again
 * - `finished`: every image has an outcome
 */
export type FlowPhase =
  'checking' | 'failed' | 'reviewing' | 'confirming' | 'deleting' | 'verifying' | 'finished';

/** What last happened, as facts; the caller finds the words. */
export type FlowEvent =
  | { readonly kind: 'checking' }
  | { readonly kind: 'checked' }
  | { readonly kind: 'checkCancelled' }
  | { readonly kind: 'checkFailed'; readonly error: unknown }
  | {
      readonly kind: 'accepted';
      readonly isAccepted: boolean;
      readonly warning: WarningKind;
      readonly images: number;
    }
  | { readonly kind: 'removed'; readonly images: number }
  | { readonly kind: 'confirming' }
  | { readonly kind: 'declined' }
  | { readonly kind: 'deleting' }
  | { readonly kind: 'stopping' }
  | { readonly kind: 'verifying' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'interrupted'; readonly error: unknown }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'finished' };

/** What the last question is about. */
export interface DeletionConfirmation {
  readonly repositories: readonly RepositoryRef[];
  readonly imageCount: number;
  /** `namespace/name:tag` of every tag that will go, as the dry run told them. */
  readonly tags: readonly string[];
  /** Images that the dry run called active. */
  readonly activeCount: number;
}

/** An image that has left the plan with an outcome. */
export interface SettledEntry {
  readonly entry: ReviewEntry;
  readonly outcome: ImageOutcome;
}

export interface FlowProgress {
  readonly done: number;
  readonly total: number;
}

export interface DeletionFlowOptions {
  readonly plan: DeletionPlan;
  readonly api: ImageApi;
  /** Images in one request. */
  readonly batchSize: number;
  /** Images on one page of the new listing. */
  readonly pageSize: number;
  /** Asks the person once more; nothing is sent unless it answers true. */
  readonly confirm: (confirmation: DeletionConfirmation) => Promise<boolean>;
  readonly onDidChange: () => void;
  /** Called once after each deletion, whatever came of it, with the repositories it touched. */
  readonly onDidDelete: (repositories: readonly RepositoryRef[]) => void;
}

/**
 * One plan on its way from the dry run through the review to the outcome of each image. Nothing in here asks twice
 * for the same deletion, and nothing is deleted but what a complete review holds.
 */
export class DeletionFlow {
  readonly review: DeletionReview;
  readonly #options: DeletionFlowOptions;
  readonly #settled = new Map<ImageKey, SettledEntry>();
  #phase: FlowPhase = 'checking';
  #lastEvent: FlowEvent = { kind: 'checking' };
  #progress: FlowProgress | undefined;
  #metrics: DeletionMetrics | undefined;
  /** Gives up a dry run, or stops a deletion before its next request. */
  #work: AbortController | undefined;
  #wasReviewed = false;

  constructor(options: DeletionFlowOptions) {
    this.#options = options;
    this.review = new DeletionReview(options.plan);
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

  /** Images that have an outcome, in the order in which they got it. */
  get settled(): readonly SettledEntry[] {
    return [...this.#settled.values()];
  }

  get canDelete(): boolean {
    return this.#phase === 'reviewing' && this.review.isComplete;
  }

  get canRepeatDryRun(): boolean {
    return (this.#phase === 'reviewing' || this.#phase === 'failed') && this.review.counts.images > 0;
  }

  get canCancel(): boolean {
    return (this.#phase === 'checking' || this.#phase === 'deleting') && this.#work?.signal.aborted === false;
  }

  /** Whether closing now would leave requests under way that delete. */
  get isDeleting(): boolean {
    return this.#phase === 'deleting' || this.#phase === 'verifying';
  }

  get isFinished(): boolean {
    return this.#phase === 'finished';
  }

  /** Checks every image that is still in the plan. Failures are events, never thrown. */
  async dryRun(): Promise<void> {
    const work = this.#begin('checking', { kind: 'checking' });
    this.review.uncheck();
    try {
      await this.#checkAll(work);
      this.#wasReviewed = true;
      this.#end('reviewing', { kind: 'checked' });
    } catch (error) {
      work.abort(); // the other requests of this dry run have no reader any more
      this.#end('failed', isCancelled(error) ? { kind: 'checkCancelled' } : { kind: 'checkFailed', error });
    }
  }

  accept(key: ImageKey, warning: WarningKind, isAccepted: boolean): void {
    if (this.#phase === 'reviewing') {
      this.review.accept(key, warning, isAccepted);
      this.#changed({ kind: 'accepted', isAccepted, warning, images: 1 });
    }
  }

  acceptAll(warning: WarningKind, isAccepted: boolean): void {
    if (this.#phase === 'reviewing') {
      this.review.acceptAll(warning, isAccepted);
      const images = this.review.counts.warnings[warning].total;
      this.#changed({ kind: 'accepted', isAccepted, warning, images });
    }
  }

  remove(key: ImageKey): void {
    if (this.#canEdit() && this.review.get(key) !== undefined) {
      this.review.remove(key);
      this.#changed({ kind: 'removed', images: 1 });
    }
  }

  removeBlocked(): void {
    if (this.#canEdit()) {
      this.#changed({ kind: 'removed', images: this.review.removeBlocked() });
    }
  }

  /** Asks once more, then deletes what was reviewed. Does nothing unless the review is complete. */
  async delete(): Promise<void> {
    if (!this.canDelete) {
      return;
    }
    const plan = ReviewedPlan.of(this.review);
    this.#end('confirming', { kind: 'confirming' });
    if (!(await this.#options.confirm(confirmationOf(plan)))) {
      this.#end('reviewing', { kind: 'declined' });
      return;
    }
    const work = this.#begin('deleting', { kind: 'deleting' });
    const results = await executeDeletion(this.#options.api, plan.requests(this.#options.batchSize), {
      stop: work.signal,
      onProgress: this.#report,
    });
    this.#metrics = addMetrics(this.#metrics, totalMetrics(results));
    await this.#settle(results);
    this.#options.onDidDelete(repositoriesOf(plan.images));
  }

  /** Gives up a dry run at once; stops a deletion before its next request. */
  cancel(): void {
    if (!this.canCancel) {
      return;
    }
    this.#work?.abort();
    if (this.#phase === 'deleting') {
      this.#changed({ kind: 'stopping' });
    }
  }

  async #checkAll(work: AbortController): Promise<void> {
    const images = this.review.images;
    let done = 0;
    this.#report(0, images.length);
    const { api, batchSize, plan } = this.#options;
    await Promise.all(
      batchesOf(images, batchSize).map(async (batch) => {
        const [first] = batch;
        if (first === undefined) {
          return;
        }
        const request = {
          repository: first.repository,
          activeFrom: plan.activeFrom,
          digests: batch.map(({ image }) => image.digest),
        };
        const answer = await api.dryRun(request, work.signal);
        this.review.record(batch, answer, this.#wasReviewed);
        done += batch.length;
        this.#report(done, images.length);
      }),
    );
  }

  async #settle(results: readonly RequestResult[]): Promise<void> {
    this.#end('verifying', { kind: 'verifying' });
    const listed = await this.#listAgain(results);
    for (const result of results) {
      this.#settleRequest(result, listed);
    }
    this.#end(this.review.counts.images === 0 ? 'finished' : 'reviewing', eventAfter(results, this.review));
  }

  #settleRequest(result: RequestResult, listed: ListedImages): void {
    if (result.kind === 'answered' && result.answer.kind === 'refused') {
      const { images, ignoredWarnings } = result.request;
      this.review.record(images, result.answer, true, ignoredWarnings);
    }
    for (const { repository, image } of result.request.images) {
      const key = imageKey(repository, image.digest);
      const outcome = settleOutcome(result, listed.get(formatRepository(repository))?.has(key));
      if (outcome === 'notSent' || (outcome === 'stillThere' && result.kind === 'failed')) {
        continue; // stays in the plan, to be gone on with
      }
      const entry = this.review.get(key);
      if (entry !== undefined) {
        this.#settled.set(key, { entry, outcome });
        this.review.remove(key);
      }
    }
    if (result.kind === 'failed') {
      this.review.uncheck();
    }
  }

  async #listAgain(results: readonly RequestResult[]): Promise<ListedImages> {
    const { api, plan, pageSize } = this.#options;
    const listed = new Map<string, ReadonlySet<ImageKey>>();
    for (const repository of repositoriesOf(results.flatMap(({ request }) => request.images))) {
      try {
        const images = await listAllImages(api, repository, {
          activeFrom: plan.activeFrom,
          pageSize,
          onProgress: this.#report,
        });
        listed.set(
          formatRepository(repository),
          new Set(images.map(({ digest }) => imageKey(repository, digest))),
        );
      } catch {
        continue; // without a listing its images are unconfirmed, which says all there is to say
      }
    }
    return listed;
  }

  #canEdit(): boolean {
    return this.#phase === 'reviewing' || this.#phase === 'failed';
  }

  readonly #report = (done: number, total: number): void => {
    this.#progress = { done, total };
    this.#options.onDidChange();
  };

  #begin(phase: FlowPhase, event: FlowEvent): AbortController {
    this.#work = new AbortController();
    this.#phase = phase;
    this.#progress = undefined;
    this.#changed(event);
    return this.#work;
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

/** Images of each repository that could be listed again in full. */
type ListedImages = ReadonlyMap<string, ReadonlySet<ImageKey>>;

function confirmationOf(plan: ReviewedPlan): DeletionConfirmation {
  return {
    repositories: repositoriesOf(plan.images),
    imageCount: plan.images.length,
    tags: plan.acceptedWarnings.flatMap(([{ repository }, { tags }]) =>
      (tags ?? []).map((tag) => `${formatRepository(repository)}:${tag}`),
    ),
    activeCount: plan.acceptedWarnings.filter(([, { warning }]) => warning === 'is_active').length,
  };
}

function eventAfter(results: readonly RequestResult[], review: DeletionReview): FlowEvent {
  const failed = results.find((result) => result.kind === 'failed');
  if (failed !== undefined) {
    return { kind: 'interrupted', error: failed.error };
  }
  if (results.some((result) => result.kind === 'answered' && result.answer.kind === 'refused')) {
    return { kind: 'refused' };
  }
  return { kind: review.counts.images === 0 ? 'finished' : 'stopped' };
}

function addMetrics(before: DeletionMetrics | undefined, more: DeletionMetrics): DeletionMetrics {
  return before === undefined
    ? more
    : {
        manifestDeletes: before.manifestDeletes + more.manifestDeletes,
        manifestErrors: before.manifestErrors + more.manifestErrors,
        tagDeletes: before.tagDeletes + more.tagDeletes,
        tagErrors: before.tagErrors + more.tagErrors,
      };
}
