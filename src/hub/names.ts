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
  return text as NamespaceName; // only in these parse functions
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
 * Names that a server lists may be older than today's rules. Characters that separate names in addresses, token scopes, and
 * files are not accepted, and neither is anything that could look like another name.
 */
const listedPattern = /^(?!\.{1,2}$)[A-Za-z0-9._+-]+$/;

/**
 * Checks the name of a namespace that a server lists, which may break the rules of {@link parseNamespaceName}.
 *
 * @throws {InvalidNameError} With what is wrong.
 */
export function parseListedNamespaceName(text: string): NamespaceName {
  return isListedName(text) ? (text as NamespaceName) : parseNamespaceName(text);
}

/**
 * Checks the name of a repository that a server lists, which may break the rules of {@link parseRepositoryName}.
 *
 * @throws {InvalidNameError} With what is wrong.
 */
export function parseListedRepositoryName(text: string): RepositoryName {
  return isListedName(text) ? (text as RepositoryName) : parseRepositoryName(text);
}

/**
 * As {@link parseRepositoryRef}, for a repository that a server lists.
 *
 * @throws {InvalidNameError} With what is wrong.
 */
export function parseListedRepositoryRef(text: string): RepositoryRef {
  const [namespace, name, ...others] = text.split('/');
  if (namespace === undefined || name === undefined || others.length > 0) {
    throw new InvalidNameError('notFullName');
  }
  return { namespace: parseListedNamespaceName(namespace), name: parseListedRepositoryName(name) };
}

function isListedName(text: string): boolean {
  return text.length <= nameLengthLimit && listedPattern.test(text);
}

/**
 * Whether a text stays one segment of a path when it is encoded, also for servers and proxies that decode it before they
 * look at the path.
 */
export function isPathSegment(text: string): boolean {
  return text !== '' && text !== '.' && text !== '..' && !/[/\\\p{Cc}\p{Cs}]/u.test(text);
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

/** Whether both have the same namespace and name, in the same letter case. */
export function isSameRepository(a: RepositoryRef, b: RepositoryRef): boolean {
  return a.namespace === b.namespace && a.name === b.name;
}
