import { imageKey } from '../deletionRequest';
import { formatRepository, type RepositoryRef } from '../names';
import type { CodeReference } from '../codeReferences';
import { repositoriesOf } from './batches';
import type { CollateralImage } from './collateral';
import type { ReferenceRecord } from './referenceCheck';
import type { ReviewedPlan } from './reviewedPlan';

/** What the final confirmation before a deletion shows. */
export interface DeletionConfirmation {
  readonly repositories: readonly RepositoryRef[];
  readonly imageCount: number;
  /** `namespace/name:tag` of every tag that will be deleted, as reported by the dry run. */
  readonly tags: readonly string[];
  /** Number of active images among everything that will be deleted, as far as known. */
  readonly activeCount: number;
  /** Images outside the plan that are deleted along, as far as known. */
  readonly collateral: CollateralCounts;
  /** False if more images may be deleted along than those of {@link collateral}. */
  readonly isCollateralKnown: boolean;
  /** Lines of the workspace that use what will be deleted, each once. */
  readonly uses: readonly CodeReference[];
  /** Whether the workspace was searched for them. */
  readonly search: ReferenceRecord['kind'];
}

/** Numbers of images that are deleted along, each once. */
export interface CollateralCounts {
  /** Platforms, and other parts of multi-platform images. */
  readonly platforms: number;
  /** Attestations, signatures and whatever else is attached to an image. */
  readonly attachments: number;
  /** Images without a tag that used to have a tag that will be deleted. */
  readonly untagged: number;
}

/** Summarizes an approved plan for the final confirmation. */
export function confirmationOf(plan: ReviewedPlan): DeletionConfirmation {
  const warnings = plan.approved.flatMap(({ planned, warnings: own }) =>
    own.map((warning) => ({ ...warning, fullName: formatRepository(planned.repository) })),
  );
  // a tag that moved between two planned images during the dry run is reported for both
  const tags = warnings.flatMap(({ fullName, tags: own }) => (own ?? []).map((tag) => `${fullName}:${tag}`));
  const collateral = collateralImages(plan);
  return {
    repositories: repositoriesOf(plan.images),
    imageCount: plan.approved.length,
    tags: [...new Set(tags)],
    activeCount:
      warnings.filter(({ warning }) => warning === 'is_active').length +
      collateral.filter(({ image }) => image.status === 'active').length,
    collateral: collateralCounts(collateral),
    isCollateralKnown: plan.approved.every(({ collateral }) => collateral?.kind !== 'unknown'),
    uses: [...new Set(plan.approved.flatMap(({ uses }) => uses.map(({ reference }) => reference)))],
    search: plan.references.kind,
  };
}

/** Number of all images that are deleted along, as far as known. */
export function collateralCount({ collateral }: Pick<DeletionConfirmation, 'collateral'>): number {
  return collateral.platforms + collateral.attachments + collateral.untagged;
}

/** Images that are deleted along, each once. */
function collateralImages(plan: ReviewedPlan): readonly CollateralImage[] {
  const images = plan.approved.flatMap(({ planned: { repository }, collateral }) =>
    collateral?.kind === 'known'
      ? collateral.images.map((each) => [imageKey(repository, each.image.digest), each] as const)
      : [],
  );
  return [...new Map(images).values()];
}

function collateralCounts(images: readonly CollateralImage[]): CollateralCounts {
  const counts = { platforms: 0, attachments: 0, untagged: 0 };
  for (const { image, formerTags } of images) {
    if (formerTags.length > 0) {
      counts.untagged += 1;
    } else if (image.role === 'attestation' || image.role === 'signature') {
      counts.attachments += 1;
    } else {
      counts.platforms += 1;
    }
  }
  return counts;
}

/** When a person has to type a name because the modal confirmation is not enough. */
export interface TypingThreshold {
  /** Largest number of images, collateral included, that needs no typing. */
  readonly images: number;
  /** Whether any image that is active, currently tagged or used in the workspace requires typing. */
  readonly isForActiveOrTagged: boolean;
}

/** Whether the person has to type a name; always if the collateral is not fully known. */
export function mustType(confirmation: DeletionConfirmation, threshold: TypingThreshold): boolean {
  const { imageCount, tags, activeCount, isCollateralKnown, uses } = confirmation;
  const isInUse = activeCount > 0 || tags.length > 0 || uses.length > 0;
  return (
    imageCount + collateralCount(confirmation) > threshold.images ||
    !isCollateralKnown ||
    (threshold.isForActiveOrTagged && isInUse)
  );
}
