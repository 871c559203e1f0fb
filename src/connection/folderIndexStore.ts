import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { isDigest, type Digest } from '../hub/digest';
import { formatRepository, type RepositoryRef } from '../hub/names';
import type { IndexStore, StoredIndexes, StoredPart } from '../hub/registry/indexStore';

const digest = v.custom<Digest>((value) => typeof value === 'string' && isDigest(value));
const part = v.object({
  digest,
  platform: v.optional(v.string()),
  isAttestation: v.boolean(),
  sizeBytes: v.optional(v.number()),
});
const file = v.object({ version: v.literal(1), indexes: v.array(v.tuple([digest, v.array(part)])) });

/** Remembers indexes in a folder of this machine, a file for each repository. Nothing in it is a secret. */
export class FolderIndexStore implements IndexStore {
  readonly #folder: string;
  readonly #origin: string;

  /** Makes the store of an origin in a subfolder of `indexes`. */
  static below(storage: string): (origin: string) => FolderIndexStore {
    return (origin) => new FolderIndexStore(join(storage, 'indexes'), origin);
  }

  /** @param origin Of the server: the same name is another repository elsewhere. */
  constructor(folder: string, origin: string) {
    this.#folder = folder;
    this.#origin = origin;
  }

  async read(repository: RepositoryRef): Promise<StoredIndexes> {
    try {
      const { indexes } = v.parse(file, JSON.parse(await readFile(this.#path(repository), 'utf8')));
      return new Map(indexes.map(([index, parts]) => [index, parts.map(storedPart)]));
    } catch {
      return new Map(); // none yet, or damaged: then the indexes are read anew
    }
  }

  /** Half a file is never left: it is written beside the old one and takes its place. */
  async write(repository: RepositoryRef, indexes: StoredIndexes): Promise<void> {
    const path = this.#path(repository);
    const beside = `${path}.${randomUUID()}`;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    try {
      await writeFile(beside, JSON.stringify({ version: 1, indexes: [...indexes] }), { mode: 0o600 });
      await rename(beside, path);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  }

  /** By a hash: not every name of a repository can be that of a file everywhere. */
  #path(repository: RepositoryRef): string {
    const name = `${this.#origin}/${formatRepository(repository)}`;
    return join(this.#folder, `${createHash('sha256').update(name).digest('hex')}.json`);
  }
}

function storedPart({ platform, sizeBytes, ...rest }: v.InferOutput<typeof part>): StoredPart {
  return { ...rest, platform, sizeBytes };
}
