declare const brand: unique symbol;

/** Name of a user or organization: lower-case letters and digits, separated by `.`, `_` or `-`. */
export type NamespaceName = string & { readonly [brand]: 'NamespaceName' };

/** Name of a repository without its namespace: `api` of `acme/api`. */
export type RepositoryName = string & { readonly [brand]: 'RepositoryName' };

/** Identifies a repository by namespace and name. */
export interface RepositoryRef {
  readonly namespace: NamespaceName;
  readonly name: RepositoryName;
}

const namespacePattern = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*$/;
const namespaceLimit = 255;

const repositoryPattern = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const repositoryLimit = 255;

const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/**
 * Checks the name of a namespace.
 *
 * @throws {RangeError} The message says what is wrong and is shown to the user.
 */
export function parseNamespaceName(text: string): NamespaceName {
  if (text.length === 0) {
    throw new RangeError('a namespace has at least one character');
  }
  if (text.length > namespaceLimit) {
    throw new RangeError(`a namespace has at most ${namespaceLimit} characters`);
  }
  if (!namespacePattern.test(text)) {
    throw new RangeError('a namespace has lower-case letters and digits, with single . _ or - between them');
  }
  return text as NamespaceName; // only here and in parseRepositoryName below
}

/**
 * Checks the name of a repository, without its namespace.
 *
 * @throws {RangeError} The message says what is wrong and is shown to the user.
 */
export function parseRepositoryName(text: string): RepositoryName {
  if (text.length < 1) {
    throw new RangeError('a repository name has at least one character');
  }
  if (text.length > repositoryLimit) {
    throw new RangeError(`a repository name has at most ${repositoryLimit} characters`);
  }
  if (!repositoryPattern.test(text)) {
    throw new RangeError('a repository name has lower-case letters and digits, with . _ or - between them');
  }
  return text as RepositoryName;
}

/**
 * Parses a repository written as `namespace/name`.
 *
 * @throws {RangeError} The message says what is wrong and is shown to the user.
 */
export function parseRepositoryRef(text: string): RepositoryRef {
  const parts = text.split('/');
  const [namespace, name] = parts;
  if (parts.length !== 2 || namespace === undefined || name === undefined) {
    throw new RangeError('expected namespace/name, such as acme/api');
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

/** Whether both have the same namespace and name. Names are lower case, so case does not matter. */
export function isSameRepository(a: RepositoryRef, b: RepositoryRef): boolean {
  return a.namespace === b.namespace && a.name === b.name;
}
