import type { DeletionAnswer } from '../deletionAnswer';
import { imageKey, type ImageKey, type PlannedImage } from '../deletionRequest';
import { type AcceptanceKind, type Blocker, type DeletionWarning, isSameWarning } from '../findings';
import type { Inventory } from '../listing/inventory';
import { currentTags } from '../model';
import { formatRepository, isSameRepository, type RepositoryRef } from '../names';
import { repositoriesOf } from './batches';
import { type Collateral, isSameCollateral } from './collateral';
import { CollateralSurvey } from './collateralSurvey';
import type { DeletionPlan } from './plan';
import { ReviewEntries } from './reviewEntries';
import { type ReviewEntry, reportedTags } from './reviewEntry';
import type { ReviewCounts } from './reviewTally';

/** What is known of a repository beyond the plan. */
interface Survey {
  /** `undefined` where its images could not be listed in full. */
  readonly inventory: Inventory | undefined;
  collateral: CollateralSurvey | undefined;
  /** Whether a dry run may have told of other tags since what falls was worked out. */
  isOutdated: boolean;
}

/**
 * What a person decides about a plan after its dry run. Nothing is accepted in advance; what was accepted stays so
 * only while the findings are exactly the same.
 */
export class DeletionReview {
  readonly plan: DeletionPlan;
  readonly #entries: ReviewEntries;
  readonly #surveys = new Map<string, Survey>();
  /** Repositories of which it was found out what falls since the check began. */
  readonly #surveyed = new Set<string>();

  constructor(plan: DeletionPlan) {
    this.plan = plan;
    this.#entries = new ReviewEntries(plan.images);
  }

  /** Images still in the plan, in its order, as they are now: later changes do not reach the list. */
  get entries(): readonly ReviewEntry[] {
    return this.#entries.list;
  }

  /** Grows with every change: what was worked out at the same number still holds. */
  get changes(): number {
    return this.#entries.changes;
  }

  get images(): readonly PlannedImage[] {
    return this.entries.map(({ planned }) => planned);
  }

  /** Of {@link entries}, in their order. */
  get keys(): Iterable<ImageKey> {
    return this.#entries.keys();
  }

  get(key: ImageKey): ReviewEntry | undefined {
    return this.#entries.get(key);
  }

  get counts(): ReviewCounts {
    return this.#entries.counts;
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
    const repositories = new Set<RepositoryRef>(); // most images of a repository share one object
    for (const entry of this.entries) {
      const { repository } = entry.planned;
      if (!repositories.has(repository) && mayHaveCollateral(entry)) {
        repositories.add(repository);
      }
    }
    return [...new Map([...repositories].map((one) => [formatRepository(one), one])).values()];
  }

  /** Whether the check that was begun last has found out what falls with images of the repository. */
  isSurveyed(repository: RepositoryRef): boolean {
    return this.#surveyed.has(formatRepository(repository));
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
      this.#entries.change(entry.key, {
        isChecked: true,
        warnings: own.map((warning) => {
          const before = entry.warnings.find((known) => isSameWarning(known.warning, warning));
          return { warning, isAccepted: before?.isAccepted ?? false, isNew: wasSeen && before === undefined };
        }),
        blockers: [...blockers.filter(concerns), ...this.#protectionOf(planned, own)],
      });
    }
    this.#outdateSurveys(images);
  }

  /**
   * Takes in why a deletion was refused. Warnings that went along as accepted are not in the answer; they hold until
   * the next dry run says otherwise.
   */
  recordRefusal(images: readonly PlannedImage[], answer: DeletionAnswer): void {
    const keys = images.map(({ repository, image }) => imageKey(repository, image.digest));
    const before = keys.flatMap((key) => this.#entries.get(key) ?? []);
    this.record(images, answer, true);
    for (const { key, warnings } of before) {
      const entry = this.#entries.get(key);
      const accepted = warnings.filter(
        ({ warning, isAccepted }) =>
          isAccepted && !entry?.warnings.some((own) => own.warning.warning === warning.warning),
      );
      if (entry !== undefined) {
        this.#entries.change(key, { warnings: [...accepted, ...entry.warnings] });
      }
    }
  }

  /** Forgets what falls with images of repositories in which no tag and no index goes any more. */
  dropSurveys(): void {
    if (this.#surveys.size === 0) {
      return; // nothing is known to fall with any
    }
    const stillNeeded = new Set(this.repositoriesToSurvey.map(formatRepository));
    for (const name of this.#surveys.keys()) {
      if (!stillNeeded.has(name)) {
        this.#surveys.delete(name);
      }
    }
    for (const entry of this.entries) {
      if (entry.collateral !== undefined && !stillNeeded.has(formatRepository(entry.planned.repository))) {
        this.#entries.change(entry.key, { collateral: undefined });
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
    const name = formatRepository(repository);
    const survey: Survey = { inventory, collateral: undefined, isOutdated: true };
    this.#surveys.set(name, survey);
    this.#surveyed.add(name);
    this.#assessAll(repository, survey, wasSeen);
  }

  /**
   * Forgets what the Hub said, not what was accepted: the next dry run decides what still holds.
   *
   * @param keys Of these images alone; what falls is forgotten of all.
   */
  uncheck(keys: Iterable<ImageKey> = this.#entries.keys()): void {
    this.#surveyed.clear();
    for (const key of keys) {
      if (this.#entries.get(key)?.isChecked === true) {
        this.#entries.change(key, { isChecked: false });
      }
    }
  }

  accept(key: ImageKey, kind: AcceptanceKind, isAccepted: boolean): void {
    this.#entries.acceptEach([key], kind, isAccepted);
  }

  /** @returns As for {@link acceptEach}. */
  acceptAll(kind: AcceptanceKind, isAccepted: boolean): number {
    return this.#entries.acceptAll(kind, isAccepted);
  }

  /** @returns Of how many of these images something of the kind has to be accepted. */
  acceptEach(keys: Iterable<ImageKey>, kind: AcceptanceKind, isAccepted: boolean): number {
    return this.#entries.acceptEach(keys, kind, isAccepted);
  }

  /**
   * What is no longer deleted may fall with what still is.
   *
   * @returns How many images left the plan.
   */
  remove(keys: Iterable<ImageKey>): number {
    const removed = [...keys].flatMap((key) => this.#entries.remove(key)?.planned ?? []);
    for (const repository of repositoriesOf(removed)) {
      this.#assessWithout(removed, repository);
    }
    return removed.length;
  }

  /** @returns How many images left the plan. */
  removeBlocked(): number {
    const blocked = this.entries.filter(({ blockers }) => blockers.length > 0);
    return this.remove(blocked.map(({ key }) => key));
  }

  #outdateSurveys(images: readonly PlannedImage[]): void {
    for (const repository of repositoriesOf(images)) {
      const survey = this.#surveys.get(formatRepository(repository));
      if (survey !== undefined) {
        survey.isOutdated = true;
      }
    }
  }

  #assessWithout(removed: readonly PlannedImage[], repository: RepositoryRef): void {
    const survey = this.#surveys.get(formatRepository(repository));
    if (survey?.isOutdated === true) {
      this.#assessAll(repository, survey, true);
      return;
    }
    const digests = removed
      .filter((planned) => isSameRepository(planned.repository, repository))
      .map(({ image }) => image.digest);
    for (const digest of survey?.collateral?.remove(digests) ?? []) {
      const entry = this.#entries.get(imageKey(repository, digest));
      if (entry !== undefined) {
        this.#assess(entry, survey?.collateral, true);
      }
    }
  }

  #assessAll(repository: RepositoryRef, survey: Survey, wasSeen: boolean): void {
    const entries = this.entries.filter(({ planned }) => isSameRepository(planned.repository, repository));
    survey.collateral =
      survey.inventory &&
      new CollateralSurvey(
        entries.map(({ planned, warnings }) => [planned.image.digest, reportedTags(warnings)]),
        survey.inventory.images,
      );
    survey.isOutdated = false;
    const imagesWithCollateral = survey.collateral?.imagesWithCollateral;
    for (const entry of entries) {
      const isAffected =
        imagesWithCollateral === undefined || imagesWithCollateral.has(entry.planned.image.digest);
      if (isAffected || entry.collateral !== undefined) {
        this.#assess(entry, survey.collateral, wasSeen);
      }
    }
  }

  #assess(entry: ReviewEntry, survey: CollateralSurvey | undefined, wasSeen: boolean): void {
    const collateral = collateralFor(entry, survey);
    const before = entry.collateral;
    if (collateral === undefined) {
      if (before !== undefined) {
        this.#entries.change(entry.key, { collateral: undefined });
      }
      return;
    }
    const isSame = before !== undefined && isSameCollateral(before.collateral, collateral);
    this.#entries.change(entry.key, {
      collateral: {
        collateral,
        isAccepted: isSame && before.isAccepted,
        isNew: isSame ? before.isNew : wasSeen,
      },
    });
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
function mayHaveCollateral({ planned, warnings }: ReviewEntry): boolean {
  const { role, parts = [] } = planned.image;
  const losesTags = warnings.some(({ warning }) => warning.warning === 'current_tag');
  return losesTags || role === 'index' || parts.length > 0;
}

/** What falls with the image; without an inventory that is unknown wherever a tag or an index goes. */
function collateralFor(entry: ReviewEntry, survey: CollateralSurvey | undefined): Collateral | undefined {
  if (survey === undefined) {
    return mayHaveCollateral(entry) ? { kind: 'unknown' } : undefined;
  }
  const images = survey.deletedAlongWith(entry.planned.image.digest);
  return images.length === 0 ? undefined : { kind: 'known', images };
}
