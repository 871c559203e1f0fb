import type { DeletionRight } from '../deletionRight';
import type { Digest } from '../digest';
import type { PullQuota } from '../imageApi';
import type { RepositoryRef } from '../names';
import type { ManifestKind } from './manifestKind';

/** What a registry reports about a manifest without sending its content. */
export interface ManifestHead {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly kind: ManifestKind;
}

/** One manifest that an index lists. */
export interface IndexEntry {
  readonly digest: Digest;
  /** In bytes. */
  readonly size: number | undefined;
  /** Such as `linux/arm64/v8`. */
  readonly platform: string | undefined;
  readonly isAttestation: boolean;
}

/** The content of a manifest, as far as it says how manifests belong together. */
export interface ManifestContent {
  readonly mediaType: string;
  /** The manifests of an index, in its order; a digest may be listed several times. Empty for any other manifest. */
  readonly entries: readonly IndexEntry[];
  /** The manifest that this one is attached to. */
  readonly subject: Digest | undefined;
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
export type ManifestDeletionKind =
  'deleted' | 'gone' | 'stillReferenced' | 'denied' | 'unsupported' | 'unconfirmed';

/** What became of a request to delete one manifest. */
export interface ManifestDeletion {
  readonly kind: ManifestDeletionKind;
  /** The registry's own reason, as plain text. */
  readonly reason?: string;
}

/** The registry that belongs to a Docker Hub server and stores its manifests. Every method may throw a `HubError`. */
export interface Registry {
  /**
   * Gets the digest and media type of a manifest. Does not count as a pull.
   *
   * @param reference Tag or digest.
   * @returns `undefined` if the registry says that there is no such manifest. A 404 that is not about the manifest is an
   * error.
   */
  head(repository: RepositoryRef, reference: string, signal?: AbortSignal): Promise<ManifestHead | undefined>;

  /**
   * Reads a manifest. Counts as a pull.
   *
   * @returns `undefined` if there is no such manifest.
   */
  readManifest(
    repository: RepositoryRef,
    digest: Digest,
    signal?: AbortSignal,
  ): Promise<ManifestContent | undefined>;

  /**
   * Lists the manifests whose `subject` is the digest, whether the registry has that or not. It is not known whether
   * Docker Hub counts this as a pull.
   *
   * @returns `undefined` if the registry does not offer it.
   */
  referrers(
    repository: RepositoryRef,
    subject: Digest,
    signal?: AbortSignal,
  ): Promise<readonly Digest[] | undefined>;

  /** Lists every tag, in no particular order. */
  listTags(repository: RepositoryRef, signal?: AbortSignal): Promise<readonly string[]>;

  /** Whether the registry grants deletion to the account. Has no effect on the repository. */
  mayDelete(repository: RepositoryRef, signal?: AbortSignal): Promise<boolean>;

  /**
   * Why {@link mayDelete} is false, by the same token.
   *
   * @throws {HubError} The token could not be requested.
   */
  deletionRight(repository: RepositoryRef): Promise<DeletionRight>;

  /**
   * Deletes a manifest. The request is sent only once.
   *
   * @param signal Cancels it only before it is sent.
   * @throws {HubError} `unauthenticated`: it had no effect, and the next request gets a new token; `rateLimited`: it had no
   * effect.
   */
  deleteManifest(repository: RepositoryRef, digest: Digest, signal?: AbortSignal): Promise<ManifestDeletion>;

  /** The limit on pulls, as its last answer reported it; `undefined` if it did not. */
  readonly pullQuota: PullQuota | undefined;
}
