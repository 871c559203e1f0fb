import type { Annotations, IndexEntry, Platform, SandboxManifest } from './manifest';
import { isIndexType, ociImageType, ociIndexType } from './mediaTypes';

/** What is uploaded. Whatever is left out stays as it was, where the digest is known already. */
export interface Push {
  readonly digest: string;
  /** Tags that point at the image from now on. */
  readonly tags?: readonly string[];
  /** Missing: the time is not known. */
  readonly at?: Date | undefined;
  /** Makes the image an index; children that are not there yet are pushed with it. */
  readonly children?: readonly (string | IndexEntry)[];
  readonly sizeBytes?: number;
  /** linux/amd64 unless said otherwise. */
  readonly platform?: Platform;
  /** The OCI type of an index with children, and that of an image without, unless said otherwise. */
  readonly mediaType?: string;
  /** Digest of the manifest that this one is about: makes it a referrer, whether or not that manifest is there. */
  readonly subject?: string;
  /** Kind of an artifact, such as `application/vnd.dev.cosign.artifact.sig.v1+json`. */
  readonly artifactType?: string;
  readonly annotations?: Annotations;
  /** The text whose digest it is, where there is one. */
  readonly document?: string;
}

const defaultPlatform: Platform = { os: 'linux', architecture: 'amd64' };
const defaultSizeBytes = 48_000_000;

/** The manifest as it is kept after the push, but for its tags. */
export function manifestOf(push: Push, known: SandboxManifest | undefined): SandboxManifest {
  const entries = push.children?.map(entryOf) ?? known?.entries ?? [];
  return {
    digest: push.digest,
    tagHistory: known?.tagHistory ?? [],
    lastPushed: push.at,
    lastPulled: known?.lastPulled,
    children: entries.map(({ digest }) => digest),
    entries,
    sizeBytes: push.sizeBytes ?? known?.sizeBytes ?? defaultSizeBytes,
    platform: push.platform ?? known?.platform ?? defaultPlatform,
    mediaType: push.mediaType ?? mediaTypeOf(push, known, entries.length > 0),
    subject: push.subject ?? known?.subject,
    artifactType: push.artifactType ?? known?.artifactType,
    annotations: push.annotations ?? known?.annotations,
    document: push.document ?? known?.document,
  };
}

function entryOf(child: string | IndexEntry): IndexEntry {
  return typeof child === 'string' ? { digest: child } : child;
}

/** An image that is pushed again with children becomes an index. */
function mediaTypeOf({ children }: Push, known: SandboxManifest | undefined, isIndex: boolean): string {
  const staysAsItWas =
    known !== undefined && (children === undefined || isIndexType(known.mediaType) === isIndex);
  return staysAsItWas ? known.mediaType : isIndex ? ociIndexType : ociImageType;
}
