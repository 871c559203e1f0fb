import type {
  CodeReference,
  FoundReferences,
  ReferenceSource,
  SearchReport,
} from '../../src/hub/codeReferences';
import type { Digest } from '../../src/hub/digest';

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
  return { named, bare, report: { folders: ['work'], files: 12, skipped: nothingSkipped, ...report } };
}

interface WaitingSearch {
  readonly end: (references: readonly CodeReference[]) => void;
  readonly fail: (error: unknown) => void;
}

/** A workspace whose searches end when the test says so, or at once with what is in {@link references}. */
export class FakeReferenceSource implements ReferenceSource {
  /** What every search finds at once; `undefined`: it waits. */
  references: readonly CodeReference[] | undefined;
  /** The searches that wait, in the order in which they began. */
  readonly waiting: WaitingSearch[] = [];
  searches = 0;
  readonly #listeners = new Set<() => void>();

  constructor(references?: readonly CodeReference[]) {
    this.references = references;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  search(_repositories: unknown, signal: AbortSignal): Promise<FoundReferences> {
    this.searches += 1;
    if (signal.aborted) {
      return Promise.reject(signal.reason as Error);
    }
    if (this.references !== undefined) {
      return Promise.resolve(foundReferences(this.references));
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({
        end: (references) => {
          resolve(foundReferences(references));
        },
        fail: reject,
      });
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
    });
  }

  onDidChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  /** Lets files have changed. */
  change(references = this.references): void {
    this.references = references;
    this.#listeners.forEach((listener) => {
      listener();
    });
  }
}
