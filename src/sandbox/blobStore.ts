import { createHash, randomUUID } from 'node:crypto';

/** What an upload has so far. */
interface Upload {
  readonly name: string;
  readonly chunks: Buffer[];
  sizeBytes: number;
}

/** Layers and configurations that clients have pushed, in memory. They stay when the manifests that name them are deleted. */
export class BlobStore {
  /** By repository and digest. */
  readonly #blobs = new Map<string, Buffer>();
  readonly #uploads = new Map<string, Upload>();

  /** @param name `namespace/name` of the repository. */
  get(name: string, digest: string): Buffer | undefined {
    return this.#blobs.get(keyOf(name, digest));
  }

  /** @returns False for bytes that have another digest. */
  put(name: string, digest: string, bytes: Buffer): boolean {
    const isIntact = sha256Of(bytes) === digest;
    if (isIntact) {
      this.#blobs.set(keyOf(name, digest), bytes);
    }
    return isIntact;
  }

  /** @returns Id of a new upload. */
  begin(name: string): string {
    const id = randomUUID();
    this.#uploads.set(id, { name, chunks: [], sizeBytes: 0 });
    return id;
  }

  /** @returns Size of the upload so far; `undefined` when there is none of this id in the repository. */
  append(name: string, id: string, bytes: Buffer): number | undefined {
    const upload = this.#uploads.get(id);
    if (upload?.name !== name) {
      return undefined;
    }
    upload.chunks.push(bytes);
    upload.sizeBytes += bytes.length;
    return upload.sizeBytes;
  }

  /** Ends an upload. @returns What was uploaded; `undefined` as for {@link append}. */
  end(name: string, id: string): Buffer | undefined {
    const upload = this.#uploads.get(id);
    if (upload?.name !== name) {
      return undefined;
    }
    this.#uploads.delete(id);
    return Buffer.concat(upload.chunks);
  }
}

export function sha256Of(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

function keyOf(name: string, digest: string): string {
  return `${name}@${digest}`;
}
