import type { Digest } from '../digest';
import type { RepositoryRef } from '../names';

/** One manifest of an index. A digest determines the content, so this never changes. */
export interface StoredPart {
  readonly digest: Digest;
  /** Such as `linux/arm64/v8`. */
  readonly platform: string | undefined;
  readonly isAttestation: boolean;
  readonly sizeBytes: number | undefined;
}

/** Manifests of each index, by the digest of the index. */
export type StoredIndexes = ReadonlyMap<Digest, readonly StoredPart[]>;

/** Stores the contents of the indexes of a repository, so that no index is read from the registry twice. */
export interface IndexStore {
  /** Never rejects: an entry that cannot be read is missing from the result. */
  read(repository: RepositoryRef): Promise<StoredIndexes>;

  /** Replaces the stored indexes of the repository. Rejects if they cannot be written. */
  write(repository: RepositoryRef, indexes: StoredIndexes): Promise<void>;
}

/** Stores indexes in memory. */
export class MemoryIndexStore implements IndexStore {
  readonly #repositories = new Map<string, StoredIndexes>();

  read({ namespace, name }: RepositoryRef): Promise<StoredIndexes> {
    return Promise.resolve(this.#repositories.get(`${namespace}/${name}`) ?? new Map());
  }

  write({ namespace, name }: RepositoryRef, indexes: StoredIndexes): Promise<void> {
    this.#repositories.set(`${namespace}/${name}`, new Map(indexes));
    return Promise.resolve();
  }
}
