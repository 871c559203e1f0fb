import * as vscode from 'vscode';
import { activeFromDaysAgo } from '../hub/activity';
import type { SelectionCriteria } from '../hub/deletion/imageSelection';
import type { ActivityStatus } from '../hub/model';

const { t } = vscode.l10n;

/** Criteria as a person says them: an age in days instead of an instant. */
export interface CriteriaDraft extends Omit<SelectionCriteria, 'pushedBefore'> {
  readonly olderThanDays?: number | undefined;
}

/** What images can be asked for, in the order in which it is said. */
export const criterionKinds = ['status', 'tags', 'age', 'keep'] as const;
export type CriterionKind = (typeof criterionKinds)[number];

/** @param now Of the server. */
export function criteriaOf({ olderThanDays, ...rest }: CriteriaDraft, now: Date): SelectionCriteria {
  return {
    ...rest,
    pushedBefore: olderThanDays === undefined ? undefined : activeFromDaysAgo(olderThanDays, now),
  };
}

/** Whether anything is asked for, so that not simply every image matches. */
export function isEmptyDraft(draft: CriteriaDraft): boolean {
  return criterionKinds.every((kind) => !isSet(kind, draft));
}

/** `inactive · untagged · pushed more than 90 days ago · but the newest 5 of each repository` */
export function draftText(draft: CriteriaDraft): string {
  return criterionKinds
    .filter((kind) => isSet(kind, draft))
    .map((kind) => criterionText(kind, draft))
    .join(' · ');
}

/** What one criterion says, or that it does not matter. */
export function criterionText(kind: CriterionKind, draft: CriteriaDraft): string {
  switch (kind) {
    case 'status':
      return statusText(draft.status);
    case 'tags':
      return tagsText(draft);
    case 'age':
      return draft.olderThanDays === undefined
        ? t('any age')
        : draft.olderThanDays === 1
          ? t('pushed more than a day ago')
          : t('pushed more than {0} days ago', draft.olderThanDays.toLocaleString('en'));
    case 'keep':
      return draft.keepNewest === undefined
        ? t('however new')
        : draft.keepNewest === 1
          ? t('but the newest of each repository')
          : t('but the newest {0} of each repository', draft.keepNewest.toLocaleString('en'));
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
      return t('inactive');
    case 'active':
      return t('active');
    default:
      return t('active or inactive');
  }
}

function tagsText({ tagging, tagPatterns }: CriteriaDraft): string {
  if (tagPatterns !== undefined) {
    return t('every tag matches {0}', tagPatterns.join(', '));
  }
  switch (tagging) {
    case 'untagged':
      return t('untagged');
    case 'tagged':
      return t('tagged');
    default:
      return t('tagged or untagged');
  }
}
