import type { Digest } from '../digest';
import type { ImageApi } from '../imageApi';
import { type ListingApi, readInventory } from '../listing/inventory';
import { partsOf } from '../model';
import { formatRepository, type RepositoryRef } from '../names';

/** An image whose existence is in question. */
export interface QuestionedImage {
  readonly repository: RepositoryRef;
  readonly digest: Digest;
}

/** How to list repositories after a deletion. */
export interface VerificationOptions {
  readonly api: ListingApi & Pick<ImageApi, 'existing'>;
  /** Sent with the listing, as in the plan. */
  readonly activeFrom: Date;
  /** Number of images on one page. */
  readonly pageSize: number;
  /** Cancels the listing; images that are not listed by then are unconfirmed. */
  readonly signal?: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** Which images exist after a deletion, as far as that is proved. */
export class Verification {
  /** By full repository name. Images that are missing in an entry are not known. */
  readonly #existing = new Map<string, (digest: Digest) => boolean | undefined>();

  /**
   * Reads the repositories of the images, one after the other. Never rejects: images of a repository that cannot be
   * read are unconfirmed.
   */
  static async of(images: Iterable<QuestionedImage>, options: VerificationOptions): Promise<Verification> {
    const verification = new Verification();
    const groups = new Map<string, { readonly repository: RepositoryRef; readonly digests: Set<Digest> }>();
    for (const { repository, digest } of images) {
      const name = formatRepository(repository);
      const group = groups.get(name) ?? { repository, digests: new Set() };
      groups.set(name, group);
      group.digests.add(digest);
    }
    for (const { repository, digests } of groups.values()) {
      await verification.#verify(repository, [...digests], options);
    }
    return verification;
  }

  /** Whether the image exists; `undefined` if neither is proved. */
  exists(repository: RepositoryRef, digest: Digest): boolean | undefined {
    return this.#existing.get(formatRepository(repository))?.(digest);
  }

  async #verify(
    repository: RepositoryRef,
    digests: readonly Digest[],
    options: VerificationOptions,
  ): Promise<void> {
    const { api } = options;
    try {
      const found = await api.existing?.(repository, digests, options);
      this.#existing.set(
        formatRepository(repository),
        found === undefined ? await listedIn(repository, options) : (digest) => found.get(digest),
      );
    } catch {
      return; // the outcome is "unconfirmed", whatever the reason
    }
  }
}

/** Lists the repository in full, so that an image exists if, and only if, it is listed. */
async function listedIn(
  repository: RepositoryRef,
  options: VerificationOptions,
): Promise<(digest: Digest) => boolean> {
  const { images } = await readInventory(options.api, repository, {
    ...options,
    completenessCheck: 'imageCount',
  });
  const listed = new Set(
    images.flatMap((image) => [image.digest, ...partsOf(image).map(({ digest }) => digest)]),
  );
  return (digest) => listed.has(digest);
}
