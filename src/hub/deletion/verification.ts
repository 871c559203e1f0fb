import type { Digest } from '../digest';
import type { ImageApi } from '../imageApi';
import { type ListingApi, readInventory } from '../listing/inventory';
import { type Image, partsOf } from '../model';
import { formatRepository, type RepositoryRef } from '../names';

/** An image whose existence is in question. */
export interface QuestionedImage {
  readonly repository: RepositoryRef;
  readonly digest: Digest;
  /** Whether the server has said that it deleted the image. */
  readonly isExpectedGone?: boolean;
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
  /** By full repository name, where the whole list was read. */
  readonly #listed = new Map<string, Listed>();
  #error: unknown;

  /**
   * Reads the repositories of the images, one after the other. Never rejects: images of a repository that cannot be
   * read are unconfirmed.
   */
  static async of(images: Iterable<QuestionedImage>, options: VerificationOptions): Promise<Verification> {
    const verification = new Verification();
    const groups = new Map<string, QuestionedGroup>();
    for (const { repository, digest, isExpectedGone = false } of images) {
      const name = formatRepository(repository);
      const group = groups.get(name) ?? { repository, digests: new Set(), expectedThere: new Set() };
      groups.set(name, group);
      group.digests.add(digest);
      if (!isExpectedGone) {
        group.expectedThere.add(digest);
      }
    }
    for (const group of groups.values()) {
      await verification.#verify(group, options);
    }
    return verification;
  }

  /** Whether the image exists; `undefined` if neither is proved. */
  exists(repository: RepositoryRef, digest: Digest): boolean | undefined {
    return this.#existing.get(formatRepository(repository))?.(digest);
  }

  /** Every image of the repository; `undefined` where the list was not read in full. */
  listedIn(repository: RepositoryRef): ReadonlySet<Digest> | undefined {
    return this.#listed.get(formatRepository(repository))?.digests;
  }

  /** The images of the last list of the repository; `undefined` where the list was not read in full. */
  imagesIn(repository: RepositoryRef): readonly Image[] | undefined {
    return this.#listed.get(formatRepository(repository))?.images;
  }

  /** Why a repository could not be read; `undefined` if all could be. */
  get error(): unknown {
    return this.#error;
  }

  async #verify(group: QuestionedGroup, options: VerificationOptions): Promise<void> {
    const { repository, digests } = group;
    const name = formatRepository(repository);
    try {
      const found = await options.api.existing?.(repository, [...digests], options);
      if (found !== undefined) {
        this.#existing.set(name, (digest) => found.get(digest));
        return;
      }
      const listed = await listedIn(group, options);
      this.#listed.set(name, listed);
      this.#existing.set(name, (digest) => listed.digests.has(digest));
    } catch (error) {
      this.#error ??= error; // the outcome is "unconfirmed", whatever the reason
    }
  }
}

/** What one or two readings of a repository have found. */
interface Listed {
  /** Of all images of any reading, and of their parts. */
  readonly digests: ReadonlySet<Digest>;
  /** Those of the last reading. */
  readonly images: readonly Image[];
}

/** The images of one repository. */
interface QuestionedGroup {
  readonly repository: RepositoryRef;
  readonly digests: Set<Digest>;
  /** Those of which the server has not said that it deleted them. */
  readonly expectedThere: Set<Digest>;
}

/**
 * Lists the repository in full, so that an image exists if, and only if, it is listed. Pages are read one after the other,
 * so an image may be on none of them if others are deleted and pushed meanwhile: then it moves to a page that was read
 * before. If one is missing although the server has not said that it deleted it, the list is read a second time.
 */
async function listedIn(
  { repository, expectedThere }: QuestionedGroup,
  options: VerificationOptions,
): Promise<Listed> {
  const first = await readListed(repository, options);
  const isSurprising = [...expectedThere].some((digest) => !first.digests.has(digest));
  if (!isSurprising || first.images.length <= options.pageSize) {
    return first;
  }
  const second = await readListed(repository, options);
  return { ...second, digests: new Set([...first.digests, ...second.digests]) };
}

async function readListed(repository: RepositoryRef, options: VerificationOptions): Promise<Listed> {
  const { images } = await readInventory(options.api, repository, {
    ...options,
    completenessCheck: 'imageCount',
  });
  const digests = new Set(
    images.flatMap((image) => [image.digest, ...partsOf(image).map(({ digest }) => digest)]),
  );
  return { digests, images };
}
