import type { Collateral } from '../../../src/hub/deletion/collateral';
import type { DeletionConfirmation } from '../../../src/hub/deletion/confirmation';
import type { DeletionReview } from '../../../src/hub/deletion/review';
import type { ReviewEntry } from '../../../src/hub/deletion/reviewEntry';
import { imageKey, type ImageKey } from '../../../src/hub/deletionRequest';
import type { AcceptanceKind, DeletionWarning } from '../../../src/hub/findings';

/** One row of the review as it was shown when the person said yes. */
export interface ApprovedRow {
  readonly key: ImageKey;
  readonly warnings: readonly string[];
  readonly collateral: readonly ImageKey[] | 'unknown';
}

/** What the person said yes to. */
export interface Approval {
  readonly tick: number;
  readonly rows: ReadonlyMap<ImageKey, ApprovedRow>;
  /** Images that were sent for deletion because of it. */
  readonly sent: Set<ImageKey>;
  sentRequests: number;
}

/** What this person accepted with their own hands, by what was on the screen at that moment. */
export class Acceptances {
  readonly #accepted = new Map<ImageKey, Set<string>>();

  /** The person ticks or clears one kind of box in one row. */
  set({ key, planned, warnings, collateral }: ReviewEntry, kind: AcceptanceKind, isAccepted: boolean): void {
    const own = this.#accepted.get(key) ?? new Set();
    this.#accepted.set(key, own);
    const shown =
      kind === 'collateral'
        ? collateral && [collateralText(collateral.collateral, planned)]
        : warnings
            .filter(({ warning }) => warning.warning === kind)
            .map(({ warning }) => warningText(warning));
    for (const text of shown ?? []) {
      if (isAccepted) {
        own.add(text);
      } else {
        own.delete(text);
      }
    }
  }

  has(key: ImageKey, text: string): boolean {
    return this.#accepted.get(key)?.has(text) === true;
  }
}

/** The same for two warnings that say the same in the same words. */
export function warningText({ repository, digest, warning, tags }: DeletionWarning): string {
  return JSON.stringify({ repository, digest, warning, tags: tags && [...tags].sort() });
}

function collateralText(collateral: Collateral, planned: ReviewEntry['planned']): string {
  return JSON.stringify(collateralKeys(collateral, planned));
}

function collateralKeys(
  collateral: Collateral | undefined,
  { repository }: ReviewEntry['planned'],
): ApprovedRow['collateral'] {
  if (collateral?.kind === 'unknown') {
    return 'unknown';
  }
  return (collateral?.images ?? []).map(({ image }) => imageKey(repository, image.digest)).sort();
}

/** The review as it is shown at this moment. */
export function approvalOf(review: DeletionReview, tick: number): Approval {
  const rows = review.entries.map(({ key, planned, warnings, collateral }): ApprovedRow => ({
    key,
    warnings: warnings.map(({ warning }) => warningText(warning)),
    collateral: collateralKeys(collateral?.collateral, planned),
  }));
  return { tick, rows: new Map(rows.map((row) => [row.key, row])), sent: new Set(), sentRequests: 0 };
}

/** What is wrong with asking for this approval. */
export function objectionsTo(
  review: DeletionReview,
  confirmation: DeletionConfirmation,
  acceptances: Acceptances,
): readonly string[] {
  const objections: string[] = [];
  const collateral = new Set<ImageKey>();
  const tags = new Set<string>();
  for (const entry of review.entries) {
    if (!entry.isChecked || entry.blockers.length > 0) {
      objections.push(`asks to delete ${entry.key}, which is not checked or blocked`);
    }
    for (const { warning } of entry.warnings) {
      if (!acceptances.has(entry.key, warningText(warning))) {
        objections.push(`asks to delete ${entry.key}, of which nobody accepted ${warningText(warning)}`);
      }
      const { namespace, name } = entry.planned.repository;
      warning.tags?.forEach((tag) => tags.add(`${namespace}/${name}:${tag}`));
    }
    if (entry.collateral !== undefined) {
      const keys = collateralKeys(entry.collateral.collateral, entry.planned);
      if (!acceptances.has(entry.key, JSON.stringify(keys))) {
        objections.push(`asks to delete ${entry.key}, of which nobody accepted the collateral`);
      }
      (keys === 'unknown' ? [] : keys).forEach((key) => collateral.add(key));
    }
  }
  if (
    confirmation.imageCount !== review.entries.length ||
    confirmation.collateralCount !== collateral.size ||
    confirmation.tags.length !== tags.size ||
    !confirmation.tags.every((tag) => tags.has(tag))
  ) {
    objections.push('the last question does not say what the review shows');
  }
  return objections;
}
