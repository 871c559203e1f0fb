import { imageKey, type ImageKey } from '../deletionRequest';
import type { Batch } from './batches';

interface KeptAnswer {
  readonly at: Date;
  readonly keys: readonly ImageKey[];
}

/** Of which images a dry run under way has an answer, and since when: should it break off, another can go on from there. */
export class KeptAnswers {
  /** Oldest first. */
  readonly #answers: KeptAnswer[] = [];

  note(batch: Batch, at: Date): void {
    this.#answers.push({
      at,
      keys: batch.map(({ repository, image }) => imageKey(repository, image.digest)),
    });
  }

  /** When the first of them came. */
  get oldest(): Date | undefined {
    return this.#answers[0]?.at;
  }

  /** Images whose answers are as old as the instant, or older. */
  until(instant: Date): readonly ImageKey[] {
    return this.#answers.filter(({ at }) => at <= instant).flatMap(({ keys }) => keys);
  }

  /** Lets go of the answers as old as the instant, or older; of all without one. */
  drop(until?: Date): void {
    const young = until === undefined ? [] : this.#answers.filter(({ at }) => at > until);
    this.#answers.splice(0, Infinity, ...young);
  }
}
