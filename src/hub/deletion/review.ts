import type { DeletionAnswer } from '../deletionAnswer';
import { imageKey, type ImageKey, type PlannedImage } from '../deletionRequest';
import {
  type AcceptanceKind,
  type Blocker,
  type DeletionWarning,
  isRuleBlocker,
  isSameWarning,
} from '../findings';
import type { Inventory } from '../listing/inventory';
import { currentTags, type Image } from '../model';
import { formatRepository, isSameRepository, type RepositoryRef } from '../names';
import { repositoriesOf } from './batches';
import { type Collateral, hasSameDetails } from './collateral';
import { CollateralSurvey } from './collateralSurvey';
import { imagesByDigest } from './imagesByDigest';
import type { DeletionPlan } from './plan';
import { type FreshSelection, PlanRules } from './planRules';
import { ReviewEntries } from './reviewEntries';
import { ReviewedReferences } from './reviewedReferences';
import { type ReviewEntry, reportedTags } from './reviewEntry';
import { latestTagsOf, tagsInAnswer } from './latestTags';
import type { ReviewCounts } from './reviewTally';

/** What is known about a repository beyond the plan. */
interface Survey {
  /** `undefined` if its images could not be listed in full. */
  readonly inventory: Inventory | undefined;
  collateral: CollateralSurvey | undefined;
  /** `undefined` if the plan has no criteria. */
  selection: FreshSelection | undefined;
  /** Whether a dry run may have reported other tags since the collateral was determined. */
  isOutdated: boolean;
}

/**
 * The decisions of a person about a plan after its dry run. Nothing is accepted in advance, and an acceptance is only valid
 * while the findings are exactly the same.
 */
export class DeletionReview {
  readonly plan: DeletionPlan;
  /** The lines of the workspace that have to do with the images. */
  readonly references: ReviewedReferences;
  readonly #entries: ReviewEntries;
  readonly #surveys = new Map<string, Survey>();
  /** Repositories whose collateral was determined since the last check began. */
  readonly #surveyed = new Set<string>();
  /** By repository, every image as last listed in full. */
  readonly #lastListed = new Map<string, readonly Image[]>();
  #rules: PlanRules;

  constructor(plan: DeletionPlan) {
    this.plan = plan;
    this.#entries = new ReviewEntries(plan.images);
    this.references = new ReviewedReferences({
      entries: this.#entries,
      repositories: repositoriesOf(plan.images),
      listedImages: (repository) => this.lastListedImages(repository),
    });
    this.#rules = new PlanRules(plan);
  }

  /** Images still in the plan, in its order. The list is a snapshot: later changes do not affect it. */
  get entries(): readonly ReviewEntry[] {
    return this.#entries.list;
  }

  /** Increases with every change, so that results computed at the same number are still valid. */
  get changes(): number {
    return this.#entries.changes;
  }

  /** Increases whenever the findings of an image change, but not with a decision on them. */
  get findingsRevision(): number {
    return this.#entries.findingsRevision;
  }

  get images(): readonly PlannedImage[] {
    return this.entries.map(({ planned }) => planned);
  }

  /** Keys of {@link entries}, in the same order. */
  get keys(): Iterable<ImageKey> {
    return this.#entries.keys();
  }

  get(key: ImageKey): ReviewEntry | undefined {
    return this.#entries.get(key);
  }

  get counts(): ReviewCounts {
    return this.#entries.counts;
  }

  /** Whether every image was checked, none is blocked, and everything that has to be accepted is. */
  get isComplete(): boolean {
    const { images, unchecked, blocked, acceptances } = this.counts;
    return (
      images > 0 &&
      unchecked === 0 &&
      blocked === 0 &&
      Object.values(acceptances).every(({ total, accepted }) => accepted === total)
    );
  }

  /**
   * Repositories in which a tag or an index would be deleted, so that images outside the plan may be deleted along; every
   * repository if the plan has criteria, which need a complete list.
   */
  get repositoriesToSurvey(): readonly RepositoryRef[] {
    const repositories = new Set<RepositoryRef>(); // most images of a repository share one object
    for (const entry of this.entries) {
      const { repository } = entry.planned;
      if (!repositories.has(repository) && (this.plan.criteria !== undefined || mayHaveCollateral(entry))) {
        repositories.add(repository);
      }
    }
    return [...new Map([...repositories].map((one) => [formatRepository(one), one])).values()];
  }

  /** Whether the last check has determined the collateral in the repository. */
  isSurveyed(repository: RepositoryRef): boolean {
    return this.#surveyed.has(formatRepository(repository));
  }

  /** Every image of the repository as the last check has listed it; `undefined` if it has not, or not all of them. */
  listedImages(repository: RepositoryRef): readonly Image[] | undefined {
    return this.isSurveyed(repository)
      ? this.#surveys.get(formatRepository(repository))?.inventory?.images
      : undefined;
  }

  /** Every image of the repository as last listed in full, by any check or after a deletion. Only shown. */
  lastListedImages(repository: RepositoryRef): readonly Image[] | undefined {
    return this.#lastListed.get(formatRepository(repository));
  }

  /**
   * Begins a check: from now on the protection that is in force at this moment applies.
   *
   * @throws {Error} It is not known what is protected.
   */
  beginCheck(): void {
    this.#rules = new PlanRules(this.plan);
    for (const { key, planned, warnings, blockers } of this.entries) {
      this.#block(key, blockers, this.#rules.blockersByTags(planned, warnings));
    }
  }

  /**
   * Records the answer of the server about the images of one dry run.
   *
   * @param wasSeen Whether the person has already seen findings for these images; only then are other findings new.
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
      const reviewed = warnings.filter(concerns).map((warning) => {
        const before = entry.warnings.find((known) => isSameWarning(known.warning, warning));
        return { warning, isAccepted: before?.isAccepted ?? false, isNew: wasSeen && before === undefined };
      });
      const objections = blockers.filter(concerns);
      this.#entries.change(entry.key, {
        isChecked: true,
        hasParts: answer.withParts?.has(image.digest) === true,
        warnings: reviewed,
        blockers: [...objections, ...this.#rules.blockersByTags(planned, reviewed)],
        latestTags: tagsInAnswer(reviewed, objections) ?? entry.latestTags,
      });
    }
    this.#outdateSurveys(images);
  }

  /**
   * Records why a deletion was refused. The answer does not contain warnings that were sent as accepted; they remain until
   * the next dry run.
   */
  recordRefusal(images: readonly PlannedImage[], answer: DeletionAnswer): void {
    const keys = images.map(({ repository, image }) => imageKey(repository, image.digest));
    const before = keys.flatMap((key) => this.#entries.get(key) ?? []);
    this.record(images, answer, true);
    for (const { key, warnings, latestTags } of before) {
      const entry = this.#entries.get(key);
      const accepted = warnings.filter(
        ({ warning, isAccepted }) =>
          isAccepted && !entry?.warnings.some((own) => own.warning.warning === warning.warning),
      );
      if (entry !== undefined) {
        const isTold = entry.warnings.some(({ warning }) => warning.warning === 'current_tag');
        this.#entries.change(key, {
          warnings: [...accepted, ...entry.warnings],
          latestTags: isTold ? entry.latestTags : latestTags,
        });
      }
    }
  }

  /** Notes tags that no longer point at an image, because they were deleted or have moved. */
  noteLostTags(key: ImageKey, lost: readonly string[]): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined && lost.length > 0) {
      this.#entries.change(key, { latestTags: latestTagsOf(entry).filter((tag) => !lost.includes(tag)) });
    }
  }

  /**
   * Notes the tags in a list of all images of a repository.
   *
   * @param isTold Whether the tags of an image are known from elsewhere and at least as recent.
   */
  noteListing(
    repository: RepositoryRef,
    images: readonly Image[],
    isTold: (entry: ReviewEntry) => boolean = () => false,
  ): void {
    this.#lastListed.set(formatRepository(repository), images);
    for (const entry of this.entries) {
      const { key, planned } = entry;
      if (isSameRepository(planned.repository, repository) && !isTold(entry)) {
        const listed = imagesByDigest(images).get(planned.image.digest);
        if (listed !== undefined) {
          this.#entries.change(key, { latestTags: currentTags(listed) });
        }
      }
    }
  }

  /** Discards the collateral of repositories in which no tag and no index would be deleted any more. */
  dropSurveys(): void {
    if (this.#surveys.size === 0) {
      return; // no collateral is known
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
   * Determines the collateral of the planned images of a repository, and applies the rules of the plan to both.
   *
   * @param inventory Every image of the repository; `undefined` if it could not be listed in full.
   * @param wasSeen As for {@link record}.
   */
  recordSurvey(repository: RepositoryRef, inventory: Inventory | undefined, wasSeen: boolean): void {
    const name = formatRepository(repository);
    const survey: Survey = { inventory, collateral: undefined, selection: undefined, isOutdated: true };
    this.#surveys.set(name, survey);
    this.#surveyed.add(name);
    this.#assessAll(repository, survey, wasSeen);
    if (inventory !== undefined) {
      this.noteListing(repository, inventory.images, areTagsInAnswer);
    }
  }

  /**
   * Marks images as not checked. Acceptances remain, and the next dry run decides which of them are still valid.
   *
   * @param keys Only these images. The collateral of all images has to be determined again.
   */
  uncheck(keys: Iterable<ImageKey> = this.#entries.keys()): void {
    this.#surveyed.clear();
    for (const key of keys) {
      if (this.#entries.get(key)?.isChecked === true) {
        this.#entries.change(key, { isChecked: false });
      }
    }
  }

  /** Accepts findings of a kind for one image, or withdraws that. */
  accept(key: ImageKey, kind: AcceptanceKind, isAccepted: boolean): void {
    this.#entries.acceptEach([key], kind, isAccepted);
  }

  /** @returns As for {@link acceptEach}. */
  acceptAll(kind: AcceptanceKind, isAccepted: boolean): number {
    return this.#entries.acceptAll(kind, isAccepted);
  }

  /** @returns How many of these images have something of the kind to accept. */
  acceptEach(keys: Iterable<ImageKey>, kind: AcceptanceKind, isAccepted: boolean): number {
    return this.#entries.acceptEach(keys, kind, isAccepted);
  }

  /**
   * Removes images from the plan. They may become collateral of those that remain.
   *
   * @returns How many images were removed.
   */
  remove(keys: Iterable<ImageKey>): number {
    const removed = [...keys].flatMap((key) => this.#entries.remove(key)?.planned ?? []);
    for (const repository of repositoriesOf(removed)) {
      this.#assessWithout(removed, repository);
    }
    if (removed.length > 0) {
      this.references.assessPossible();
    }
    return removed.length;
  }

  /** @returns How many images were removed. */
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
      this.references.assess(true);
      return;
    }
    const digests = removed
      .filter((planned) => isSameRepository(planned.repository, repository))
      .map(({ image }) => image.digest);
    for (const digest of survey?.collateral?.remove(digests) ?? []) {
      const entry = this.#entries.get(imageKey(repository, digest));
      if (entry !== undefined && survey !== undefined) {
        this.#assess(entry, survey, true);
        this.#applyRules(this.#entries.get(entry.key), survey);
        this.references.assessImage(this.#entries.get(entry.key) ?? entry, true);
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
    survey.selection = survey.inventory && this.#rules.select(survey.inventory, entries);
    survey.isOutdated = false;
    const imagesWithCollateral = survey.collateral?.imagesWithCollateral;
    for (const entry of entries) {
      const isAffected =
        imagesWithCollateral === undefined || imagesWithCollateral.has(entry.planned.image.digest);
      if (isAffected || entry.collateral !== undefined) {
        this.#assess(entry, survey, wasSeen);
        this.#applyRules(this.#entries.get(entry.key), survey);
      } else {
        this.#applyRules(entry, survey);
      }
    }
  }

  #assess(entry: ReviewEntry, survey: Survey, wasSeen: boolean): void {
    const collateral = collateralFor(entry, survey.collateral);
    const before = entry.collateral;
    if (collateral === undefined) {
      if (before !== undefined) {
        this.#entries.change(entry.key, { collateral: undefined });
      }
      return;
    }
    const isSame = before !== undefined && hasSameDetails(before.collateral, collateral);
    this.#entries.change(entry.key, {
      collateral: {
        collateral,
        isAccepted: isSame && before.isAccepted,
        isNew: isSame ? before.isNew : wasSeen,
      },
    });
  }

  #applyRules(entry: ReviewEntry | undefined, survey: Survey): void {
    if (entry !== undefined && !this.#rules.isEmpty) {
      this.#block(entry.key, entry.blockers, this.#rules.blockersOf(entry, survey));
    }
  }

  /** Replaces the objections of the rules, and leaves those of the server. */
  #block(key: ImageKey, before: readonly Blocker[], own: readonly Blocker[]): void {
    if (own.length > 0 || before.some(isRuleBlocker)) {
      const ofServer = before.filter((blocker) => !isRuleBlocker(blocker));
      this.#entries.change(key, { blockers: [...ofServer, ...own] });
    }
  }
}

/** Whether the answer about the image names its tags. */
function areTagsInAnswer({ warnings, blockers }: ReviewEntry): boolean {
  const ofServer = blockers.length === 0 ? blockers : blockers.filter((blocker) => !isRuleBlocker(blocker));
  return tagsInAnswer(warnings, ofServer) !== undefined;
}

/** Whether other images may be deleted along with the image. */
function mayHaveCollateral({ planned, warnings, hasParts }: ReviewEntry): boolean {
  const { role, parts = [] } = planned.image;
  const losesTags = warnings.some(({ warning }) => warning.warning === 'current_tag');
  return hasParts || losesTags || role === 'index' || parts.length > 0;
}

/** Without an inventory, the collateral is unknown wherever a tag or an index would be deleted. */
function collateralFor(entry: ReviewEntry, survey: CollateralSurvey | undefined): Collateral | undefined {
  if (survey === undefined) {
    return mayHaveCollateral(entry) ? { kind: 'unknown' } : undefined;
  }
  if (survey.isUnknown(entry.planned.image.digest)) {
    return { kind: 'unknown' };
  }
  const images = survey.deletedAlongWith(entry.planned.image.digest);
  return images.length === 0 ? undefined : { kind: 'known', images };
}
