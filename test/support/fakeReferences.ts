import type {
  CodeReference,
  FoundReferences,
  ReferenceSource,
  SearchReport,
} from '../../src/hub/codeReferences';
import type { Digest } from '../../src/hub/digest';
import { formatRepository, type RepositoryRef } from '../../src/hub/names';

/** A report of a search in an open folder, unless said otherwise. */
export function reportOf(facts: Partial<SearchReport> = {}): SearchReport {
  return {
    folders: ['app'],
    files: 12,
    skipped: { tooLarge: 0, binary: 0, unreadable: 0, linked: 0 },
    ...facts,
  };
}

/** A line that uses `acme/api:1.0`, unless said otherwise. */
export function referenceAt(path: string, line: number, facts: Partial<CodeReference> = {}): CodeReference {
  return {
    kind: 'exact',
    repository: facts.digest === undefined || 'repository' in facts ? 'acme/api' : undefined,
    tag: facts.digest === undefined ? '1.0' : undefined,
    digest: undefined,
    file: { uri: `file:///app/${path}`, path },
    line,
    column: 1,
    length: 12,
    ...facts,
  };
}

/** The lines, as a search finds them. */
export function foundOf(
  references: readonly CodeReference[],
  report: SearchReport = reportOf(),
): FoundReferences {
  const named = new Map<string, CodeReference[]>();
  const bare = new Map<Digest, CodeReference[]>();
  for (const reference of references) {
    const { repository, digest } = reference;
    if (repository !== undefined) {
      named.set(repository, [...(named.get(repository) ?? []), reference]);
    } else if (digest !== undefined) {
      bare.set(digest, [...(bare.get(digest) ?? []), reference]);
    }
  }
  return { named, bare, report };
}

/** What is open in the editor: nothing, unless said otherwise. */
export class FakeReferences implements ReferenceSource {
  found: FoundReferences = foundOf([], reportOf({ folders: [], files: 0 }));
  /** What happens before a search ends. */
  before: (signal: AbortSignal) => Promise<void> = () => Promise.resolve();
  /** Repositories of every search. */
  readonly searches: (readonly string[])[] = [];
  readonly #listeners = new Set<() => void>();

  get listenerCount(): number {
    return this.#listeners.size;
  }

  async search(repositories: readonly RepositoryRef[], signal: AbortSignal): Promise<FoundReferences> {
    this.searches.push(repositories.map(formatRepository));
    signal.throwIfAborted();
    await this.before(signal);
    signal.throwIfAborted();
    return this.found;
  }

  onDidChange(listener: () => void): { dispose(): void } {
    const own = () => {
      listener();
    };
    this.#listeners.add(own);
    return { dispose: () => void this.#listeners.delete(own) };
  }

  change(): void {
    [...this.#listeners].forEach((listener) => {
      listener();
    });
  }
}
