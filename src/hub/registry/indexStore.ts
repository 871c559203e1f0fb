import type { Digest } from '../digest';
import type { RepositoryRef } from '../names';

/** One image of an index. A digest vouches for what is in it, so this holds for ever. */
export interface StoredPart {
  readonly digest: Digest;
  /** Such as `linux/arm64/v8`. */
  readonly platform: string | undefined;
  readonly isAttestation: boolean;
  readonly sizeBytes: number | undefined;
}

export type StoredIndexes = ReadonlyMap<Digest, readonly StoredPart[]>;

/** Remembers what belongs to the indexes of a repository, so that none has to be read from the registry twice. */
export interface IndexStore {
  /** Never rejects: what cannot be read was never known. */
  read(repository: RepositoryRef): Promise<StoredIndexes>;

  /** Replaces what is remembered of the repository. Rejects where it cannot be kept. */
  write(repository: RepositoryRef, indexes: StoredIndexes): Promise<void>;
}

/** Remembers as long as it lives. */
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
