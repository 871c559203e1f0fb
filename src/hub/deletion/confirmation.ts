import { formatRepository, type RepositoryRef } from '../names';
import { repositoriesOf } from './batches';
import type { ReviewedPlan } from './reviewedPlan';

/** What the final confirmation before a deletion shows. */
export interface DeletionConfirmation {
  readonly repositories: readonly RepositoryRef[];
  readonly imageCount: number;
  /** `namespace/name:tag` of every tag that will be deleted, as reported by the dry run. */
  readonly tags: readonly string[];
  /** Number of images that the dry run reported as active. */
  readonly activeCount: number;
  /** Number of images outside the plan that are deleted along, as far as known. */
  readonly collateralCount: number;
  /** False if more images may be deleted along than {@link collateralCount}. */
  readonly isCollateralKnown: boolean;
}

/** Summarizes an approved plan for the final confirmation. */
export function confirmationOf(plan: ReviewedPlan): DeletionConfirmation {
  const warnings = plan.approved.flatMap(({ planned, warnings: own }) =>
    own.map((warning) => ({ ...warning, fullName: formatRepository(planned.repository) })),
  );
  // a tag that moved between two planned images during the dry run is reported for both
  const tags = warnings.flatMap(({ fullName, tags: own }) => (own ?? []).map((tag) => `${fullName}:${tag}`));
  return {
    repositories: repositoriesOf(plan.images),
    imageCount: plan.approved.length,
    tags: [...new Set(tags)],
    activeCount: warnings.filter(({ warning }) => warning === 'is_active').length,
    collateralCount: plan.collateralKeys.size,
    isCollateralKnown: plan.approved.every(({ collateral }) => collateral?.kind !== 'unknown'),
  };
}

/** When a person has to type a name because the modal confirmation is not enough. */
export interface TypingThreshold {
  /** Largest number of images, collateral included, that needs no typing. */
  readonly images: number;
  /** Whether any active or currently tagged image requires typing. */
  readonly isForActiveOrTagged: boolean;
}

/** Whether the person has to type a name; always if the collateral is not fully known. */
export function mustType(confirmation: DeletionConfirmation, threshold: TypingThreshold): boolean {
  const { imageCount, tags, activeCount, collateralCount, isCollateralKnown } = confirmation;
  const isActiveOrTagged = activeCount > 0 || tags.length > 0;
  return (
    imageCount + collateralCount > threshold.images ||
    !isCollateralKnown ||
    (threshold.isForActiveOrTagged && isActiveOrTagged)
  );
}
