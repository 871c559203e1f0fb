import type { Annotations, IndexEntry, Platform } from './manifest';
import { dockerImageType, isIndexType, ociImageType } from './mediaTypes';
import type { Push } from './push';

/** What a client has pushed as a manifest. */
export interface UploadedManifest {
  readonly push: Omit<Push, 'digest'>;
  /** Digests of the configuration and the layers of an image. */
  readonly blobs: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a manifest of one of the four types that registries take.
 *
 * @param configOf The configuration that the manifest names, as far as it has been uploaded.
 * @returns `undefined` for anything else.
 */
export function readManifest(
  bytes: Buffer,
  mediaType: string,
  configOf: (digest: string) => Buffer | undefined,
): UploadedManifest | undefined {
  const document = bytes.toString();
  const fields = parseFields(document);
  const isIndex = isIndexType(mediaType);
  if (
    fields?.['schemaVersion'] !== 2 ||
    !(isIndex || mediaType === ociImageType || mediaType === dockerImageType) ||
    (fields['mediaType'] ?? mediaType) !== mediaType ||
    !Buffer.from(document).equals(bytes)
  ) {
    return undefined;
  }
  const common = { document, mediaType, ...referenceOf(fields) };
  return isIndex ? readIndex(fields, common) : readImage(fields, common, configOf);
}

function readIndex(fields: Fields, common: Omit<Push, 'digest'>): UploadedManifest | undefined {
  const children = listOf(fields['manifests'])?.map(entryOf);
  return children?.every((entry) => entry !== undefined)
    ? { push: { ...common, children, sizeBytes: common.document?.length ?? 0 }, blobs: [] }
    : undefined;
}

function readImage(
  fields: Fields,
  common: Omit<Push, 'digest'>,
  configOf: (digest: string) => Buffer | undefined,
): UploadedManifest | undefined {
  const config = asFields(fields['config']);
  const layers = listOf(fields['layers']);
  const parts = [config, ...(layers ?? [])];
  const blobs = parts.flatMap((part) => textOf(part?.['digest']) ?? []);
  if (layers === undefined || blobs.length < parts.length) {
    return undefined;
  }
  const platform = platformOf(parseFields(configOf(blobs[0] ?? '')?.toString() ?? ''));
  // a referrer without a type of its own is of the type of its configuration
  const artifactType = common.artifactType ?? textOf(config?.['mediaType']);
  const push = {
    ...common,
    ...(artifactType !== undefined && { artifactType }),
    ...(platform !== undefined && { platform }),
    sizeBytes: parts.reduce((sum, part) => sum + sizeOf(part), 0),
  };
  return { push, blobs };
}

function referenceOf(fields: Fields): Pick<Push, 'subject' | 'artifactType' | 'annotations'> {
  const subject = textOf(asFields(fields['subject'])?.['digest']);
  const artifactType = textOf(fields['artifactType']);
  const annotations = annotationsOf(fields['annotations']);
  return {
    ...(subject !== undefined && { subject }),
    ...(artifactType !== undefined && { artifactType }),
    ...(annotations !== undefined && { annotations }),
  };
}

function entryOf(fields: Fields): IndexEntry | undefined {
  const digest = textOf(fields['digest']);
  const platform = platformOf(asFields(fields['platform']));
  const annotations = annotationsOf(fields['annotations']);
  return digest === undefined
    ? undefined
    : { digest, ...(platform && { platform }), ...(annotations && { annotations }) };
}

function platformOf(fields: Fields | undefined): Platform | undefined {
  const [os, architecture, variant] = ['os', 'architecture', 'variant'].map((name) => textOf(fields?.[name]));
  return os === undefined || architecture === undefined
    ? undefined
    : { os, architecture, ...(variant !== undefined && { variant }) };
}

function annotationsOf(value: unknown): Annotations | undefined {
  const entries = Object.entries(asFields(value) ?? {}).flatMap(([name, text]) =>
    typeof text === 'string' ? [[name, text] as const] : [],
  );
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function sizeOf(part: Fields | undefined): number {
  const size = part?.['size'];
  return typeof size === 'number' ? size : 0;
}

function listOf(value: unknown): readonly Fields[] | undefined {
  return Array.isArray(value) ? value.map((item) => asFields(item) ?? {}) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function parseFields(text: string): Fields | undefined {
  try {
    return asFields(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function asFields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
