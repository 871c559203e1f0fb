import * as l10n from '@vscode/l10n';
import { activeFromDaysAgo } from '../hub/activity';
import type { SelectionCriteria } from '../hub/deletion/imageSelection';
import type { ActivityStatus } from '../hub/model';
import { numberText } from '../texts/formats';

/** Criteria as the user enters them: with an age in days instead of an instant. */
export interface CriteriaDraft extends Omit<SelectionCriteria, 'pushedBefore'> {
  readonly olderThanDays?: number | undefined;
}

/** The criteria, in the order in which they are shown. */
export const criterionKinds = ['status', 'tags', 'age', 'keep'] as const;
/** One of the criteria. */
export type CriterionKind = (typeof criterionKinds)[number];

/**
 * Converts the age to an instant.
 *
 * @param now The server's time.
 */
export function criteriaOf({ olderThanDays, ...rest }: CriteriaDraft, now: Date): SelectionCriteria {
  return {
    ...rest,
    pushedBefore: olderThanDays === undefined ? undefined : activeFromDaysAgo(olderThanDays, now),
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
