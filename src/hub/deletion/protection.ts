import { formatRepository, type RepositoryRef } from '../names';
import { globOf, isGlob } from './glob';

/** What must never be deleted: `namespace/name` or `namespace/name:tag`, both with globs. */
export type ProtectionPattern = string;

interface Matcher {
  readonly pattern: ProtectionPattern;
  readonly isRepositoryMatch: (fullName: string) => boolean;
  /** `undefined`: every image of the repository. */
  readonly isTagMatch: ((tag: string) => boolean) | undefined;
}

/** The images that must never be deleted, whatever is accepted. */
export class Protection {
  static readonly none = new Protection([]);
  static readonly everything = new Protection(['**']);

  readonly patterns: readonly ProtectionPattern[];
  readonly #matchers: readonly Matcher[];

  /** @throws {RangeError} A pattern is not a {@link isCompletePattern complete} one, so that it would protect nothing. */
  constructor(patterns: readonly ProtectionPattern[]) {
    this.patterns = [...new Set(patterns)];
    const incomplete = this.patterns.find((pattern) => !isCompletePattern(pattern));
    if (incomplete !== undefined) {
      throw new RangeError(`not a complete pattern: ${incomplete}`);
    }
    this.#matchers = this.patterns.map(matcherOf);
  }

  /** Whether an image with these current tags must not be deleted. */
  protects(repository: RepositoryRef, tags: readonly string[]): boolean {
    const fullName = formatRepository(repository);
    return this.#matchers.some(
      ({ isRepositoryMatch, isTagMatch }) =>
        isRepositoryMatch(fullName) && (isTagMatch === undefined || tags.some(isTagMatch)),
    );
  }

  /**
   * Returns the patterns that protect nothing in the repository, for example because they are misspelled.
   *
   * @param tags All current tags of the repository.
   */
  unmatched(repository: RepositoryRef, tags: readonly string[]): readonly ProtectionPattern[] {
    const fullName = formatRepository(repository);
    return this.#matchers
      .filter(
        ({ isRepositoryMatch, isTagMatch }) =>
          !isRepositoryMatch(fullName) || (isTagMatch !== undefined && !tags.some(isTagMatch)),
      )
      .map(({ pattern }) => pattern);
  }
}

/** Whether the globs of the pattern can be compiled: `acme/[z-a]` and `acme/{a,b` cannot. */
export function isCompletePattern(pattern: ProtectionPattern): boolean {
  return pattern.split(':').every(isGlob);
}

function matcherOf(pattern: ProtectionPattern): Matcher {
  const [repository = '', ...tag] = pattern.split(':');
  return {
    pattern,
    isRepositoryMatch: globOf(repository),
    isTagMatch: tag.length === 0 ? undefined : globOf(tag.join(':')),
  };
}
