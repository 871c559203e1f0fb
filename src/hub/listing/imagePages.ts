import type { Digest } from '../digest';
import { isHubError } from '../errors';
import { LinkedAbort } from '../http/linkedAbort';
import type { ImageApi, ImagesPage } from '../imageApi';
import type { Image } from '../model';
import type { RepositoryRef } from '../names';
import { IncompleteInventoryError } from './incompleteInventory';
import { pagesInOrder } from './pagesInOrder';

export interface ImagePagesOptions {
  readonly activeFrom: Date;
  readonly pageSize: number;
  readonly signal?: AbortSignal | undefined;
  /** Told of each page as it arrives, in whatever order. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * The images of a repository, page by page in the order of their digests: a pull in the meantime moves an image in an
 * order by activity, never in this one. Leaving the loop gives up the pages under way.
 *
 * @throws {IncompleteInventoryError} A page contradicts those before it. What was given until then cannot be trusted.
 * @throws {HubError} A request failed.
 */
export async function* readImagePages(
  api: Pick<ImageApi, 'listImages'>,
  repository: RepositoryRef,
  { activeFrom, pageSize, signal, onProgress }: ImagePagesOptions,
): AsyncGenerator<readonly Image[], void, undefined> {
  const abort = new LinkedAbort([signal]);
  const read = (page: number) =>
    api.listImages(repository, { ordering: 'digest', activeFrom, page, pageSize }, abort.signal);
  try {
    const first = await read(1);
    const checks = new ImagePageChecks(repository, first.count, pageSize);
    let listed = first.images.length;
    onProgress?.(listed, first.count);
    const readNext = async (number: number): Promise<ImagesPage> => {
      const page = await checks.expectPage(number, read(number));
      listed += page.images.length;
      onProgress?.(listed, first.count);
      return page;
    };
    for await (const page of pagesInOrder(first, checks.pageCount, readNext)) {
      checks.check(page);
      yield page.images;
    }
  } finally {
    abort.dispose();
  }
}

/** What pages must have in common to be those of one listing that has not changed meanwhile. */
class ImagePageChecks {
  readonly pageCount: number;
  readonly #repository: RepositoryRef;
  readonly #count: number;
  readonly #pageSize: number;
  readonly #seen = new Set<Digest>();
  #checked = 0;

  constructor(repository: RepositoryRef, count: number, pageSize: number) {
    this.#repository = repository;
    this.#count = count;
    this.#pageSize = pageSize;
    this.pageCount = Math.max(1, Math.ceil(count / pageSize));
  }

  /** One that is there by the count and not by the server: the list has become shorter. */
  async expectPage(number: number, reading: Promise<ImagesPage>): Promise<ImagesPage> {
    try {
      return await reading;
    } catch (error) {
      if (isHubError(error, 'notFound')) {
        throw new IncompleteInventoryError(this.#repository, 'lastPage', this.pageCount, number - 1);
      }
      throw error;
    }
  }

  /** The next page in order. */
  check({ count, hasNext, images }: ImagesPage): void {
    this.#checked += 1;
    if (count !== this.#count) {
      throw new IncompleteInventoryError(this.#repository, 'steadyCount', this.#count, count);
    }
    const isLast = this.#checked === this.pageCount;
    if (hasNext === isLast) {
      const found = isLast ? this.pageCount + 1 : this.#checked;
      throw new IncompleteInventoryError(this.#repository, 'lastPage', this.pageCount, found);
    }
    images.forEach(({ digest }) => this.#seen.add(digest));
    const expected = Math.min(count, this.#checked * this.#pageSize);
    if (this.#seen.size !== expected) {
      const found = count - expected + this.#seen.size; // should all that follow be in order
      throw new IncompleteInventoryError(this.#repository, 'allListed', count, found);
    }
  }
}
