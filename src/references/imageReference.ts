import type { Digest } from '../hub/digest';
import { isTagName, nameLengthLimit } from '../hub/names';

/** Stands in a text for what is not known, such as the value of a variable. It occurs in no reference. */
export const unknownPart = '\0';

/** The image that a text names, in the same form however it is written. */
export interface ImageName {
  /** `unknown` if a variable decides. */
  readonly registry: 'dockerHub' | 'other' | 'unknown';
  /** `namespace/name` on Docker Hub, with `library/` written out; on another registry its path there. */
  readonly repository: string;
  /** `undefined` if there is none, or if it is not known. */
  readonly tag: string | undefined;
  readonly digest: Digest | undefined;
  /** Whether more follows the name that is not known. */
  readonly isOpen: boolean;
}

const schemes = ['docker://', 'oci://', 'docker-image://'];
/**
 * What tools and keys put before a name, such as `registry:` or `docker-daemon:`. What follows a host is a port, and a name with
 * a tag has no slash behind it.
 */
const prefixPattern =
  /^(?:(?!git|gh:|bitbucket:|gist:)[A-Za-z][A-Za-z0-9_+-]{0,100}:)+(?!\d+\/)(?=[^/:@]{1,300}\/)/;
/** The same before a scheme, as in `ostree-image-signed:docker://`. */
const outerPattern = /^(?:[A-Za-z][A-Za-z0-9_+-]{0,100}:){1,4}(?=(?:docker|oci|docker-image):\/\/)/;
const dockerHubHosts = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
]);
const namePattern = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*$/;
const pinPattern = /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-f]{32,128}$/;

/** Characters of a host, a name, a tag, and a digest together, with room for what stands between them. */
export const referenceLengthLimit = 1_000;

/** Returns the number of characters of a scheme that names images, such as `docker://`; 0 if there is none. */
export function schemeLength(text: string): number {
  const outer = outerPattern.exec(text)?.[0].length ?? 0;
  const scheme = schemes.find((known) => text.startsWith(known, outer));
  return scheme === undefined ? 0 : outer + scheme.length;
}

/** As {@link schemeLength}, with what else may stand before a name, such as `registry:`. */
export function prefixLength(text: string): number {
  return schemeLength(text) || (prefixPattern.exec(text)?.[0].length ?? 0);
}

/**
 * Reads a reference to an image as Docker does.
 *
 * @param text May contain {@link unknownPart}.
 * @returns `undefined` if it names no image, or one whose repository is not known.
 * @see https://github.com/distribution/reference
 */
export function parseImageReference(text: string): ImageName | undefined {
  if (text.length > referenceLengthLimit) return undefined;
  const reference = text.slice(prefixLength(text));
  const [named, pin] = splitAt(reference, reference.indexOf('@'));
  const [path, tag] = splitAt(named, named.indexOf(':', named.lastIndexOf('/') + 1));
  if (!isTag(tag) || !isPin(pin)) return undefined;
  // a variable right behind the name most likely holds the tag or the digest with what separates it
  const isCut = path.endsWith(unknownPart) && tag === undefined && pin === undefined;
  const repository = parsePath(isCut ? path.slice(0, -1) : path);
  if (repository === undefined) return undefined;
  return {
    ...repository,
    tag: isKnown(tag) ? tag : undefined,
    digest: isKnown(pin) ? (pin as Digest | undefined) : undefined, // the pattern above is stricter than that of digests
    isOpen: isCut || !isKnown(tag) || !isKnown(pin),
  };
}

function parsePath(path: string): Pick<ImageName, 'registry' | 'repository'> | undefined {
  const [first = '', ...rest] = path.split('/');
  if (rest.length > 0 && isHost(first)) {
    if (!dockerHubHosts.has(first.toLowerCase())) return { registry: 'other', repository: rest.join('/') };
    return named('dockerHub', rest);
  }
  if (!first.startsWith(unknownPart)) return named('dockerHub', [first, ...rest]);
  const known = first.slice(1);
  const parts = known === '' ? rest : [known, ...rest];
  // without a namespace of its own, the variable may hold it
  return parts.length === 2 ? named('unknown', parts) : undefined;
}

function named(registry: ImageName['registry'], parts: readonly string[]) {
  const [namespace = '', name = ''] = parts.length === 1 ? ['library', ...parts] : parts;
  return parts.length <= 2 && isName(namespace) && isName(name)
    ? { registry, repository: `${namespace}/${name}` }
    : undefined;
}

/** A first part that Docker takes for the host of a registry: names have neither dots, colons nor capitals there. */
function isHost(part: string): boolean {
  return /[.:A-Z]/.test(part) || part === 'localhost';
}

function isName(part: string): boolean {
  return part.length <= nameLengthLimit && namePattern.test(part);
}

function isTag(text: string | undefined): boolean {
  return !isKnown(text) || text === undefined || isTagName(text);
}

function isPin(text: string | undefined): boolean {
  return !isKnown(text) || text === undefined || pinPattern.test(text);
}

function isKnown(text: string | undefined): boolean {
  return text?.includes(unknownPart) !== true;
}

/** Both sides of the character at the index, without it. */
function splitAt(text: string, index: number): readonly [string, string | undefined] {
  return index === -1 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}
