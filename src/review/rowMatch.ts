import type { AttemptOutcome } from '../hub/deletion/attempts';
import type { ImageRefusal } from '../hub/deletionAnswer';
import type { ImageOutcome } from '../hub/deletion/outcome';
import type { ReviewEntry } from '../hub/deletion/reviewEntry';
import { isSettledKind, type ReviewView, type RowFilter, type SettledKind } from './protocol';

/** What came of an earlier deletion of an image that is still in the plan. */
export interface RowAttempt {
  readonly outcome: AttemptOutcome | 'notSent';
  /** Why it was refused, if that was said for this image. */
  readonly refusal?: ImageRefusal;
}

/** An image as the list shows it: in the plan, or settled. */
export interface Row {
  readonly entry: ReviewEntry;
  /** `undefined` while it is in the plan. */
  readonly outcome: ImageOutcome | undefined;
  /** Of an earlier deletion of an image that is still in the plan. */
  readonly attempt?: RowAttempt | undefined;
}

/** Whether the view has the row. */
export function rowMatcher({ search, filter }: Pick<ReviewView, 'search' | 'filter'>): (row: Row) => boolean {
  const wanted = search.trim().toLowerCase();
  return (row) => isOfFilter(row, filter) && (wanted === '' || isFound(row, wanted));
}

function isOfFilter({ entry, outcome, attempt }: Row, filter: RowFilter): boolean {
  if (filter === 'all') {
    return true;
  }
  return isSettledKind(filter)
    ? (outcome ?? attempt?.outcome) === filter
    : outcome === undefined && isInPlanAs(entry, filter);
}

type PlanFilter = Exclude<RowFilter, 'all' | SettledKind>;

function isInPlanAs(
  { isChecked, blockers, warnings, collateral, referenced }: ReviewEntry,
  filter: PlanFilter,
): boolean {
  const asked = [...warnings, ...(collateral ? [collateral] : []), ...(referenced ? [referenced] : [])];
  switch (filter) {
    case 'inPlan':
      return true;
    case 'open':
      return asked.some(({ isAccepted }) => !isAccepted);
    case 'accepted':
      return asked.length > 0 && asked.every(({ isAccepted }) => isAccepted);
    case 'isNew':
      return asked.some(({ isNew }) => isNew);
    case 'clean':
      return isChecked && asked.length === 0 && blockers.length === 0;
    case 'blocked':
      return blockers.length > 0;
    case 'unchecked':
      return !isChecked;
    case 'collateral':
      return collateral !== undefined;
    case 'referenced':
      return referenced !== undefined;
    case 'is_active':
    case 'current_tag':
      return warnings.some(({ warning }) => warning.warning === filter);
  }
}

/**
 * By the name a person would copy: `namespace/name@digest`, or `namespace/name:tag` of any of its tags, be it one that it had
 * when it was planned or one that it has now.
 */
function isFound({ entry }: Row, wanted: string): boolean {
  const { key, planned, latestTags } = entry;
  const { repository, image } = planned;
  const isMatch = (tag: string) =>
    `${repository.namespace}/${repository.name}:${tag}`.toLowerCase().includes(wanted);
  return (
    key.includes(wanted) || image.tags.some(({ name }) => isMatch(name)) || latestTags?.some(isMatch) === true
  );
}
