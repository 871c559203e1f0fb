declare const brand: unique symbol;

/** Name of a user or organization: lowercase letters and digits, separated by `.`, `_` or `-`. */
export type NamespaceName = string & { readonly [brand]: 'NamespaceName' };

/** Name of a repository without its namespace: `api` of `acme/api`. */
export type RepositoryName = string & { readonly [brand]: 'RepositoryName' };

/** Identifies a repository by namespace and name. */
export interface RepositoryRef {
  readonly namespace: NamespaceName;
  readonly name: RepositoryName;
}

/** Why a text is not a name. */
export type NameProblem =
  | 'namespaceEmpty'
  | 'namespaceTooLong'
  | 'namespaceCharacters'
  | 'repositoryEmpty'
  | 'repositoryTooLong'
  | 'repositoryCharacters'
  | 'notFullName';

/** A text that is not a name on Docker Hub. The message is for the log; who shows it to a person words the problem. */
export class InvalidNameError extends RangeError {
  override readonly name = 'InvalidNameError';
  readonly problem: NameProblem;

  constructor(problem: NameProblem) {
    super(`not a name: ${problem}`);
    this.problem = problem;
  }
}

const namespacePattern = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*$/;
/** Characters. */
export const nameLengthLimit = 255;
const repositoryPattern = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;

const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/**
 * Checks the name of a namespace.
 *
 * @throws {InvalidNameError} With what is wrong.
 */
export function parseNamespaceName(text: string): NamespaceName {
  if (text.length === 0) {
    throw new InvalidNameError('namespaceEmpty');
  }
  if (text.length > nameLengthLimit) {
    throw new InvalidNameError('namespaceTooLong');
  }
  if (!namespacePattern.test(text)) {
    throw new InvalidNameError('namespaceCharacters');
  }
  return text as NamespaceName; // only here and in parseRepositoryName below
}

/**
 * Checks the name of a repository, without its namespace.
 *
 * @throws {InvalidNameError} With what is wrong.
 */
export function parseRepositoryName(text: string): RepositoryName {
  if (text.length < 1) {
    throw new InvalidNameError('repositoryEmpty');
  }
  if (text.length > nameLengthLimit) {
    throw new InvalidNameError('repositoryTooLong');
  }
  if (!repositoryPattern.test(text)) {
    throw new InvalidNameError('repositoryCharacters');
  }
  return text as RepositoryName;
}

/**
 * Parses a repository written as `namespace/name`.
 *
 * @throws {InvalidNameError} With what is wrong.
 */
export function parseRepositoryRef(text: string): RepositoryRef {
  const parts = text.split('/');
  const [namespace, name] = parts;
  if (parts.length !== 2 || namespace === undefined || name === undefined) {
    throw new InvalidNameError('notFullName');
  }
  return { namespace: parseNamespaceName(namespace), name: parseRepositoryName(name) };
}

/**
 * Whether registry clients accept the text as a tag. A server may report any text as a tag, even a
 * shell command.
 *
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
 */
export function isTagName(text: string): boolean {
  return tagPattern.test(text);
}

/** Returns `namespace/name`, as the Docker CLI writes it; the inverse of {@link parseRepositoryRef}. */
export function formatRepository(repository: RepositoryRef): string {
  return `${repository.namespace}/${repository.name}`;
}

/** Whether both have the same namespace and name. Names are lowercase, so case does not matter. */
export function isSameRepository(a: RepositoryRef, b: RepositoryRef): boolean {
  return a.namespace === b.namespace && a.name === b.name;
}
