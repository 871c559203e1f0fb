import type { CodeReference, FoundReferences, SearchReport, SkipReason } from '../../hub/codeReferences';
import type { Digest } from '../../hub/digest';
import type { Outcome } from './outcome';

/** A file or folder, and what came of it. */
export type FileResult = readonly [path: string, outcome: Outcome];

/**
 * Collects what was found about some repositories.
 *
 * @param folders Names of the open folders.
 * @param results Of each of them and of what is outside of them, each in any order.
 */
export function foundReferences(
  folders: readonly string[],
  results: readonly Iterable<FileResult>[],
  isWanted: (repository: string) => boolean,
): FoundReferences {
  const named = new Map<string, CodeReference[]>();
  const bare = new Map<Digest, CodeReference[]>();
  const skipped: Record<SkipReason, number> = { tooLarge: 0, binary: 0, unreadable: 0, linked: 0 };
  let files = 0;
  for (const ofFolder of results) {
    const withReferences: (readonly [string, readonly CodeReference[]])[] = [];
    for (const [path, outcome] of ofFolder) {
      if (typeof outcome === 'string') skipped[outcome] += 1;
      else files += 1;
      if (typeof outcome === 'object' && outcome.length > 0) withReferences.push([path, outcome]);
    }
    withReferences.sort(([one], [other]) => (one < other ? -1 : 1));
    for (const reference of withReferences.flatMap(([, references]) => references)) {
      const { repository, digest } = reference;
      if (repository !== undefined && isWanted(repository)) add(named, repository, reference);
      else if (repository === undefined && digest !== undefined) add(bare, digest, reference);
    }
  }
  const report: SearchReport = { folders, files, skipped };
  return { named, bare, report };
}

function add<Key>(groups: Map<Key, CodeReference[]>, key: Key, reference: CodeReference): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [reference]);
  else group.push(reference);
}
