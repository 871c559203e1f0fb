import type { DeletionAnswer } from '../imageApi';
import { formatRepository } from '../names';
import {
  isSameWarning,
  warningKinds,
  type Blocker,
  type DeletionWarning,
  type WarningKind,
} from './findings';
import { imageKey, type DeletionPlan, type ImageKey, type PlannedImage } from './plan';

/** A warning and what the person said of it. */
export interface ReviewedWarning {
  readonly warning: DeletionWarning;
  readonly isAccepted: boolean;
  /** It was not there when the person last looked. */
  readonly isNew: boolean;
}

/** One image of the plan with what the Hub said of it. */
export interface ReviewEntry {
  readonly key: ImageKey;
  readonly planned: PlannedImage;
  /** False until a dry run has answered for the image. */
  readonly isChecked: boolean;
  readonly warnings: readonly ReviewedWarning[];
  readonly blockers: readonly Blocker[];
}

export interface ReviewCounts {
  readonly images: number;
  readonly unchecked: number;
  readonly blocked: number;
  readonly warnings: Readonly<Record<WarningKind, { readonly total: number; readonly accepted: number }>>;
}

/**
 * What a person decides about a plan after its dry run. Nothing is accepted in advance; what was accepted stays so
 * only while the Hub says exactly the same.
 */
export class DeletionReview {
  readonly plan: DeletionPlan;
  readonly #entries: Map<ImageKey, ReviewEntry>;

  constructor(plan: DeletionPlan) {
    this.plan = plan;
    this.#entries = new Map(
      plan.images.map((planned) => {
        const key = imageKey(planned.repository, planned.image.digest);
        return [key, { key, planned, isChecked: false, warnings: [], blockers: [] }];
      }),
    );
  }

  /** Images still in the plan, in its order. */
  get entries(): readonly ReviewEntry[] {
    return [...this.#entries.values()];
  }

  get images(): readonly PlannedImage[] {
    return this.entries.map(({ planned }) => planned);
  }

  get(key: ImageKey): ReviewEntry | undefined {
    return this.#entries.get(key);
  }

  get counts(): ReviewCounts {
    const warnings = { is_active: { total: 0, accepted: 0 }, current_tag: { total: 0, accepted: 0 } };
    let blocked = 0;
    let unchecked = 0;
    for (const entry of this.#entries.values()) {
      blocked += entry.blockers.length > 0 ? 1 : 0;
      unchecked += entry.isChecked ? 0 : 1;
      for (const { warning, isAccepted } of entry.warnings) {
        warnings[warning.warning].total += 1;
        warnings[warning.warning].accepted += isAccepted ? 1 : 0;
      }
    }
    return { images: this.#entries.size, unchecked, blocked, warnings };
  }

  /** Whether every image was checked, none is blocked and every warning is accepted. */
  get isComplete(): boolean {
    const { images, unchecked, blocked, warnings } = this.counts;
    return (
      images > 0 &&
      unchecked === 0 &&
      blocked === 0 &&
      warningKinds.every((kind) => warnings[kind].accepted === warnings[kind].total)
    );
  }

  /**
   * Takes in what the server said of the images of one request.
   *
   * @param knownBefore Whether the person has already seen findings for these images; only then is one marked new.
   * @param ignored Warnings the request said to pass over. The answer is silent about them, and they still hold.
   */
  record(
    images: readonly PlannedImage[],
    answer: DeletionAnswer,
    knownBefore: boolean,
    ignored: readonly DeletionWarning[] = [],
  ): void {
    const warnings = answer.kind === 'refused' ? answer.warnings : [];
    const unsaid = ignored.filter((known) => !warnings.some((warning) => isSameKind(known, warning)));
    const blockers = answer.kind === 'refused' ? answer.blockers : [];
    for (const { repository, image } of images) {
      const entry = this.#entries.get(imageKey(repository, image.digest));
      if (entry === undefined) {
        continue; // removed from the plan while the request was under way
      }
      const concerns = (finding: DeletionWarning | Blocker) =>
        finding.digest === image.digest && finding.repository === repository.name;
      this.#entries.set(entry.key, {
        ...entry,
        isChecked: true,
        warnings: inOrder([...unsaid, ...warnings].filter(concerns)).map((warning) => {
          const before = entry.warnings.find((known) => isSameWarning(known.warning, warning));
          return {
            warning,
            isAccepted: before?.isAccepted ?? false,
            isNew: knownBefore && before === undefined,
          };
        }),
        blockers: blockers.filter(concerns),
      });
    }
  }

  /** Forgets what the Hub said, not what was accepted: the next dry run decides what still holds. */
  uncheck(): void {
    for (const entry of this.#entries.values()) {
      this.#entries.set(entry.key, { ...entry, isChecked: false });
    }
  }

  accept(key: ImageKey, kind: WarningKind, isAccepted: boolean): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) {
      this.#entries.set(key, withAccepted(entry, kind, isAccepted));
    }
  }

  acceptAll(kind: WarningKind, isAccepted: boolean): void {
    for (const entry of this.#entries.values()) {
      if (entry.warnings.some(({ warning }) => warning.warning === kind)) {
        this.#entries.set(entry.key, withAccepted(entry, kind, isAccepted));
      }
    }
  }

  remove(key: ImageKey): void {
    this.#entries.delete(key);
  }

  /** @returns How many images left the plan. */
  removeBlocked(): number {
    const blocked = this.entries.filter(({ blockers }) => blockers.length > 0);
    blocked.forEach(({ key }) => this.#entries.delete(key));
    return blocked.length;
  }

  /** Full names of the repositories that still have an image in the plan. */
  get repositoryNames(): readonly string[] {
    return [...new Set(this.images.map(({ repository }) => formatRepository(repository)))];
  }
}

/** Whether the second replaces the first: an image has one warning of each kind. */
function isSameKind(a: DeletionWarning, b: DeletionWarning): boolean {
  return a.digest === b.digest && a.repository === b.repository && a.warning === b.warning;
}

function inOrder(warnings: readonly DeletionWarning[]): readonly DeletionWarning[] {
  return warningKinds.flatMap((kind) => warnings.filter(({ warning }) => warning === kind));
}

function withAccepted(entry: ReviewEntry, kind: WarningKind, isAccepted: boolean): ReviewEntry {
  return {
    ...entry,
    warnings: entry.warnings.map((reviewed) =>
      reviewed.warning.warning === kind ? { ...reviewed, isAccepted, isNew: false } : reviewed,
    ),
  };
}
