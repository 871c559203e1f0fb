import type { ImageKey, PlannedImage } from '../deletionRequest';
import type { AcceptanceKind, Blocker, DeletionWarning } from '../findings';
import type { Collateral } from './collateral';

/** A warning and the decision of the person. */
export interface ReviewedWarning {
  readonly warning: DeletionWarning;
  readonly isAccepted: boolean;
  /** Whether it did not exist when the person last saw the image. */
  readonly isNew: boolean;
}

/** The collateral of an image and the decision of the person. */
export interface ReviewedCollateral {
  readonly collateral: Collateral;
  readonly isAccepted: boolean;
  /** Whether it was different when the person last saw the image. */
  readonly isNew: boolean;
}

/** The results of a check for one image. */
export interface ReviewFindings {
  /** False until a dry run has answered for the image. */
  readonly isChecked: boolean;
  readonly warnings: readonly ReviewedWarning[];
  readonly blockers: readonly Blocker[];
  /** `undefined`: no other image is deleted along. */
  readonly collateral: ReviewedCollateral | undefined;
}

/** One image of the plan with its findings. */
export interface ReviewEntry extends ReviewFindings {
  readonly key: ImageKey;
  readonly planned: PlannedImage;
}

/** Whether the image was checked, is not blocked, and everything that has to be accepted is. */
export function isApproved({ isChecked, blockers, warnings, collateral }: ReviewEntry): boolean {
  return (
    isChecked &&
    blockers.length === 0 &&
    warnings.every(({ isAccepted }) => isAccepted) &&
    collateral?.isAccepted !== false
  );
}

/** Whether the image has something of the kind to accept. */
export function asksFor({ warnings, collateral }: ReviewFindings, kind: AcceptanceKind): boolean {
  return kind === 'collateral'
    ? collateral !== undefined
    : warnings.some(({ warning }) => warning.warning === kind);
}

/**
 * Applies a decision to the findings of a kind; they are no longer new then.
 *
 * @returns Only the findings that change.
 */
export function decided(
  { warnings, collateral }: ReviewFindings,
  kind: AcceptanceKind,
  isAccepted: boolean,
): Partial<ReviewFindings> {
  if (kind === 'collateral') {
    return { collateral: collateral && { ...collateral, isAccepted, isNew: false } };
  }
  return {
    warnings: warnings.map((reviewed) =>
      reviewed.warning.warning === kind ? { ...reviewed, isAccepted, isNew: false } : reviewed,
    ),
  };
}

/** Returns the current tags of an image as reported by the dry run. */
export function reportedTags(warnings: ReviewFindings['warnings']): readonly string[] {
  const [only, another] = warnings;
  return another === undefined
    ? (only?.warning.tags ?? [])
    : warnings.flatMap(({ warning }) => warning.tags ?? []);
}
