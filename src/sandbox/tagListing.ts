import type { SandboxRepository } from './repository';

export const tagOrderings = ['last_updated', '-last_updated'] as const;
type TagOrdering = (typeof tagOrderings)[number];

interface Sorted {
  readonly revision: number;
  readonly newestFirst: readonly string[];
  oldestFirst?: readonly string[];
}

const known = new WeakMap<SandboxRepository, Sorted>();

/**
 * Names of all tags by the time when they were last pointed at an image: newest first for `last_updated`, since the service
 * has it the wrong way round. Sorted once until a tag changes.
 */
export function tagsByTime(repository: SandboxRepository, ordering: TagOrdering): readonly string[] {
  const sorted = sortedTags(repository);
  return ordering === 'last_updated'
    ? sorted.newestFirst
    : (sorted.oldestFirst ??= sortTags(repository, (a, b) => a - b));
}

function sortedTags(repository: SandboxRepository): Sorted {
  const before = known.get(repository);
  if (before?.revision === repository.tagsRevision) {
    return before;
  }
  const newestFirst = sortTags(repository, (a, b) => b - a);
  const sorted = { revision: repository.tagsRevision, newestFirst };
  known.set(repository, sorted);
  return sorted;
}

/** Ties are settled by name, so that pages never overlap. A tag without a time is older than every other. */
function sortTags(
  repository: SandboxRepository,
  compare: (a: number, b: number) => number,
): readonly string[] {
  return [...repository.tags.keys()]
    .map((name) => ({ name, at: repository.tagUpdatedAt(name)?.getTime() ?? 0 }))
    .sort((a, b) => compare(a.at, b.at) || (a.name < b.name ? -1 : 1))
    .map(({ name }) => name);
}
