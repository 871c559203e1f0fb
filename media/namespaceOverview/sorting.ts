import type { ShownRepository } from './repositories';

/** By which the table can be sorted. */
export const columns = [
  'repository',
  'storage',
  'images',
  'inactive',
  'untagged',
  'lastPushed',
  'lastPulled',
  'pulls',
] as const;
export type Column = (typeof columns)[number];

export interface Sorting {
  readonly column: Column;
  readonly isDescending: boolean;
}

/** What takes the most room comes first. */
export const initialSorting: Sorting = { column: 'storage', isDescending: true };

/** What pressing the head of a column does: it turns the order around, or begins with what stands out. */
export function nextSorting(current: Sorting, column: Column): Sorting {
  return current.column === column
    ? { column, isDescending: !current.isDescending }
    : { column, isDescending: column !== 'repository' };
}

/**
 * Returns the repositories whose name contains the text, sorted. What is not known comes last either way, and equals stay
 * in the order of the list, which is that of their names.
 */
export function arranged(
  all: readonly ShownRepository[],
  search: string,
  { column, isDescending }: Sorting,
): readonly ShownRepository[] {
  const wanted = search.trim().toLowerCase();
  const found = wanted === '' ? [...all] : all.filter(({ name }) => name.toLowerCase().includes(wanted));
  if (column === 'repository') {
    return isDescending ? found.reverse() : found;
  }
  const sign = isDescending ? -1 : 1;
  return found
    .map((repository) => ({ repository, value: valueOf(repository, column) }))
    .sort((a, b) => compare(a.value, b.value, sign))
    .map(({ repository }) => repository);
}

function compare(a: number | undefined, b: number | undefined, sign: number): number {
  if (a === undefined || b === undefined) {
    return Number(a === undefined) - Number(b === undefined);
  }
  return sign * (a - b);
}

function valueOf(repository: ShownRepository, column: Exclude<Column, 'repository'>): number | undefined {
  const { storageBytes, lastPushed, pulls, counts } = repository;
  switch (column) {
    case 'storage':
      return storageBytes ?? undefined;
    case 'images':
      return counts?.total;
    case 'inactive':
      return counts?.inactive;
    case 'untagged':
      return counts?.untagged ?? undefined;
    case 'lastPushed':
      return lastPushed === null ? undefined : Date.parse(lastPushed);
    case 'lastPulled':
      return counts?.lastPulled === undefined || counts.lastPulled === null
        ? undefined
        : Date.parse(counts.lastPulled);
    case 'pulls':
      return pulls ?? undefined;
  }
}
