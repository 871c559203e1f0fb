import type {
  CodeReference,
  FoundReferences,
  ReferenceSource,
  SearchOptions,
  SearchReport,
} from '../../src/hub/codeReferences';
import type { Digest } from '../../src/hub/digest';
import { formatRepository, type RepositoryRef } from '../../src/hub/names';

const nothingSkipped: SearchReport['skipped'] = { tooLarge: 0, binary: 0, unreadable: 0, linked: 0 };

/** A line that uses `acme/api:latest`, unless the facts say otherwise. */
export function referenceIn(path: string, facts: Partial<CodeReference> = {}): CodeReference {
  return {
    kind: 'exact',
    repository: 'acme/api',
    tag: facts.digest === undefined ? 'latest' : undefined,
    digest: undefined,
    file: { uri: `file:///work/${path}`, path },
    line: 1,
    column: 1,
    length: 15,
    ...facts,
  };
}

/** As {@link referenceIn}, but `acme/api:1.0`; with a digest, only the digest. */
export function referenceAt(path: string, line: number, facts: Partial<CodeReference> = {}): CodeReference {
  const own = facts.digest === undefined ? { tag: '1.0' } : { repository: undefined };
  return referenceIn(path, { line, length: 12, ...own, ...facts });
}

/** What a search of one folder has read, unless the facts say otherwise. */
export function reportOf(facts: Partial<SearchReport> = {}): SearchReport {
  return { folders: ['work'], files: 12, skipped: nothingSkipped, ...facts };
}

/** What a search of one folder has found. */
export function foundReferences(
  references: readonly CodeReference[],
  report: Partial<SearchReport> = {},
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
  return { named, bare, report: reportOf(report) };
}

/** What a search has read if no folder and no editor is open. */
export const nothingOpen: Partial<SearchReport> = { folders: [], files: 0 };

interface WaitingSearch {
  readonly end: (references: readonly CodeReference[]) => void;
  readonly fail: (error: unknown) => void;
}

/** A workspace whose searches end when the test says so, or at once with what is in {@link references}. */
export class FakeReferenceSource implements ReferenceSource {
  /** What every search finds at once; `undefined`: it waits. */
  references: readonly CodeReference[] | undefined;
  report: Partial<SearchReport>;
  /** What happens before a search ends. */
  before: ((signal: AbortSignal) => Promise<void>) | undefined;
  /** The searches that wait, in the order in which they began. */
  readonly waiting: WaitingSearch[] = [];
  /** The repositories of every search. */
  readonly asked: (readonly string[])[] = [];
  /** Searches that read everything again. */
  thorough = 0;
  readonly #listeners = new Set<() => void>();

  constructor(references?: readonly CodeReference[], report: Partial<SearchReport> = {}) {
    this.references = references;
    this.report = report;
  }

  get searches(): number {
    return this.asked.length;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  async search(
    repositories: readonly RepositoryRef[],
    signal: AbortSignal,
    { isThorough = false }: SearchOptions = {},
  ): Promise<FoundReferences> {
    this.asked.push(repositories.map(formatRepository));
    this.thorough += isThorough ? 1 : 0;
    signal.throwIfAborted();
    if (this.before !== undefined) {
      await this.before(signal);
      signal.throwIfAborted();
    }
    return this.references === undefined ? this.#wait(signal) : foundReferences(this.references, this.report);
  }

  onDidChange(listener: () => void): { dispose(): void } {
    const own = () => {
      listener();
    };
    this.#listeners.add(own);
    return { dispose: () => void this.#listeners.delete(own) };
  }

  /** Lets files have changed. */
  change(references = this.references): void {
    this.references = references;
    [...this.#listeners].forEach((listener) => {
      listener();
    });
  }

  #wait(signal: AbortSignal): Promise<FoundReferences> {
    return new Promise((resolve, reject) => {
      this.waiting.push({
        end: (references) => {
          resolve(foundReferences(references, this.report));
        },
        fail: reject,
      });
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
    });
  }
}
