import type { ImageKey, PlannedImage } from '../deletionRequest';
import {
  type AcceptanceKind,
  type Blocker,
  type DeletionWarning,
  isSameBlocker,
  isSameWarning,
  type WarningKind,
} from '../findings';
import { type Collateral, hasSameDetails } from './collateral';
import { hasSameUses, type ImageUse } from './imageUses';

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

/** The lines of the workspace that use an image or what is deleted along with it, and the decision of the person. */
export interface ReviewedUses {
  /** At least one. */
  readonly uses: readonly ImageUse[];
  readonly isAccepted: boolean;
  /** Whether they were different when the person last saw the image. */
  readonly isNew: boolean;
}

/** The results of a check for one image. */
export interface ReviewFindings {
  /** False until a dry run has answered for the image. */
  readonly isChecked: boolean;
  /** Whether the last dry run has found that other images belong to it. */
  readonly hasParts: boolean;
  readonly warnings: readonly ReviewedWarning[];
  readonly blockers: readonly Blocker[];
  /**
   * Tags that point at the image as last read, after the plan was made; `undefined` if they were not. Only shown: what is
   * approved are the warnings.
   */
  readonly latestTags: readonly string[] | undefined;
  /** `undefined`: no other image is deleted along. */
  readonly collateral: ReviewedCollateral | undefined;
  /** `undefined`: no line is known that uses it. */
  readonly referenced: ReviewedUses | undefined;
}

/** One image of the plan with its findings. */
export interface ReviewEntry extends ReviewFindings {
  readonly key: ImageKey;
  readonly planned: PlannedImage;
  /** Increases whenever the findings change, but not with a decision on them. Comparable within one review only. */
  readonly findingsRevision: number;
}

const none: readonly ImageUse[] = [];

/** Whether both say the same about an image, whatever was decided about it. */
export function hasSameFindings(a: ReviewFindings, b: ReviewFindings): boolean {
  return (
    hasSameWarnings(a.warnings, b.warnings) &&
    hasSameBlockers(a.blockers, b.blockers) &&
    hasSameCollateral(a.collateral, b.collateral) &&
    hasSameUses(a.referenced?.uses ?? none, b.referenced?.uses ?? none)
  );
}

/** Whether the image was checked, is not blocked, and everything that has to be accepted is. */
export function isApproved({ isChecked, blockers, warnings, collateral, referenced }: ReviewEntry): boolean {
  return (
    isChecked &&
    blockers.length === 0 &&
    warnings.every(({ isAccepted }) => isAccepted) &&
    collateral?.isAccepted !== false &&
    referenced?.isAccepted !== false
  );
}

/** Whether the image has something of the kind to accept. */
export function asksFor(findings: ReviewFindings, kind: AcceptanceKind): boolean {
  return kind === 'collateral' || kind === 'referenced'
    ? findings[kind] !== undefined
    : findings.warnings.some(({ warning }) => warning.warning === kind);
}

/**
 * Applies a decision to the findings of a kind; they are no longer new then.
 *
 * @returns Only the findings that change.
 */
export function decided(
  { warnings, collateral, referenced }: ReviewFindings,
  kind: AcceptanceKind,
  isAccepted: boolean,
): Partial<ReviewFindings> {
  switch (kind) {
    case 'collateral':
      return { collateral: collateral && { ...collateral, isAccepted, isNew: false } };
    case 'referenced':
      return { referenced: referenced && { ...referenced, isAccepted, isNew: false } };
    default:
      return { warnings: decidedWarnings(warnings, kind, isAccepted) };
  }
}

function decidedWarnings(
  warnings: ReviewFindings['warnings'],
  kind: WarningKind,
  isAccepted: boolean,
): ReviewFindings['warnings'] {
  return warnings.map((reviewed) =>
    reviewed.warning.warning === kind ? { ...reviewed, isAccepted, isNew: false } : reviewed,
  );
}

/** Returns the current tags of an image as reported by the dry run. */
export function reportedTags(warnings: ReviewFindings['warnings']): readonly string[] {
  const [only, another] = warnings;
  return another === undefined
    ? (only?.warning.tags ?? [])
    : warnings.flatMap(({ warning }) => warning.tags ?? []);
}

function hasSameWarnings(a: ReviewFindings['warnings'], b: ReviewFindings['warnings']): boolean {
  return a === b || (a.length === b.length && includesWarnings(a, b) && includesWarnings(b, a));
}

function includesWarnings(all: ReviewFindings['warnings'], some: ReviewFindings['warnings']): boolean {
  return some.every(({ warning }) => all.some((other) => isSameWarning(other.warning, warning)));
}

function hasSameBlockers(a: ReviewFindings['blockers'], b: ReviewFindings['blockers']): boolean {
  const includes = (all: readonly Blocker[], some: readonly Blocker[]) =>
    some.every((one) => all.some((other) => isSameBlocker(other, one)));
  return a === b || (a.length === b.length && includes(a, b) && includes(b, a));
}

function hasSameCollateral(a: ReviewFindings['collateral'], b: ReviewFindings['collateral']): boolean {
  return a === undefined || b === undefined ? a === b : hasSameDetails(a.collateral, b.collateral);
}
