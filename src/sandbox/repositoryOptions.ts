import type { Role } from './role';

export interface RepositoryOptions {
  readonly isPrivate?: boolean;
  readonly description?: string;
  readonly pullCount?: number;
  readonly registeredAt?: Date;
  /** Roles that differ from those in the namespace, by user name. */
  readonly roles?: Readonly<Record<string, Role>>;
  /** Tags whose entries in the listing have no digest, as the service has it for older pushes. */
  readonly tagsWithoutDigest?: readonly string[];
  /** Digests of images that the entries of their tags name without saying so. */
  readonly partsWithoutDigest?: readonly string[];
  /** Regular expressions; a tag that one of them matches as a whole cannot be deleted. */
  readonly immutableTags?: readonly string[];
  /** Media types that Docker Hub's lists report for these digests instead of the real ones; `undefined` leaves the field out. */
  readonly listedMediaTypes?: Readonly<Record<string, string | null | undefined>>;
  /** Lists that leave out the time of the last pull altogether. */
  readonly listsWithoutPulls?: readonly PullList[];
  /** Digests that are missing from `images[]` of every tag. */
  readonly unlistedParts?: readonly string[];
  /** By tag, the digests that its `images[]` reports instead of the real ones. */
  readonly listedParts?: Readonly<Record<string, readonly string[]>>;
}

/** Where Docker Hub reports last pulls: the list of manifests, the entries of tags, and `images[]` of tags. */
export type PullList = 'manifests' | 'tags' | 'parts';
