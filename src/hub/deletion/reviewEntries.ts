import { imageKey, type ImageKey, type PlannedImage } from '../deletionRequest';
import type { AcceptanceKind } from '../findings';
import { asksFor, decided, type ReviewEntry, type ReviewFindings } from './reviewEntry';
import { type ReviewCounts, ReviewTally } from './reviewTally';

/** What was last decided about all images at once. */
interface DecisionOnAll {
  readonly isAccepted: boolean;
  /** The first is 1. */
  readonly number: number;
}

/** An entry, and the number of the last decision on all images that it has in it. */
interface HeldEntry extends ReviewEntry {
  readonly decision: number;
}

/**
 * The images of a review and the counts over them. What is decided about all of them at once is noted, and reaches an
 * image when somebody asks for it: a hundred thousand cost no more than ten.
 */
export class ReviewEntries {
  readonly #entries: Map<ImageKey, HeldEntry>;
  readonly #tally: ReviewTally;
  readonly #decisions = new Map<AcceptanceKind, DecisionOnAll>();
  #lastDecision = 0;
  /** The entries as they are, until one of them changes. */
  #list: readonly ReviewEntry[] | undefined;
  #changes = 0;

  constructor(images: readonly PlannedImage[]) {
    this.#entries = new Map(
      images.map((planned) => {
        const key = imageKey(planned.repository, planned.image.digest);
        const entry: HeldEntry = {
          key,
          planned,
          isChecked: false,
          warnings: [],
          blockers: [],
          collateral: undefined,
          decision: 0,
        };
        return [key, entry];
      }),
    );
    this.#tally = ReviewTally.of(this.#entries.values());
  }

  /** In the order of the plan, as they are now: later changes do not reach the list. */
  get list(): readonly ReviewEntry[] {
    return (this.#list ??= Array.from(this.#entries.values(), (held) => this.#current(held)));
  }

  /** Grows with every change. */
  get changes(): number {
    return this.#changes;
  }

  get counts(): ReviewCounts {
    return this.#tally.counts;
  }

  keys(): Iterable<ImageKey> {
    return this.#entries.keys();
  }

  get(key: ImageKey): ReviewEntry | undefined {
    const held = this.#entries.get(key);
    return held && this.#current(held);
  }

  /** The one place where an image is given other findings, or a decision of its own. */
  change(key: ImageKey, findings: Partial<ReviewFindings>): void {
    const held = this.#entries.get(key);
    if (held !== undefined) {
      const before = this.#current(held);
      const after = { ...before, ...findings };
      this.#entries.set(key, after);
      this.#tally.replace(before, after);
      this.#didChange();
    }
  }

  /** @returns Of how many of these images something of the kind has to be accepted. */
  acceptEach(keys: Iterable<ImageKey>, kind: AcceptanceKind, isAccepted: boolean): number {
    let concerned = 0;
    for (const key of keys) {
      const entry = this.get(key);
      if (entry !== undefined && asksFor(entry, kind)) {
        concerned += 1;
        this.change(key, decided(entry, kind, isAccepted));
      }
    }
    return concerned;
  }

  /** @returns As for {@link acceptEach}. */
  acceptAll(kind: AcceptanceKind, isAccepted: boolean): number {
    this.#lastDecision += 1;
    this.#decisions.set(kind, { isAccepted, number: this.#lastDecision });
    this.#didChange();
    return this.#tally.decideAll(kind, isAccepted);
  }

  remove(key: ImageKey): ReviewEntry | undefined {
    const entry = this.get(key);
    if (entry !== undefined) {
      this.#entries.delete(key);
      this.#tally.remove(entry);
      this.#didChange();
    }
    return entry;
  }

  #didChange(): void {
    this.#list = undefined;
    this.#changes += 1;
  }

  /** With the decisions on all images that came after its last change; they are in the counts already. */
  #current(held: HeldEntry): HeldEntry {
    if (held.decision === this.#lastDecision) {
      return held;
    }
    let current = held;
    for (const [kind, { isAccepted, number }] of this.#decisions) {
      if (number > held.decision && asksFor(held, kind)) {
        current = { ...current, ...decided(current, kind, isAccepted) };
      }
    }
    current = { ...current, decision: this.#lastDecision };
    this.#entries.set(held.key, current);
    return current;
  }
}
