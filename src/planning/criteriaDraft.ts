import * as l10n from '@vscode/l10n';
import { activeFromDaysAgo } from '../hub/activity';
import type { SelectionCriteria } from '../hub/deletion/imageSelection';
import type { ActivityStatus } from '../hub/model';
import { numberText } from '../texts/formats';

/** Criteria as the user enters them: with an age in days instead of an instant, and before the workspace is searched. */
export interface CriteriaDraft extends Omit<SelectionCriteria, 'pushedBefore' | 'unreferencedIn'> {
  readonly olderThanDays?: number | undefined;
  /** Whether nothing in the workspace may refer to the images. */
  readonly isUnreferenced?: boolean | undefined;
}

/** The criteria, in the order in which they are shown. */
export const criterionKinds = ['status', 'tags', 'age', 'references', 'keep'] as const;
/** One of the criteria. */
export type CriterionKind = (typeof criterionKinds)[number];

/**
 * Converts the age to an instant. What the workspace refers to is not among the criteria yet.
 *
 * @param now The server's time.
 */
export function criteriaOf(draft: CriteriaDraft, now: Date): SelectionCriteria {
  const { status, tagging, tagPatterns, olderThanDays, keepNewest } = draft;
  return {
    status,
    tagging,
    tagPatterns,
    pushedBefore: olderThanDays === undefined ? undefined : activeFromDaysAgo(olderThanDays, now),
    keepNewest,
  };
}

/** Whether no criterion is set, so that every image would match. */
export function isEmptyDraft(draft: CriteriaDraft): boolean {
  return criterionKinds.every((kind) => !isSet(kind, draft));
}

/**
 * Describes the criteria that are set: `inactive · untagged · pushed more than 90 days ago · except the newest 5 in each
 * repository`.
 */
export function draftText(draft: CriteriaDraft): string {
  return criterionKinds
    .filter((kind) => isSet(kind, draft))
    .map((kind) => criterionText(kind, draft))
    .join(' · ');
}

/** Describes one criterion, whether it is set or not. */
export function criterionText(kind: CriterionKind, draft: CriteriaDraft): string {
  switch (kind) {
    case 'status':
      return statusText(draft.status);
    case 'tags':
      return tagsText(draft);
    case 'age':
      return draft.olderThanDays === undefined
        ? l10n.t('any age')
        : draft.olderThanDays === 1
          ? l10n.t('pushed more than a day ago')
          : l10n.t('pushed more than {0} days ago', numberText(draft.olderThanDays));
    case 'references':
      return draft.isUnreferenced === true
        ? l10n.t('not referenced in the workspace')
        : l10n.t('referenced or not');
    case 'keep':
      return draft.keepNewest === undefined
        ? l10n.t('none')
        : draft.keepNewest === 1
          ? l10n.t('except the newest in each repository')
          : l10n.t('except the newest {0} in each repository', numberText(draft.keepNewest));
  }
}

function isSet(kind: CriterionKind, draft: CriteriaDraft): boolean {
  switch (kind) {
    case 'status':
      return draft.status !== undefined;
    case 'tags':
      return draft.tagging !== undefined || draft.tagPatterns !== undefined;
    case 'age':
      return draft.olderThanDays !== undefined;
    case 'references':
      return draft.isUnreferenced === true;
    case 'keep':
      return draft.keepNewest !== undefined;
  }
}

function statusText(status: ActivityStatus | undefined): string {
  switch (status) {
    case 'inactive':
      return l10n.t('inactive');
    case 'active':
      return l10n.t('active');
    default:
      return l10n.t('active or inactive');
  }
}

function tagsText({ tagging, tagPatterns }: CriteriaDraft): string {
  if (tagPatterns !== undefined) {
    return l10n.t('every tag matches {0}', tagPatterns.join(', '));
  }
  switch (tagging) {
    case 'untagged':
      return l10n.t('untagged');
    case 'tagged':
      return l10n.t('tagged');
    default:
      return l10n.t('tagged or untagged');
  }
}
