import type { Digest } from '../digest';
import type { RepositoryRef } from '../names';

/** What a registry tells of a manifest without handing it out. */
export interface ManifestHead {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly isIndex: boolean;
}

/** One manifest that an index names. */
export interface IndexEntry {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly size: number | undefined;
  /** Such as `linux/arm64/v8`. */
  readonly platform: string | undefined;
  readonly isAttestation: boolean;
}

/**
 * What came of the deletion of one manifest:
 *
 * - `deleted`: the registry took it away
 * - `gone`: the registry had it no more
 * - `stillReferenced`: a tag or an index that stays needs it
 * - `denied`: the account or its token may not
 * - `unsupported`: the registry deletes nothing
 * - `unconfirmed`: whether it had an effect is not known
 */
export type ManifestDeletion =
  'deleted' | 'gone' | 'stillReferenced' | 'denied' | 'unsupported' | 'unconfirmed';

/** The registry beside the Hub, which holds the manifests themselves. Every method may throw a `HubError`. */
export interface Registry {
  /** @returns `undefined` where there is no such manifest. It does not count as a pull. */
  head(repository: RepositoryRef, reference: string, signal?: AbortSignal): Promise<ManifestHead | undefined>;

  /** @returns `undefined` where there is no such manifest. Counts as a pull. */
  readIndex(
    repository: RepositoryRef,
    digest: Digest,
    signal?: AbortSignal,
  ): Promise<readonly IndexEntry[] | undefined>;

  /** Every tag, in no order. */
  listTags(repository: RepositoryRef, signal?: AbortSignal): Promise<readonly string[]>;

  /** Whether the registry grants deletion. Sends nothing that has an effect. */
  mayDelete(repository: RepositoryRef, signal?: AbortSignal): Promise<boolean>;

  /** Sent once. The signal withdraws it only while it waits to be sent. */
  deleteManifest(repository: RepositoryRef, digest: Digest, signal?: AbortSignal): Promise<ManifestDeletion>;
}
