import type { Digest } from '../digest';
import { type ListingApi, readInventory } from '../listing/inventory';
import { partsOf } from '../model';
import { formatRepository, type RepositoryRef } from '../names';

/** How to list repositories after a deletion. */
export interface VerificationOptions {
  readonly api: ListingApi;
  /** Sent with the listing, as in the plan. */
  readonly activeFrom: Date;
  /** Number of images on one page. */
  readonly pageSize: number;
  /** Cancels the listing; images that are not listed by then are unconfirmed. */
  readonly signal?: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** The images that repositories contain after a deletion, as far as these could be listed in full. */
export class Verification {
  readonly #listed = new Map<string, ReadonlySet<Digest>>();

  /**
   * Lists the repositories one after the other. Never rejects: images of a repository that cannot be listed are
   * unconfirmed.
   */
  static async of(
    repositories: readonly RepositoryRef[],
    options: VerificationOptions,
  ): Promise<Verification> {
    const verification = new Verification();
    for (const repository of repositories) {
      await verification.#list(repository, options);
    }
    return verification;
  }

  /** Whether the image is listed; `undefined` if its repository could not be listed in full. */
  isListed(repository: RepositoryRef, digest: Digest): boolean | undefined {
    return this.#listed.get(formatRepository(repository))?.has(digest);
  }

  async #list(repository: RepositoryRef, options: VerificationOptions): Promise<void> {
    try {
      const { images } = await readInventory(options.api, repository, {
        ...options,
        completenessCheck: 'imageCount',
      });
      this.#listed.set(
        formatRepository(repository),
        new Set(images.flatMap((image) => [image.digest, ...partsOf(image).map((part) => part.digest)])),
      );
    } catch {
      return; // the outcome is "unconfirmed", whatever the reason
    }
  }
}
