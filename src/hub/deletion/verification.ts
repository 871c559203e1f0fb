import type { Digest } from '../digest';
import { type ListingApi, readInventory } from '../listing/inventory';
import { partsOf } from '../model';
import { formatRepository, type RepositoryRef } from '../names';

export interface VerificationOptions {
  readonly api: ListingApi;
  readonly activeFrom: Date;
  readonly pageSize: number;
  /** Gives up; what is not listed by then stays undecided. */
  readonly signal?: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** What repositories hold now, as far as they could be listed in full. */
export class Verification {
  readonly #listed = new Map<string, ReadonlySet<Digest>>();

  /** Lists the repositories again. One that cannot be listed in full leaves its images undecided; nothing is thrown. */
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

  /** Whether the image is listed now; `undefined` where that could not be found out. */
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
      return; // "unconfirmed" says all there is to say, whatever the reason
    }
  }
}
