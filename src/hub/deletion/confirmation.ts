import { formatRepository, type RepositoryRef } from '../names';
import { repositoriesOf } from './batches';
import type { ReviewedPlan } from './reviewedPlan';

/** What the last question before a deletion is about. */
export interface DeletionConfirmation {
  readonly repositories: readonly RepositoryRef[];
  readonly imageCount: number;
  /** `namespace/name:tag` of every tag that will go, as the dry run told them. */
  readonly tags: readonly string[];
  /** Images that the dry run called active. */
  readonly activeCount: number;
  /** Images outside the plan that fall with it, as far as that is known. */
  readonly collateralCount: number;
  /** Whether more may fall than could be worked out. */
  readonly isCollateralKnown: boolean;
}

export function confirmationOf(plan: ReviewedPlan): DeletionConfirmation {
  const warnings = plan.approved.flatMap(({ planned, warnings: own }) =>
    own.map((warning) => ({ ...warning, fullName: formatRepository(planned.repository) })),
  );
  // a tag that moved between two planned images during the dry run is told of both
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

/** When the modal question is not enough and a name has to be typed. */
export interface TypingThreshold {
  /** More images than this. */
  readonly images: number;
  /** Any image that is active or currently tagged. */
  readonly isForActiveOrTagged: boolean;
}

export function mustType(confirmation: DeletionConfirmation, threshold: TypingThreshold): boolean {
  const { imageCount, tags, activeCount, collateralCount, isCollateralKnown } = confirmation;
  const isActiveOrTagged = activeCount > 0 || tags.length > 0;
  return (
    imageCount + collateralCount > threshold.images ||
    !isCollateralKnown ||
    (threshold.isForActiveOrTagged && isActiveOrTagged)
  );
}
