import * as v from 'valibot';
import type { Digest } from '../digest';
import { count, digest, emptyableList, instant, list, object, text } from '../wireShape';

/** One entry of the list of manifests. */
export interface ListedManifest {
  readonly digest: Digest;
  /** Tags that point at it now. */
  readonly tags: readonly string[];
  /** Whether its media type is that of an index. */
  readonly isIndex: boolean;
  readonly lastPushed: Date | undefined;
  readonly lastPulled: Date | undefined;
  readonly sizeBytes: number | undefined;
}

/** A manifest that is part of the image of a tag, such as one platform. */
export interface ListedPart {
  /** `undefined` if the answer lacks it, as some do. */
  readonly digest: Digest | undefined;
  /** Such as `linux/arm64/v8`. */
  readonly platform: string | undefined;
  readonly isAttestation: boolean;
  readonly lastPushed: Date | undefined;
  readonly lastPulled: Date | undefined;
  readonly sizeBytes: number | undefined;
}

/** One entry of the list of tags. */
export interface ListedTag {
  readonly name: string;
  /** Digest of the index or single image; `undefined` if the answer lacks it, as some do. */
  readonly digest: Digest | undefined;
  readonly lastPushed: Date | undefined;
  readonly lastPulled: Date | undefined;
  readonly sizeBytes: number | undefined;
  /** Whether it points at an index, even if its parts are not listed; `undefined` if the answer does not say. */
  readonly isIndex: boolean | undefined;
  readonly parts: readonly ListedPart[];
}

const size = v.nullish(count);
const optionalDigest = v.nullish(digest);
const optionalText = v.nullish(text);

const manifest = v.pipe(
  object({
    manifest_digest: digest,
    tags: emptyableList(text),
    media_type: optionalText,
    last_pushed: instant,
    last_pulled: instant,
    total_size: size,
  }),
  v.transform((wire): ListedManifest => ({
    digest: wire.manifest_digest,
    tags: wire.tags,
    isIndex: isIndexType(wire.media_type ?? ''),
    lastPushed: wire.last_pushed,
    lastPulled: wire.last_pulled,
    sizeBytes: wire.total_size ?? undefined,
  })),
);

/**
 * One page of the list of manifests.
 *
 * @see GET /v2/namespaces/{namespace}/repositories/{repository}/manifests, which is undocumented
 */
export const inventoryAnswer = object({ manifests: list(manifest), last_evaluated_key: v.nullish(text, '') });

const part = v.pipe(
  object({
    digest: optionalDigest,
    architecture: optionalText,
    os: optionalText,
    variant: optionalText,
    size,
    last_pushed: instant,
    last_pulled: instant,
  }),
  v.transform((wire): ListedPart => ({
    digest: wire.digest ?? undefined,
    platform: [wire.os, wire.architecture, wire.variant].filter(Boolean).join('/') || undefined,
    isAttestation: wire.os === 'unknown' && wire.architecture === 'unknown',
    lastPushed: wire.last_pushed,
    lastPulled: wire.last_pulled,
    sizeBytes: wire.size ?? undefined,
  })),
);

/**
 * An entry of the list of tags.
 *
 * @see GET /v2/namespaces/{namespace}/repositories/{repository}/tags
 */
export const tagEntry = v.pipe(
  object({
    name: text,
    digest: optionalDigest,
    media_type: optionalText,
    full_size: size,
    tag_last_pushed: instant,
    tag_last_pulled: instant,
    images: emptyableList(part),
  }),
  v.transform((wire): ListedTag => ({
    name: wire.name,
    digest: wire.digest ?? undefined,
    lastPushed: wire.tag_last_pushed,
    lastPulled: wire.tag_last_pulled,
    sizeBytes: wire.full_size ?? undefined,
    isIndex: wire.media_type ? isIndexType(wire.media_type) : undefined,
    parts: wire.images,
  })),
);

/** Whether a manifest of this media type is an index. */
export function isIndexType(mediaType: string): boolean {
  return /index|manifest\.list/.test(mediaType);
}
