import { imageKey, type ImageKey } from '../deletionRequest';
import { type AcceptanceKind, acceptanceKinds } from '../findings';
import { asksFor, type ReviewEntry } from './reviewEntry';

/** How many findings of one kind there are, and how many of them are accepted. */
export interface AcceptanceCount {
  readonly total: number;
  readonly accepted: number;
}

/** Counts over the images of a review. Unless said otherwise, numbers of images in the plan. */
export interface ReviewCounts {
  readonly images: number;
  readonly unchecked: number;
  readonly blocked: number;
  readonly acceptances: Readonly<Record<AcceptanceKind, AcceptanceCount>>;
  /** Images outside the plan that are deleted along, each once, as far as known. */
  readonly collateralImages: number;
}

/** Counts over the images of a review, updated with every change, so that they are never computed over all images. */
export class ReviewTally {
  readonly #acceptances = {
    is_active: { total: 0, accepted: 0 },
    current_tag: { total: 0, accepted: 0 },
    collateral: { total: 0, accepted: 0 },
    referenced: { total: 0, accepted: 0 },
  };
  /** Number of images that have something of the kind to accept. */
  readonly #concerned = { is_active: 0, current_tag: 0, collateral: 0, referenced: 0 };
  /** For each collateral image, the number of planned images with which it is deleted along. */
  readonly #collateralCounts = new Map<ImageKey, number>();
  #images = 0;
  #unchecked = 0;
  #blocked = 0;

  /** Counts only these images. */
  static of(entries: Iterable<ReviewEntry>): ReviewTally {
    const tally = new ReviewTally();
    for (const entry of entries) {
      tally.add(entry);
    }
    return tally;
  }

  get counts(): ReviewCounts {
    const { is_active, current_tag, collateral, referenced } = this.#acceptances;
    return {
      images: this.#images,
      unchecked: this.#unchecked,
      blocked: this.#blocked,
      acceptances: {
        is_active: { ...is_active },
        current_tag: { ...current_tag },
        collateral: { ...collateral },
        referenced: { ...referenced },
      },
      collateralImages: this.#collateralCounts.size,
    };
  }

  add(entry: ReviewEntry): void {
    this.#count(entry, 1);
    this.#countCollateral(entry, 1);
  }

  remove(entry: ReviewEntry): void {
    this.#count(entry, -1);
    this.#countCollateral(entry, -1);
  }

  replace(before: ReviewEntry, after: ReviewEntry): void {
    this.#count(before, -1);
    this.#count(after, 1);
    if (before.collateral?.collateral !== after.collateral?.collateral) {
      this.#countCollateral(before, -1);
      this.#countCollateral(after, 1);
    }
  }

  /**
   * Counts every finding of the kind as accepted or as not accepted.
   *
   * @returns The number of images that have such a finding.
   */
  decideAll(kind: AcceptanceKind, isAccepted: boolean): number {
    const count = this.#acceptances[kind];
    count.accepted = isAccepted ? count.total : 0;
    return this.#concerned[kind];
  }

  #count(entry: ReviewEntry, by: 1 | -1): void {
    const { isChecked, blockers, warnings, collateral, referenced } = entry;
    this.#images += by;
    this.#unchecked += isChecked ? 0 : by;
    this.#blocked += blockers.length > 0 ? by : 0;
    for (const { warning, isAccepted } of warnings) {
      this.#countAcceptance(warning.warning, isAccepted, by);
    }
    if (collateral !== undefined) {
      this.#countAcceptance('collateral', collateral.isAccepted, by);
    }
    if (referenced !== undefined) {
      this.#countAcceptance('referenced', referenced.isAccepted, by);
    }
    for (const kind of acceptanceKinds) {
      this.#concerned[kind] += asksFor(entry, kind) ? by : 0;
    }
  }

  #countAcceptance(kind: AcceptanceKind, isAccepted: boolean, by: 1 | -1): void {
    this.#acceptances[kind].total += by;
    this.#acceptances[kind].accepted += isAccepted ? by : 0;
  }

  #countCollateral({ planned, collateral }: ReviewEntry, by: 1 | -1): void {
    const found = collateral?.collateral;
    for (const { image } of found?.kind === 'known' ? found.images : []) {
      const key = imageKey(planned.repository, image.digest);
      const count = (this.#collateralCounts.get(key) ?? 0) + by;
      if (count === 0) {
        this.#collateralCounts.delete(key);
      } else {
        this.#collateralCounts.set(key, count);
      }
    }
  }
}
