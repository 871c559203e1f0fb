import type { ImageKey, PlannedImage } from '../deletionRequest';
import type { AcceptanceKind, Blocker, DeletionWarning } from '../findings';
import type { Collateral } from './collateral';

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

/** What was found out about an image. */
export interface ReviewFindings {
  /** False until a dry run has answered for the image. */
  readonly isChecked: boolean;
  readonly warnings: readonly ReviewedWarning[];
  readonly blockers: readonly Blocker[];
  /** `undefined`: nothing falls with it. */
  readonly collateral: ReviewedCollateral | undefined;
}

/** One image of the plan with what was found out about it. */
export interface ReviewEntry extends ReviewFindings {
  readonly key: ImageKey;
  readonly planned: PlannedImage;
}

/** Whether the image was checked and is not blocked, and all that had to be accepted was. */
export function isApproved({ isChecked, blockers, warnings, collateral }: ReviewEntry): boolean {
  return (
    isChecked &&
    blockers.length === 0 &&
    warnings.every(({ isAccepted }) => isAccepted) &&
    collateral?.isAccepted !== false
  );
}

/** Whether something of the kind has to be accepted of the image. */
export function asksFor({ warnings, collateral }: ReviewFindings, kind: AcceptanceKind): boolean {
  return kind === 'collateral'
    ? collateral !== undefined
    : warnings.some(({ warning }) => warning.warning === kind);
}

/** The findings of the kind, decided about. */
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

/** Current tags by the word of the dry run. */
export function reportedTags(warnings: ReviewFindings['warnings']): readonly string[] {
  const [only, another] = warnings;
  return another === undefined
    ? (only?.warning.tags ?? [])
    : warnings.flatMap(({ warning }) => warning.tags ?? []);
}
