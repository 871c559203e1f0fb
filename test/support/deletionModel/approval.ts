import { collateralCount, type DeletionConfirmation } from '../../../src/hub/deletion/confirmation';
import type { JournalRecord } from '../../../src/hub/deletion/journal';
import type { ImageKey } from '../../../src/hub/deletionRequest';
import type { AcceptanceKind } from '../../../src/hub/findings';
import type { ReviewRow, RowWarning } from '../../../src/review/protocol';
import { confirmationText } from '../../../src/review/texts/confirmation';
import { shortDigestOf } from './keys';
import type { Painted } from './reviewScreen';
import type { Violate } from './violation';

/** Short digests, as the review shows what is deleted along; `unknown` where it says that nobody knows. */
export type ShownCollateral = ReadonlySet<string> | 'unknown';

/** One row of the review as it was shown when the person said yes. */
export interface ApprovedRow {
  readonly key: ImageKey;
  readonly digest: string;
  /** `namespace/name` */
  readonly repository: string;
  /** Warnings in the words of {@link warningText}, the collateral left out. */
  readonly warnings: readonly string[];
  /** The tags that it says will be deleted. */
  readonly tags: readonly string[];
  readonly collateral: ShownCollateral;
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
  readonly #accepted = new Map<string, Set<string>>();

  /** The person ticks or clears one kind of box in one row. */
  set(row: ReviewRow, kind: AcceptanceKind, isAccepted: boolean): void {
    const own = this.#accepted.get(row.id) ?? new Set();
    this.#accepted.set(row.id, own);
    for (const warning of row.warnings.filter((one) => one.kind === kind)) {
      const text = shownText(warning);
      if (isAccepted) {
        own.add(text);
      } else {
        own.delete(text);
      }
    }
  }

  has(row: ReviewRow, warning: RowWarning): boolean {
    return this.#accepted.get(row.id)?.has(shownText(warning)) === true;
  }

  /** Whether the warning that came from a server was shown and accepted. */
  hasText(key: ImageKey, text: string): boolean {
    return this.#accepted.get(key)?.has(text) === true;
  }
}

/** A warning of Docker Hub, as one of its own answers has it. */
interface WireWarning {
  readonly repository: string;
  readonly digest: string;
  readonly warning: string;
  readonly tags?: readonly string[];
}

/** The same for two warnings about one image that say the same. */
export function warningText({ warning, tags = [] }: Pick<WireWarning, 'warning' | 'tags'>): string {
  return JSON.stringify([warning, ...[...tags].sort()]);
}

function shownText({ kind, tags, text }: RowWarning): string {
  return kind === 'collateral'
    ? JSON.stringify([kind, text, ...[...tags].sort()])
    : warningText({ warning: kind, tags });
}

/** The review as it is painted at this moment. */
export function approvalOf({ rows }: Painted, tick: number): Approval {
  const approved = rows.map((row): ApprovedRow => ({
    key: row.id as ImageKey, // the id of a row is the key of its image
    digest: row.digest,
    repository: row.repository,
    warnings: row.warnings.filter(({ kind }) => kind !== 'collateral').map(shownText),
    tags: row.warnings.filter(({ kind }) => kind === 'current_tag').flatMap(({ tags }) => tags),
    collateral: collateralShown(row),
  }));
  return { tick, rows: new Map(approved.map((row) => [row.key, row])), sent: new Set(), sentRequests: 0 };
}

function collateralShown({ warnings }: ReviewRow): ShownCollateral {
  const shown = warnings.filter(({ kind }) => kind === 'collateral');
  return shown.some(({ tags }) => tags.length === 0)
    ? 'unknown'
    : new Set(shown.flatMap(({ tags }) => tags.map(shortDigestIn)));
}

/** The review names an image that is deleted along by its short digest, and says in parentheses why. */
function shortDigestIn(item: string): string {
  return item.split(' ')[0] ?? '';
}

/** What is wrong with asking for this approval. */
export function checkQuestion(
  { rows, state }: Painted,
  confirmation: DeletionConfirmation,
  acceptances: Acceptances,
  violate: Violate,
): void {
  const collateral = new Set<string>();
  const tags = new Set<string>();
  for (const row of rows) {
    if (!row.isChecked || row.blockers.length > 0) {
      violate('display', `asks to delete ${row.id}, which is not checked or blocked`);
    }
    for (const warning of row.warnings) {
      if (!warning.isAccepted || !acceptances.has(row, warning)) {
        violate('approved', `asks to delete ${row.id}, of which nobody accepted ${shownText(warning)}`);
      }
      if (warning.kind === 'current_tag') {
        warning.tags.forEach((tag) => tags.add(`${row.repository}:${tag}`));
      }
    }
    const along = collateralShown(row);
    (along === 'unknown' ? [] : along).forEach((digest) => collateral.add(`${row.repository}@${digest}`));
  }
  const { detail } = confirmationText(confirmation);
  if (
    state.imageCount !== rows.length ||
    confirmation.imageCount !== rows.length ||
    collateralCount(confirmation) !== collateral.size ||
    confirmation.tags.length !== tags.size ||
    !confirmation.tags.every((tag) => tags.has(tag)) ||
    (tags.size === 1 && ![...tags].every((tag) => detail.includes(tag)))
  ) {
    violate('display', 'the last question does not say what the review shows');
  }
}

/** The plan in the journal is the one that was shown. */
export function checkPlanRecord(
  { rows }: Pick<Approval, 'rows'>,
  plan: JournalRecord | undefined,
  violate: Violate,
): void {
  const images = plan?.type === 'plan' ? plan.images : [];
  const isSame =
    images.length === rows.size &&
    images.every(({ key, acceptedWarnings, acceptedCollateral }) => {
      const row = rows.get(key);
      return (
        row !== undefined &&
        isSameSet(acceptedWarnings.map(warningText), row.warnings) &&
        isSameSet(
          acceptedCollateral?.map((each) => shortDigestOf(each.key)),
          row.collateral,
        )
      );
    });
  if (!isSame) {
    violate('display', 'what is carried out is not what was shown');
  }
}

function isSameSet(found: readonly string[] | undefined, shown: Iterable<string> | 'unknown'): boolean {
  return found === undefined || shown === 'unknown'
    ? found === undefined && shown === 'unknown'
    : JSON.stringify([...new Set(found)].sort()) === JSON.stringify([...new Set(shown)].sort());
}
