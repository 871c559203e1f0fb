import * as v from 'valibot';
import type { Digest } from '../digest';
import {
  count,
  digest,
  emptyableList,
  instant,
  object,
  pathSegment,
  reportedInstant,
  salvagedList,
  text,
  unlessUnreadable,
} from '../wireShape';

/** When something was pushed and pulled, as far as one source tells. */
export interface ListedTimes {
  readonly lastPushed: Date | undefined;
  /** `undefined` if never, if {@link reportsPulls}; otherwise not known. */
  readonly lastPulled: Date | undefined;
  /** Whether the source tells about pulls at all. A source that does not must not make an image look unused. */
  readonly reportsPulls: boolean;
}

/** One entry of the list of manifests. */
export interface ListedManifest extends ListedTimes {
  readonly digest: Digest;
  /** Tags that point at it now. */
  readonly tags: readonly string[];
  /** Empty if the list does not tell it. */
  readonly mediaType: string;
  readonly sizeBytes: number | undefined;
}

/** A manifest that is part of the image of a tag, such as one platform. */
export interface ListedPart extends ListedTimes {
  /** `undefined` if the answer lacks it, as some do. */
  readonly digest: Digest | undefined;
  /** Such as `linux/arm64/v8`. */
  readonly platform: string | undefined;
  readonly isAttestation: boolean;
  readonly sizeBytes: number | undefined;
}

/** One entry of the list of tags. */
export interface ListedTag extends ListedTimes {
  readonly name: string;
  /** Digest of the index or single image; `undefined` if the answer lacks it, as some do. */
  readonly digest: Digest | undefined;
  /** When it was last made to point at an image. */
  readonly lastUpdated: Date | undefined;
  readonly sizeBytes: number | undefined;
  /** Of what it points at; empty if the answer does not tell it. */
  readonly mediaType: string;
  /** May be incomplete, outdated, or belong to another push. */
  readonly parts: readonly ListedPart[];
}

const size = v.nullish(count);
const optionalDigest = v.nullish(digest);
const optionalText = v.nullish(text);
const manifest = v.pipe(
  object({
    manifest_digest: digest,
    tags: emptyableList(pathSegment),
    media_type: optionalText,
    last_pushed: instant,
    last_pulled: reportedInstant,
    total_size: size,
  }),
  v.transform((wire): ListedManifest => ({
    digest: wire.manifest_digest,
    tags: wire.tags,
    mediaType: wire.media_type ?? '',
    lastPushed: wire.last_pushed,
    ...pullOf(wire.last_pulled),
    sizeBytes: wire.total_size ?? undefined,
  })),
);

/** No times of an entry are kept if one of them cannot be read: the others alone could make an image look unused. */
const unknownTimes: ListedTimes = { lastPushed: undefined, lastPulled: undefined, reportsPulls: false };

/** A manifest of which at least the digest can be read. */
const partialManifest = v.pipe(
  object({
    manifest_digest: digest,
    tags: unlessUnreadable(v.array(v.unknown())),
    media_type: unlessUnreadable(text),
  }),
  v.transform((wire): ListedManifest => ({
    digest: wire.manifest_digest,
    tags: (wire.tags ?? []).filter((tag) => typeof tag === 'string'),
    mediaType: wire.media_type ?? '',
    ...unknownTimes,
    sizeBytes: undefined,
  })),
);

/**
 * One page of the list of manifests.
 *
 * @see GET /v2/namespaces/{namespace}/repositories/{repository}/manifests, which is undocumented
 */
export const inventoryAnswer = object({
  manifests: salvagedList(manifest, partialManifest),
  last_evaluated_key: v.nullish(text, ''),
});

const part = v.pipe(
  object({
    digest: optionalDigest,
    architecture: optionalText,
    os: optionalText,
    variant: optionalText,
    size,
    last_pushed: instant,
    last_pulled: reportedInstant,
  }),
  v.transform((wire): ListedPart => ({
    digest: wire.digest ?? undefined,
    platform: [wire.os, wire.architecture, wire.variant].filter(Boolean).join('/') || undefined,
    isAttestation: wire.os === 'unknown' && wire.architecture === 'unknown',
    lastPushed: wire.last_pushed,
    ...pullOf(wire.last_pulled),
    sizeBytes: wire.size ?? undefined,
  })),
);

const partDigest = object({ digest: unlessUnreadable(digest) });

/** A part of which at least the digest can be read, or not even that. */
const partialPart = v.pipe(
  v.unknown(),
  v.transform((wire): ListedPart => {
    const known = v.safeParse(part, wire, { abortEarly: true });
    const named = v.safeParse(partDigest, wire, { abortEarly: true });
    return known.success ? known.output : unknownPart(named.success ? named.output.digest : undefined);
  }),
);

function unknownPart(named: Digest | undefined): ListedPart {
  return {
    digest: named,
    platform: undefined,
    isAttestation: false,
    ...unknownTimes,
    sizeBytes: undefined,
  };
}

/**
 * An entry of the list of tags.
 *
 * @see GET /v2/namespaces/{namespace}/repositories/{repository}/tags
 */
export const tagEntry = v.pipe(
  object({
    name: pathSegment,
    digest: optionalDigest,
    media_type: optionalText,
    full_size: size,
    last_updated: instant,
    tag_last_pushed: instant,
    tag_last_pulled: reportedInstant,
    images: emptyableList(part),
  }),
  v.transform((wire): ListedTag => ({
    name: wire.name,
    digest: wire.digest ?? undefined,
    lastPushed: wire.tag_last_pushed,
    ...pullOf(wire.tag_last_pulled),
    sizeBytes: wire.full_size ?? undefined,
    mediaType: wire.media_type ?? '',
    lastUpdated: wire.last_updated,
    parts: wire.images,
  })),
);

/** A tag of which at least the name can be read. */
const partialTag = v.pipe(
  object({
    name: text,
    digest: unlessUnreadable(digest),
    media_type: unlessUnreadable(text),
    images: unlessUnreadable(v.array(partialPart)),
  }),
  v.transform((wire): ListedTag => ({
    name: wire.name,
    digest: wire.digest,
    lastUpdated: undefined,
    ...unknownTimes,
    sizeBytes: undefined,
    mediaType: wire.media_type ?? '',
    parts: wire.images ?? [],
  })),
);

/** The entries on one page of the list of tags. */
export const tagEntries = salvagedList(tagEntry, partialTag);

function pullOf(reported: { readonly at?: Date | undefined } | undefined): Omit<ListedTimes, 'lastPushed'> {
  return { lastPulled: reported?.at, reportsPulls: reported !== undefined };
}
