import { type Hold, holdOf, type ImageRefusal } from '../deletionAnswer';
import type { ImageKey } from '../deletionRequest';
import type { ImageOutcome } from './outcome';
import type { DeletionReview } from './review';
import { countHolds } from './summary';

/** What is known of an earlier deletion of an image that is still in the plan. */
export type AttemptOutcome = Extract<ImageOutcome, 'unconfirmed' | 'failed' | 'refused'>;

/** An image in the plan that an earlier deletion did not delete. */
export interface Attempt {
  readonly outcome: AttemptOutcome;
  /** Why the server refused it, if it said so for this image. */
  readonly refusal?: ImageRefusal;
}

interface EndedRun {
  readonly id: string;
  readonly endedAt: Date;
}

/** What the deletions of one flow did not delete, and which run may still tell what became of it. */
export class Attempts {
  readonly #runIds = new Set<string>();
  /** The last run that left each image unconfirmed. */
  readonly #unconfirmed = new Map<ImageKey, EndedRun>();
  readonly #inPlan = new Map<ImageKey, Attempt>();
  /** Images of the plan that the last deletion did not send, see {@link isUnsent}. */
  readonly #unsent = new Set<ImageKey>();

  /** For an image of the plan; `undefined` if it was not sent yet. */
  get(key: ImageKey): Attempt | undefined {
    return this.#inPlan.get(key);
  }

  /** Whether the last deletion did not send an image of the plan, and no check has begun since. */
  isUnsent(key: ImageKey): boolean {
    return this.#unsent.has(key);
  }

  /** To be called when a check begins: what it says of an image matters more than that it was not sent. */
  noteCheck(): void {
    this.#unsent.clear();
  }

  /** Number of images of the plan with each outcome. Grows with what was sent, not with the plan. */
  countIn(review: Pick<DeletionReview, 'get'>): Readonly<Record<AttemptOutcome, number>> {
    const counts = { unconfirmed: 0, failed: 0, refused: 0 };
    for (const [key, { outcome }] of this.#inPlan) {
      counts[outcome] += review.get(key) === undefined ? 0 : 1;
    }
    return counts;
  }

  /** Number of images of the plan that the server was not asked to delete although their turn came. */
  heldBackIn(review: Pick<DeletionReview, 'get'>): Readonly<Record<Hold, number>> {
    return countHolds(
      [...this.#inPlan].map(([key, { refusal }]) =>
        refusal === undefined || review.get(key) === undefined ? undefined : holdOf(refusal),
      ),
    );
  }

  /** When the latest run ended that may still tell what became of an image of the plan. */
  lastOpenRunEndedAt(review: Pick<DeletionReview, 'get'>): Date | undefined {
    let last: Date | undefined;
    for (const [key, { endedAt }] of this.#unconfirmed) {
      if (review.get(key) !== undefined && (last === undefined || endedAt > last)) {
        last = endedAt;
      }
    }
    return last;
  }

  /** Whether the run is one of this flow. */
  hasRun(runId: string): boolean {
    return this.#runIds.has(runId);
  }

  /**
   * Notes the outcomes of a deletion that has just ended. An image that was not sent again keeps its earlier attempt, and so
   * does an unconfirmed one whose next request was refused: the first one may still take effect.
   */
  note(
    run: EndedRun,
    outcomes: ReadonlyMap<ImageKey, ImageOutcome>,
    refusals: ReadonlyMap<ImageKey, ImageRefusal>,
    review: Pick<DeletionReview, 'get'>,
  ): void {
    this.#runIds.add(run.id);
    for (const [key, outcome] of outcomes) {
      if (outcome === 'unconfirmed') {
        this.#unconfirmed.set(key, run);
      } else if (outcome !== 'notSent' && outcome !== 'refused') {
        this.#unconfirmed.delete(key);
      }
      const isInPlan = review.get(key) !== undefined;
      if (isInPlan && outcome === 'notSent') {
        this.#unsent.add(key);
      }
      if (isInPlan && (outcome === 'unconfirmed' || outcome === 'failed')) {
        this.#inPlan.set(key, { outcome });
      } else if (isInPlan && outcome === 'refused' && this.#inPlan.get(key)?.outcome !== 'unconfirmed') {
        const refusal = refusals.get(key);
        this.#inPlan.set(key, { outcome, ...(refusal !== undefined && { refusal }) });
      } else if (!isInPlan) {
        this.#inPlan.delete(key);
      }
    }
  }

  /** @returns Outcomes of images that the run had left unconfirmed, and no later one; each is returned once. */
  resolve(runId: string, outcomes: ReadonlyMap<ImageKey, ImageOutcome>): ReadonlyMap<ImageKey, ImageOutcome> {
    const news = [...outcomes].filter(
      ([key, outcome]) => outcome !== 'unconfirmed' && this.#unconfirmed.get(key)?.id === runId,
    );
    for (const [key, outcome] of news) {
      this.#unconfirmed.delete(key);
      if (outcome !== 'failed') {
        this.#inPlan.delete(key);
      } else if (this.#inPlan.has(key)) {
        this.#inPlan.set(key, { outcome });
      }
    }
    return new Map(news);
  }
}
