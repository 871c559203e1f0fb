import { parseImageReference, unknownPart } from '../imageReference';
import { type DataMap, type DataScalar, scalarAt } from './dataNode';
import { meaningOf } from './meaning';
import type { Interest } from '../reference';
import type { JoinedReference, Range } from './structure';
import { expand, type Lookup } from './variables';

/** An image whose parts are values of one map. */
export interface JoinedImage {
  readonly reference: JoinedReference | undefined;
  /** The values with its parts, which are no references of their own. */
  readonly claimed: readonly Range[];
}

const tagKeys = ['tag', 'imageTag', 'image_tag', 'newTag'] as const;
const digestKeys = ['digest', 'imageDigest', 'sha256', 'sha'] as const;
const registryKeys = ['registry', 'imageRegistry', 'image_registry'] as const;

/** Keys that are read here. */
export const joinedKeys: ReadonlySet<string> = new Set([
  ...tagKeys,
  'version',
  ...digestKeys,
  ...registryKeys,
  'repository',
  'image',
  'name',
  'newName',
]);

/** The values that make up one image. */
interface Parts {
  readonly name: DataScalar;
  /** The whole name, if it is put together. */
  readonly path: string;
  readonly tag: DataScalar | undefined;
  readonly digest: DataScalar | undefined;
  /** Without a tag, whether it is set elsewhere; otherwise it is `latest`. */
  readonly isTagElsewhere: boolean;
  /** The name that another one replaces. */
  readonly replaced?: DataScalar | undefined;
}

/**
 * Reads the values of Helm, Kustomize, and the charts that Helm gets from a registry.
 *
 * @param key That of the map.
 */
export function joinImage(
  map: DataMap,
  key: string,
  lookup: Lookup,
  interest: Interest,
): JoinedImage | undefined {
  const parts = kustomizeParts(map) ?? chartParts(map) ?? helmParts(map, key) ?? imageParts(map, key);
  if (parts === undefined) return undefined;
  const { name, tag, digest, replaced } = parts;
  const { text, isDefault } = expand(fullName(parts), lookup);
  const image = parseImageReference(text);
  const usage = parts.isTagElsewhere ? 'text' : 'use';
  const meaning = image && meaningOf(image, usage, isDefault, interest);
  // what cannot be read is left to be found by its name
  if (image === undefined && replaced === undefined) return undefined;
  return {
    reference: meaning && { ...meaning, ...inside(name) },
    claimed: [name, tag, digest, replaced].filter((part) => part !== undefined),
  };
}

/** An entry of `images` in a kustomization. Without a new name or tag it changes nothing. */
function kustomizeParts(map: DataMap): Parts | undefined {
  const name = scalarAt(map, 'name');
  const newName = scalarAt(map, 'newName');
  const tag = scalarAt(map, 'newTag');
  const digest = scalarAt(map, 'digest');
  const used = newName ?? name;
  if (used === undefined || name === undefined || (newName ?? tag ?? digest) === undefined) return undefined;
  if (newName === undefined && tag === undefined && scalarAt(map, 'tag', 'repository', 'image') !== undefined)
    return undefined;
  return {
    name: used,
    path: used.value,
    tag: digest === undefined ? tag : undefined,
    digest,
    isTagElsewhere: true,
    replaced: newName === undefined ? undefined : name,
  };
}

/** A chart that is stored as an image. */
function chartParts(map: DataMap): Parts | undefined {
  const repository = scalarAt(map, 'repository');
  const chart = scalarAt(map, 'name');
  if (chart === undefined || repository?.value.startsWith('oci://') !== true) return undefined;
  const path = `${repository.value.replace(/\/$/, '')}/${chart.value}`;
  const version = scalarAt(map, 'version');
  const tag = version && { ...version, value: isRange(version.value) ? unknownPart : version.value };
  return { name: repository, path, tag, digest: undefined, isTagElsewhere: true };
}

function helmParts(map: DataMap, key: string): Parts | undefined {
  const name = scalarAt(map, 'repository');
  if (name === undefined) return undefined;
  const registry = scalarAt(map, ...registryKeys)?.value.replace(/\/$/, '') ?? '';
  const isPut = registry !== '' && !name.value.startsWith(`${registry}/`);
  return {
    name,
    path: isPut ? `${registry}/${name.value}` : name.value,
    tag: scalarAt(map, ...tagKeys) ?? versionAt(map, key),
    digest: digestAt(map, ...digestKeys),
    isTagElsewhere: true,
  };
}

/** A name with a tag of its own beside it. */
function imageParts(map: DataMap, key: string): Parts | undefined {
  const named = scalarAt(map, 'name');
  const name = scalarAt(map, 'image') ?? (named?.value.includes('/') === true ? named : undefined);
  const tag =
    scalarAt(map, 'tag', 'imageTag', 'image_tag') ?? (/image/i.test(key) ? versionAt(map, key) : undefined);
  const digest = digestAt(map, 'digest', 'imageDigest');
  if (name === undefined || (tag ?? digest) === undefined) return undefined;
  const registry = scalarAt(map, ...registryKeys)?.value.replace(/\/$/, '') ?? '';
  return {
    name,
    path: registry === '' ? name.value : `${registry}/${name.value}`,
    tag,
    digest,
    isTagElsewhere: false,
  };
}

/** The version of an image is its tag; that of anything else may be only similar to it. */
function versionAt(map: DataMap, key: string): DataScalar | undefined {
  const isOfImage =
    /image/i.test(key) || scalarAt(map, ...registryKeys, 'digest', 'pullPolicy') !== undefined;
  return isOfImage ? scalarAt(map, 'version') : undefined;
}

/** Without what is none, such as a commit. */
function digestAt(map: DataMap, ...keys: readonly string[]): DataScalar | undefined {
  const digest = scalarAt(map, ...keys);
  const isDigest = digest !== undefined && /^(?:[a-z0-9]+:)?[0-9a-f]{64}$|[${}]/.test(digest.value);
  return isDigest ? digest : undefined;
}

function fullName({ path, tag, digest }: Parts): string {
  const hasTag = /:[^/]*$/.test(path) || path.includes('@');
  const named = tag === undefined || hasTag ? path : `${path}:${tag.value}`;
  if (digest === undefined || path.includes('@')) return named;
  const pin = /^[0-9a-f]{64}$/.test(digest.value) ? `sha256:${digest.value}` : digest.value;
  return `${named}@${pin}`;
}

/** Whether several versions of a chart fit, such as with `~1.2`. */
function isRange(version: string): boolean {
  return /[\s^~<>=|*]|\bx\b/i.test(version);
}

/** Without quotation marks. */
function inside({ start, end, value }: DataScalar): Range {
  const isQuoted = end - start === value.length + 2;
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}
