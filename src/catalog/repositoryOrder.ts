import type { Repository } from '../hub/model';
import type { RepositoriesOrdering } from './repositoriesView';

/** What the list of repositories reports of one repository, or of several together; what is not known is missing. */
export type RepositoryFigures = Pick<Repository, 'storageBytes' | 'lastUpdated' | 'pullCount'>;

/**
 * Sorts what is in the order of its names already. What the order depends on may not be known; such items are last, and
 * items that are equal stay in the order of their names.
 */
export function inOrder<T>(
  items: readonly T[],
  ordering: RepositoriesOrdering,
  figuresOf: (item: T) => RepositoryFigures,
): readonly T[] {
  return ordering === 'name'
    ? items
    : items
        .map((item) => ({ item, figure: figureOf(figuresOf(item), ordering) ?? -Infinity }))
        .sort((a, b) => (a.figure === b.figure ? 0 : b.figure - a.figure))
        .map(({ item }) => item);
}

/** The figures of several repositories together, as far as they are known of any. */
export function joinFigures(all: readonly RepositoryFigures[]): RepositoryFigures {
  const storageBytes = sum(all.map((one) => one.storageBytes));
  const pullCount = sum(all.map((one) => one.pullCount));
  const times = all.flatMap(({ lastUpdated }) => lastUpdated?.getTime() ?? []);
  return {
    ...(storageBytes !== undefined && { storageBytes }),
    ...(pullCount !== undefined && { pullCount }),
    ...(times.length > 0 && { lastUpdated: new Date(Math.max(...times)) }),
  };
}

function figureOf(
  { storageBytes, lastUpdated, pullCount }: RepositoryFigures,
  ordering: Exclude<RepositoriesOrdering, 'name'>,
): number | undefined {
  switch (ordering) {
    case '-last_updated':
      return lastUpdated?.getTime();
    case '-storage':
      return storageBytes;
    case '-pulls':
      return pullCount;
  }
}

function sum(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0);
}
