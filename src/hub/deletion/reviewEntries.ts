import { imageKey, type ImageKey, type PlannedImage } from '../deletionRequest';
import type { AcceptanceKind } from '../findings';
import { asksFor, decided, hasSameFindings, type ReviewEntry, type ReviewFindings } from './reviewEntry';
import { type ReviewCounts, ReviewTally } from './reviewTally';

/** The last decision about all images at once. */
interface DecisionOnAll {
  readonly isAccepted: boolean;
  /** The first is 1. */
  readonly number: number;
}

/** An entry, and the number of the last decision on all images that is applied to it. */
interface HeldEntry extends ReviewEntry {
  readonly decision: number;
}

/**
 * The images of a review and their counts. A decision about all images at once is applied to an image only when the image
 * is read, so its cost does not depend on the number of images.
 */
export class ReviewEntries {
  readonly #entries: Map<ImageKey, HeldEntry>;
  readonly #tally: ReviewTally;
  readonly #decisions = new Map<AcceptanceKind, DecisionOnAll>();
  #lastDecision = 0;
  /** Cached list of the entries, until one of them changes. */
  #list: readonly ReviewEntry[] | undefined;
  #changes = 0;
  #findingsRevision = 0;

  constructor(images: readonly PlannedImage[]) {
    this.#entries = new Map(
      images.map((planned) => {
        const key = imageKey(planned.repository, planned.image.digest);
        const entry: HeldEntry = {
          key,
          planned,
          isChecked: false,
          hasParts: false,
          warnings: [],
          blockers: [],
          latestTags: undefined,
          collateral: undefined,
          referenced: undefined,
          findingsRevision: 0,
          decision: 0,
        };
        return [key, entry];
      }),
    );
    this.#tally = ReviewTally.of(this.#entries.values());
  }

  /** In the order of the plan. The list is a snapshot: later changes do not affect it. */
  get list(): readonly ReviewEntry[] {
    return (this.#list ??= Array.from(this.#entries.values(), (held) => this.#current(held)));
  }

  /** Increases with every change. */
  get changes(): number {
    return this.#changes;
  }

  /** Increases whenever the findings of an image change, but not with a decision on them. */
  get findingsRevision(): number {
    return this.#findingsRevision;
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

  /** Changes the findings of an image, or the decisions on them. All changes to a single image go through here. */
  change(key: ImageKey, findings: Partial<ReviewFindings>): void {
    const held = this.#entries.get(key);
    if (held !== undefined) {
      const before = this.#current(held);
      const changed = { ...before, ...findings };
      const after = hasSameFindings(before, changed) ? changed : this.#revised(changed);
      this.#entries.set(key, after);
      this.#tally.replace(before, after);
      this.#didChange();
    }
  }

  /** @returns How many of these images have something of the kind to accept. */
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

  #revised(entry: HeldEntry): HeldEntry {
    this.#findingsRevision += 1;
    return { ...entry, findingsRevision: this.#findingsRevision };
  }

  #didChange(): void {
    this.#list = undefined;
    this.#changes += 1;
  }

  /** Applies the decisions on all images made since its last change; the counts already include them. */
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
