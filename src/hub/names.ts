declare const brand: unique symbol;

/** Name of the user or organisation that owns repositories. */
export type NamespaceName = string & { readonly [brand]: 'NamespaceName' };

/** Last part of a repository's name, without its namespace. */
export type RepositoryName = string & { readonly [brand]: 'RepositoryName' };

/** A repository's full name. */
export interface RepositoryRef {
  readonly namespace: NamespaceName;
  readonly name: RepositoryName;
}

const namespacePattern = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*$/;
const namespaceLimit = 255;

const repositoryPattern = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const repositoryLimit = 255;

const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;

/** @throws {RangeError} With what is wrong, in words for the person who typed it. */
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
  return text as NamespaceName; // the one place, with parseRepositoryName below, where a brand is given
}

/** @throws {RangeError} With what is wrong, in words for the person who typed it. */
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
 * `namespace/name`.
 *
 * @throws {RangeError} With what is wrong, in words for the person who typed it.
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
 * Whether a registry client takes it for a tag. What a server calls one may be anything, a command for a shell among it.
 *
 * @see the grammar of references in the distribution specification
 */
export function isTagName(text: string): boolean {
  return tagPattern.test(text);
}

/** `namespace/name`, as people and the Docker CLI write it. */
export function formatRepository(repository: RepositoryRef): string {
  return `${repository.namespace}/${repository.name}`;
}

export function isSameRepository(a: RepositoryRef, b: RepositoryRef): boolean {
  return a.namespace === b.namespace && a.name === b.name;
}
