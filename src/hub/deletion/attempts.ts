import type { ImageKey } from '../deletionRequest';
import type { ImageOutcome } from './outcome';
import type { DeletionReview } from './review';

/** What is known of an earlier deletion of an image that is still in the plan. */
export type AttemptOutcome = Extract<ImageOutcome, 'unconfirmed' | 'failed'>;

/** Images that a deletion of one flow has left unconfirmed, each with the run that may still tell what became of it. */
export class Attempts {
  readonly #runs = new Set<string>();
  readonly #unconfirmed = new Map<ImageKey, string>();
  readonly #inPlan = new Map<ImageKey, AttemptOutcome>();

  /** For an image of the plan; `undefined` if it was not sent yet, or its request was refused. */
  get(key: ImageKey): AttemptOutcome | undefined {
    return this.#inPlan.get(key);
  }

  /** Number of images of the plan with each outcome. Grows with what was sent, not with the plan. */
  countIn(review: Pick<DeletionReview, 'get'>): Readonly<Record<AttemptOutcome, number>> {
    const counts = { unconfirmed: 0, failed: 0 };
    for (const [key, outcome] of this.#inPlan) {
      counts[outcome] += review.get(key) === undefined ? 0 : 1;
    }
    return counts;
  }

  /** Whether the run is one of this flow. */
  hasRun(runId: string): boolean {
    return this.#runs.has(runId);
  }

  /** Notes the outcomes of a deletion that has just ended. An image that was not sent again keeps its earlier attempt. */
  note(
    runId: string,
    outcomes: ReadonlyMap<ImageKey, ImageOutcome>,
    review: Pick<DeletionReview, 'get'>,
  ): void {
    this.#runs.add(runId);
    for (const [key, outcome] of outcomes) {
      if (outcome === 'unconfirmed') {
        this.#unconfirmed.set(key, runId);
        if (review.get(key) !== undefined) {
          this.#inPlan.set(key, outcome);
        }
      } else if (outcome !== 'notSent' && outcome !== 'refused') {
        this.#unconfirmed.delete(key);
        this.#inPlan.delete(key);
      }
    }
  }

  /** @returns Outcomes of images that the run had left unconfirmed, and no later one; each is returned once. */
  resolve(runId: string, outcomes: ReadonlyMap<ImageKey, ImageOutcome>): ReadonlyMap<ImageKey, ImageOutcome> {
    const news = [...outcomes].filter(
      ([key, outcome]) => outcome !== 'unconfirmed' && this.#unconfirmed.get(key) === runId,
    );
    for (const [key, outcome] of news) {
      this.#unconfirmed.delete(key);
      if (outcome !== 'failed') {
        this.#inPlan.delete(key);
      } else if (this.#inPlan.has(key)) {
        this.#inPlan.set(key, outcome);
      }
    }
    return new Map(news);
  }
}
