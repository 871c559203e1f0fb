/** Which rows the review shows, and in which order. */
import { maxLength, picklist, pipe, strictObject, string } from 'valibot';
import type { ReadonlyOutput } from '../webview/messageParts';
import { type OutcomeKind, warningKinds } from './protocolRow';

/** Characters of a search: more than the longest reference of an image has. */
export const searchLengthLimit = 1000;

/** Outcomes with which an image leaves the plan, or that an earlier deletion of an image in the plan had. */
const settledKinds = [
  'deleted',
  'alreadyGone',
  'refused',
  'failed',
  'notSent',
  'unconfirmed',
] as const satisfies readonly OutcomeKind[];
export type SettledKind = (typeof settledKinds)[number];

/**
 * Which rows are shown, in the order in which they are offered:
 *
 * - `open`: a warning is not accepted
 * - `blocked`: with errors
 * - `isNew`: with a warning that was not there before
 * - `is_active`, `current_tag`, `collateral`: with a warning of that kind
 * - `accepted`: with warnings, each of them accepted
 * - `clean`: checked, without warning and error
 * - `unchecked`: no dry run has answered
 * - `inPlan`: not settled by a deletion
 * - the others: settled with that outcome, or with that outcome of an earlier deletion
 */
export const rowFilters = [
  'all',
  'open',
  'blocked',
  'isNew',
  ...warningKinds,
  'accepted',
  'clean',
  'unchecked',
  'inPlan',
  ...settledKinds,
] as const;
export type RowFilter = (typeof rowFilters)[number];

/** Whether the filter asks for what a deletion did to an image. */
export function isSettledKind(filter: RowFilter): filter is SettledKind {
  return settledKinds.some((kind) => kind === filter);
}

/** The order of the plan, or one by last activity, those without a known one last, or by tags, untagged images last. */
export const rowOrders = ['plan', 'oldestActivity', 'newestActivity', 'name'] as const;
export type RowOrder = (typeof rowOrders)[number];

/** Which rows are shown, and in which order. */
export type ReviewView = ReadonlyOutput<typeof reviewView>;
export const reviewView = strictObject({
  /** Part of a tag, former ones included, of the digest or of the repository, in capital or small letters. */
  search: pipe(string(), maxLength(searchLengthLimit)),
  filter: picklist(rowFilters),
  order: picklist(rowOrders),
});

/** The view as it is before anybody chose another. */
export const wholePlan: ReviewView = { search: '', filter: 'all', order: 'plan' };

/** Whether the view may leave rows out. */
export function isNarrowed({ search, filter }: ReviewView): boolean {
  return search !== '' || filter !== 'all';
}
