import type { Digest } from '../digest';
import type { RepositoryRef } from '../names';

/** What a registry reports about a manifest without sending its content. */
export interface ManifestHead {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly isIndex: boolean;
}

/** One manifest that an index lists. */
export interface IndexEntry {
  readonly digest: Digest;
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number | undefined;
  /** Such as `linux/arm64/v8`. */
  readonly platform: string | undefined;
  readonly isAttestation: boolean;
}

/**
 * The result of deleting one manifest:
 *
 * - `deleted`: the registry deleted it
 * - `gone`: the registry no longer had it
 * - `stillReferenced`: a tag or an index refers to it
 * - `denied`: the account or its token lacks the permission
 * - `unsupported`: the registry does not support deletion
 * - `unconfirmed`: it is not known whether the request had an effect
 */
export type ManifestDeletion =
  'deleted' | 'gone' | 'stillReferenced' | 'denied' | 'unsupported' | 'unconfirmed';

/** The registry that belongs to a Docker Hub server and stores its manifests. Every method may throw a `HubError`. */
export interface Registry {
  /**
   * Gets the digest and media type of a manifest. Does not count as a pull.
   *
   * @param reference Tag or digest.
   * @returns `undefined` if there is no such manifest.
   */
  head(repository: RepositoryRef, reference: string, signal?: AbortSignal): Promise<ManifestHead | undefined>;

  /**
   * Reads the manifests of an index. Counts as a pull.
   *
   * @returns `undefined` if there is no such index.
   */
  readIndex(
    repository: RepositoryRef,
    digest: Digest,
    signal?: AbortSignal,
  ): Promise<readonly IndexEntry[] | undefined>;

  /** Lists every tag, in no particular order. */
  listTags(repository: RepositoryRef, signal?: AbortSignal): Promise<readonly string[]>;

  /** Whether the registry grants deletion to the account. Has no effect on the repository. */
  mayDelete(repository: RepositoryRef, signal?: AbortSignal): Promise<boolean>;

  /** Deletes a manifest. The request is sent only once; the signal cancels it only before it is sent. */
  deleteManifest(repository: RepositoryRef, digest: Digest, signal?: AbortSignal): Promise<ManifestDeletion>;
}
