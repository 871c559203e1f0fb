import type { Digest } from '../digest';
import type { RepositoryRef } from '../names';

/** One manifest of an index. */
export interface StoredPart {
  readonly digest: Digest;
  /** Such as `linux/arm64/v8`. More than one if the index lists the manifest for several platforms. */
  readonly platforms: readonly string[];
  readonly isAttestation: boolean;
  readonly sizeBytes: number | undefined;
}

/** When this extension read a manifest, which counts as a pull, and what was known about pulls before. */
export interface OwnRead {
  readonly at: Date;
  /** The last pull that the server had reported until then; `undefined` if none. */
  readonly pulledBefore: Date | undefined;
}

/** What the registry said about a manifest when it was asked for its digest. It never changes for the same digest. */
export interface StoredManifest {
  readonly mediaType: string;
  /** Manifests of an index; empty for any other manifest. `undefined` if the content was not read. */
  readonly parts: readonly StoredPart[] | undefined;
  /** `null` if it has none, `undefined` if the content was not read. */
  readonly subject: Digest | null | undefined;
  /** `undefined` if the content was not read. */
  readonly ownRead: OwnRead | undefined;
}

/** What the registry said about the manifests of a repository, by digest. */
export type StoredManifests = ReadonlyMap<Digest, StoredManifest>;

/** Stores what the registry said about manifests, so that nothing is read from it twice. */
export interface ManifestStore {
  /** Never rejects: an entry that cannot be read is missing from the result. */
  read(repository: RepositoryRef): Promise<StoredManifests>;

  /** Replaces the stored manifests of the repository. Rejects if they cannot be written. */
  write(repository: RepositoryRef, manifests: StoredManifests): Promise<void>;
}

/** Stores manifests in memory. */
export class MemoryManifestStore implements ManifestStore {
  readonly #repositories = new Map<string, StoredManifests>();

  read({ namespace, name }: RepositoryRef): Promise<StoredManifests> {
    return Promise.resolve(this.#repositories.get(`${namespace}/${name}`) ?? new Map());
  }

  write({ namespace, name }: RepositoryRef, manifests: StoredManifests): Promise<void> {
    this.#repositories.set(`${namespace}/${name}`, new Map(manifests));
    return Promise.resolve();
  }
}
