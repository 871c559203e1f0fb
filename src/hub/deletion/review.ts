import type { Digest } from '../digest';
import type { DeletionAnswer } from '../imageApi';
import type { Inventory } from '../inventory';
import { currentTags } from '../model';
import { formatRepository, isSameRepository, type RepositoryRef } from '../names';
import { collateralOf, isSameCollateral, type Collateral, type CollateralImage } from './collateral';
import { isSameWarning, type AcceptanceKind, type Blocker, type DeletionWarning } from './findings';
import { imageKey, repositoriesOf, type DeletionPlan, type ImageKey, type PlannedImage } from './plan';

/** A warning and what the person said of it. */
export interface ReviewedWarning {
  readonly warning: DeletionWarning;
  readonly isAccepted: boolean;
  /** It was not there when the person last looked. */
  readonly isNew: boolean;
}

/** What falls with an image and what the person said of it. */
export interface ReviewedCollateral {
  readonly collateral: Collateral;
  readonly isAccepted: boolean;
  /** It was another when the person last looked. */
  readonly isNew: boolean;
}

/** One image of the plan with what was found out about it. */
export interface ReviewEntry {
  readonly key: ImageKey;
  readonly planned: PlannedImage;
  /** False until a dry run has answered for the image. */
  readonly isChecked: boolean;
  readonly warnings: readonly ReviewedWarning[];
  readonly blockers: readonly Blocker[];
  /** `undefined`: nothing falls with it. */
  readonly collateral: ReviewedCollateral | undefined;
}

export interface AcceptanceCount {
  readonly total: number;
  readonly accepted: number;
}

export interface ReviewCounts {
  readonly images: number;
  readonly unchecked: number;
  readonly blocked: number;
  readonly acceptances: Readonly<Record<AcceptanceKind, AcceptanceCount>>;
  /** Images outside the plan that fall with it, each once, as far as that is known. */
  readonly collateralImages: number;
}

/** What is known of a repository beyond the plan; `undefined` where its images could not be listed in full. */
type Surveys = Map<string, Inventory | undefined>;

/**
 * What a person decides about a plan after its dry run. Nothing is accepted in advance; what was accepted stays so
 * only while the findings are exactly the same.
 */
export class DeletionReview {
  readonly plan: DeletionPlan;
  readonly #entries: Map<ImageKey, ReviewEntry>;
  readonly #surveys: Surveys = new Map();

  constructor(plan: DeletionPlan) {
    this.plan = plan;
    this.#entries = new Map(
      plan.images.map((planned) => {
        const key = imageKey(planned.repository, planned.image.digest);
        const entry: ReviewEntry = {
          key,
          planned,
          isChecked: false,
          warnings: [],
          blockers: [],
          collateral: undefined,
        };
        return [key, entry];
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
    const acceptances = {
      is_active: { total: 0, accepted: 0 },
      current_tag: { total: 0, accepted: 0 },
      collateral: { total: 0, accepted: 0 },
    };
    const collateralImages = new Set<ImageKey>();
    let blocked = 0;
    let unchecked = 0;
    const count = (kind: AcceptanceKind, isAccepted: boolean) => {
      acceptances[kind].total += 1;
      acceptances[kind].accepted += isAccepted ? 1 : 0;
    };
    for (const { planned, blockers, isChecked, warnings, collateral } of this.#entries.values()) {
      blocked += blockers.length > 0 ? 1 : 0;
      unchecked += isChecked ? 0 : 1;
      for (const { warning, isAccepted } of warnings) {
        count(warning.warning, isAccepted);
      }
      if (collateral !== undefined) {
        count('collateral', collateral.isAccepted);
        for (const { image } of knownImages(collateral.collateral)) {
          collateralImages.add(imageKey(planned.repository, image.digest));
        }
      }
    }
    return {
      images: this.#entries.size,
      unchecked,
      blocked,
      acceptances,
      collateralImages: collateralImages.size,
    };
  }

  /** Whether every image was checked, none is blocked, and every warning and all that falls with them is accepted. */
  get isComplete(): boolean {
    const { images, unchecked, blocked, acceptances } = this.counts;
    return (
      images > 0 &&
      unchecked === 0 &&
      blocked === 0 &&
      Object.values(acceptances).every(({ total, accepted }) => accepted === total)
    );
  }

  /** Repositories in which a tag or an index would go, so that images outside the plan may fall with it. */
  get repositoriesToSurvey(): readonly RepositoryRef[] {
    const repositories = new Map<string, RepositoryRef>();
    for (const entry of this.#entries.values()) {
      const { planned } = entry;
      if (mayTakeAlong(entry)) {
        repositories.set(formatRepository(planned.repository), planned.repository);
      }
    }
    return [...repositories.values()];
  }

  /**
   * Takes in what the server said of the images of one request.
   *
   * @param wasSeen Whether the person has already seen findings for these images; only then is one marked new.
   */
  record(images: readonly PlannedImage[], answer: DeletionAnswer, wasSeen: boolean): void {
    const warnings = answer.kind === 'refused' ? answer.warnings : [];
    const blockers = answer.kind === 'refused' ? answer.blockers : [];
    for (const planned of images) {
      const { repository, image } = planned;
      const entry = this.#entries.get(imageKey(repository, image.digest));
      if (entry === undefined) {
        continue; // removed from the plan while the request was under way
      }
      const concerns = (finding: DeletionWarning | Blocker) =>
        finding.digest === image.digest && finding.repository === repository.name;
      const own = warnings.filter(concerns);
      this.#entries.set(entry.key, {
        ...entry,
        isChecked: true,
        warnings: own.map((warning) => {
          const before = entry.warnings.find((known) => isSameWarning(known.warning, warning));
          return { warning, isAccepted: before?.isAccepted ?? false, isNew: wasSeen && before === undefined };
        }),
        blockers: [...blockers.filter(concerns), ...this.#protectionOf(planned, own)],
      });
    }
  }

  /**
   * Takes in why a deletion was refused. Warnings that went along as accepted are not in the answer; they hold until
   * the next dry run says otherwise.
   */
  recordRefusal(images: readonly PlannedImage[], answer: DeletionAnswer): void {
    const before = new Map(this.#entries);
    this.record(images, answer, true);
    for (const { repository, image } of images) {
      const key = imageKey(repository, image.digest);
      const entry = this.#entries.get(key);
      const kept = before
        .get(key)
        ?.warnings.filter(
          ({ warning, isAccepted }) =>
            isAccepted && !entry?.warnings.some((own) => own.warning.warning === warning.warning),
        );
      if (entry !== undefined && kept !== undefined) {
        this.#entries.set(key, { ...entry, warnings: [...kept, ...entry.warnings] });
      }
    }
  }

  /** Forgets what falls with images of repositories in which no tag and no index goes any more. */
  dropSurveys(): void {
    const stillNeeded = new Set(this.repositoriesToSurvey.map(formatRepository));
    for (const entry of this.#entries.values()) {
      const name = formatRepository(entry.planned.repository);
      if (!stillNeeded.has(name)) {
        this.#surveys.delete(name);
        this.#entries.set(entry.key, { ...entry, collateral: undefined });
      }
    }
  }

  /**
   * Takes in what falls with the images of a repository.
   *
   * @param inventory Every image of it; `undefined` where they could not be listed in full.
   * @param wasSeen As for {@link record}.
   */
  recordSurvey(repository: RepositoryRef, inventory: Inventory | undefined, wasSeen: boolean): void {
    this.#surveys.set(formatRepository(repository), inventory);
    this.#assessCollateral(repository, wasSeen);
  }

  /** Forgets what the Hub said, not what was accepted: the next dry run decides what still holds. */
  uncheck(): void {
    for (const entry of this.#entries.values()) {
      this.#entries.set(entry.key, { ...entry, isChecked: false });
    }
  }

  accept(key: ImageKey, kind: AcceptanceKind, isAccepted: boolean): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined) {
      this.#entries.set(key, withAccepted(entry, kind, isAccepted));
    }
  }

  acceptAll(kind: AcceptanceKind, isAccepted: boolean): void {
    for (const entry of this.#entries.values()) {
      this.#entries.set(entry.key, withAccepted(entry, kind, isAccepted));
    }
  }

  /** What is no longer deleted may fall with what still is. */
  remove(keys: readonly ImageKey[]): void {
    const removed = keys.flatMap((key) => this.#entries.get(key)?.planned ?? []);
    keys.forEach((key) => this.#entries.delete(key));
    for (const repository of repositoriesOf(removed)) {
      this.#assessCollateral(repository, true);
    }
  }

  /** @returns How many images left the plan. */
  removeBlocked(): number {
    const blocked = this.entries.filter(({ blockers }) => blockers.length > 0);
    this.remove(blocked.map(({ key }) => key));
    return blocked.length;
  }

  #assessCollateral(repository: RepositoryRef, wasSeen: boolean): void {
    const name = formatRepository(repository);
    if (!this.#surveys.has(name)) {
      return;
    }
    const inventory = this.#surveys.get(name);
    const entries = this.entries.filter(({ planned }) => isSameRepository(planned.repository, repository));
    const fallen =
      inventory &&
      collateralOf(
        entries.map(({ planned }) => planned.image),
        inventory.images,
        new Map(entries.map(({ planned, warnings }) => [planned.image.digest, tagsTold(warnings)])),
      );
    for (const entry of entries) {
      const collateral = collateralFor(entry, fallen);
      const before = entry.collateral;
      const isSame =
        before !== undefined && collateral !== undefined && isSameCollateral(before.collateral, collateral);
      this.#entries.set(entry.key, {
        ...entry,
        collateral: collateral && {
          collateral,
          isAccepted: isSame && before.isAccepted,
          isNew: isSame ? before.isNew : wasSeen,
        },
      });
    }
  }

  /** A tag may have come to the image since the plan was made, so the dry run's word is asked too. */
  #protectionOf(
    { repository, image }: PlannedImage,
    warnings: readonly DeletionWarning[],
  ): readonly Blocker[] {
    const tags = [...currentTags(image), ...warnings.flatMap((warning) => warning.tags ?? [])];
    return this.plan.protection.protects(repository, tags)
      ? [{ repository: repository.name, digest: image.digest, error: 'protected' }]
      : [];
  }
}

/** Whether others may fall with the image. */
function mayTakeAlong({ planned, warnings }: ReviewEntry): boolean {
  const { role, parts = [] } = planned.image;
  const losesTags = warnings.some(({ warning }) => warning.warning === 'current_tag');
  return losesTags || role === 'index' || parts.length > 0;
}

/** What falls with the image; without an inventory that is unknown wherever a tag or an index goes. */
function collateralFor(
  entry: ReviewEntry,
  fallen: ReadonlyMap<Digest, readonly CollateralImage[]> | undefined,
): Collateral | undefined {
  if (fallen === undefined) {
    return mayTakeAlong(entry) ? { kind: 'unknown' } : undefined;
  }
  const images = fallen.get(entry.planned.image.digest);
  return images && { kind: 'known', images };
}

/** Current tags by the word of the dry run. */
function tagsTold(warnings: ReviewEntry['warnings']): readonly string[] {
  return warnings.flatMap(({ warning }) => warning.tags ?? []);
}

function knownImages(collateral: Collateral): readonly CollateralImage[] {
  return collateral.kind === 'known' ? collateral.images : [];
}

function withAccepted(entry: ReviewEntry, kind: AcceptanceKind, isAccepted: boolean): ReviewEntry {
  if (kind === 'collateral') {
    return entry.collateral === undefined
      ? entry
      : { ...entry, collateral: { ...entry.collateral, isAccepted, isNew: false } };
  }
  return {
    ...entry,
    warnings: entry.warnings.map((reviewed) =>
      reviewed.warning.warning === kind ? { ...reviewed, isAccepted, isNew: false } : reviewed,
    ),
  };
}
