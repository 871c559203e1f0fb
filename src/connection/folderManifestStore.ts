import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { isDigest, type Digest } from '../hub/digest';
import { formatRepository, type RepositoryRef } from '../hub/names';
import type { ManifestStore, StoredManifest, StoredManifests } from '../hub/registry/manifestStore';

const digest = v.custom<Digest>((value) => typeof value === 'string' && isDigest(value));
const instant = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.transform((text) => new Date(text)),
);
const part = v.object({
  digest,
  platforms: v.array(v.string()),
  isAttestation: v.boolean(),
  sizeBytes: v.optional(v.number()),
});
const manifest = v.object({
  mediaType: v.string(),
  parts: v.optional(v.array(part)),
  subject: v.optional(v.nullable(digest)),
  ownRead: v.optional(v.object({ at: instant, pulledBefore: v.optional(instant) })),
});
/** Version 1 also had contents that only a list had shown, so it is not read. */
const file = v.object({ version: v.literal(2), manifests: v.array(v.tuple([digest, manifest])) });

/** Stores what a registry said about manifests in a folder, in one file for each repository. Nothing in it is secret. */
export class FolderManifestStore implements ManifestStore {
  readonly #folder: string;
  readonly #origin: string;

  /** Creates the store of an origin in a subfolder. */
  static below(storage: string): (origin: string) => FolderManifestStore {
    return (origin) => new FolderManifestStore(join(storage, 'manifests'), origin);
  }

  /** @param origin Of the server: the same name is another repository elsewhere. */
  constructor(folder: string, origin: string) {
    this.#folder = folder;
    this.#origin = origin;
  }

  async read(repository: RepositoryRef): Promise<StoredManifests> {
    try {
      const { manifests } = v.parse(file, JSON.parse(await readFile(this.#path(repository), 'utf8')));
      return new Map(manifests.map(([key, stored]) => [key, storedManifest(stored)]));
    } catch {
      return new Map(); // there is none yet, or it is damaged: then the manifests are read again
    }
  }

  /** Writes a new file that replaces the old one, so that a file is never incomplete. */
  async write(repository: RepositoryRef, manifests: StoredManifests): Promise<void> {
    const path = this.#path(repository);
    const temporary = `${path}.${randomUUID()}`;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    try {
      const content = JSON.stringify({ version: 2, manifests: [...manifests] });
      await writeFile(temporary, content, { mode: 0o600 });
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  /** Named by a hash, because not every repository name is a valid file name on every system. */
  #path(repository: RepositoryRef): string {
    const name = `${this.#origin}/${formatRepository(repository)}`;
    return join(this.#folder, `${createHash('sha256').update(name).digest('hex')}.json`);
  }
}

function storedManifest({
  mediaType,
  parts,
  subject,
  ownRead,
}: v.InferOutput<typeof manifest>): StoredManifest {
  return {
    mediaType,
    parts: parts?.map(({ sizeBytes, ...rest }) => ({ ...rest, sizeBytes })),
    subject,
    ownRead: ownRead && { at: ownRead.at, pulledBefore: ownRead.pulledBefore },
  };
}
