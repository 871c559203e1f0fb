import type { DeletionWarning } from './findings';
import { batchesOf, type DeletionRequest, type PlannedImage } from './plan';
import type { DeletionReview } from './review';

declare const reviewed: unique symbol;

/** One `delete-images` call that a person approved. Only a {@link ReviewedPlan} makes it. */
export interface ReviewedRequest extends DeletionRequest {
  readonly [reviewed]: true;
  readonly images: readonly PlannedImage[];
  /** Exactly the warnings accepted for these images, as they came. */
  readonly ignoredWarnings: readonly DeletionWarning[];
}

/** A plan in the form in which a person approved it. Later changes of the review do not reach it. */
export class ReviewedPlan {
  readonly origin: string;
  readonly activeFrom: Date;
  readonly images: readonly PlannedImage[];
  readonly #accepted: ReadonlyMap<PlannedImage, readonly DeletionWarning[]>;

  private constructor(review: DeletionReview) {
    this.origin = review.plan.origin;
    this.activeFrom = review.plan.activeFrom;
    this.images = review.images;
    this.#accepted = new Map(
      review.entries.map(({ planned, warnings }) => [planned, warnings.map(({ warning }) => warning)]),
    );
  }

  /** @throws {Error} An image was not checked or is blocked, or a warning is not accepted. */
  static of(review: DeletionReview): ReviewedPlan {
    if (!review.isComplete) {
      throw new Error('The review is not complete: nothing may be deleted yet.');
    }
    return new ReviewedPlan(review);
  }

  /** Every warning that was accepted, with the image it is about. */
  get acceptedWarnings(): readonly (readonly [PlannedImage, DeletionWarning])[] {
    return [...this.#accepted].flatMap(([planned, warnings]) =>
      warnings.map((warning) => [planned, warning] as const),
    );
  }

  /** The requests that carry out the plan, in the order in which they are sent. */
  requests(batchSize: number): readonly ReviewedRequest[] {
    return batchesOf(this.images, batchSize).map((images) => this.#request(images));
  }

  #request(images: readonly PlannedImage[]): ReviewedRequest {
    const [first] = images;
    if (first === undefined) {
      throw new Error('A batch holds at least one image.');
    }
    const request: Omit<ReviewedRequest, typeof reviewed> = {
      repository: first.repository,
      activeFrom: this.activeFrom,
      digests: images.map(({ image }) => image.digest),
      images,
      ignoredWarnings: images.flatMap((planned) => this.#accepted.get(planned) ?? []),
    };
    return request as ReviewedRequest; // the one place where a request becomes one that may delete
  }
}
