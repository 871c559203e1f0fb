/**
 * Orders of the repositories of a namespace. Docker Hub could sort the list, too, but in the wrong direction by time, and
 * not by storage. The whole list is read in any case.
 */
export const repositoriesOrderings = ['name', '-last_updated', '-storage', '-pulls'] as const;
export type RepositoriesOrdering = (typeof repositoriesOrderings)[number];

/** `prefix`: by the first part of the name, which ends at `-`, `_`, `.` or `/`. */
export const repositoriesGroupings = ['none', 'prefix'] as const;
export type RepositoriesGrouping = (typeof repositoriesGroupings)[number];

/** How the repositories of one server are shown. */
export interface RepositoriesView {
  readonly ordering: RepositoriesOrdering;
  readonly grouping: RepositoriesGrouping;
}

export const defaultRepositoriesView: RepositoriesView = { ordering: 'name', grouping: 'none' };

/** Replaces each invalid value by its default: another version may have stored it, or the store may be damaged. */
export function parseRepositoriesView(stored: unknown): RepositoriesView {
  const { ordering, grouping }: Partial<Record<keyof RepositoriesView, unknown>> =
    typeof stored === 'object' && stored !== null ? stored : {};
  return {
    ordering: repositoriesOrderings.find((known) => known === ordering) ?? defaultRepositoriesView.ordering,
    grouping: repositoriesGroupings.find((known) => known === grouping) ?? defaultRepositoriesView.grouping,
  };
}

export function isSameRepositoriesView(a: RepositoriesView, b: RepositoriesView): boolean {
  return a.ordering === b.ordering && a.grouping === b.grouping;
}
