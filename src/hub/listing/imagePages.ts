import type { Digest } from '../digest';
import { isHubError } from '../errors';
import { LinkedAbort } from '../http/linkedAbort';
import type { ImageApi, ImagesPage } from '../imageApi';
import { IncompleteInventoryError, unreadInventory } from '../incompleteInventory';
import type { Image } from '../model';
import type { RepositoryRef } from '../names';
import { pagesInOrder } from './pagesInOrder';

/** How to list the images of a repository. */
export interface ImagePagesOptions {
  readonly activeFrom: Date;
  readonly pageSize: number;
  /** Whether entries may be unreadable; the images that they are about are missing then. */
  readonly acceptsUnread?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called for each page as it arrives, in any order, with the number of images listed so far and in total. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Lists the images of a repository page by page, in the order of their digests. A pull during the reading would move an
 * image in an order by activity, but not in this one. Leaving the loop aborts the pending requests.
 *
 * @throws {IncompleteInventoryError} A page contradicts those before it. The images yielded until then cannot be
 * trusted.
 * @throws {HubError} A request failed.
 */
export async function* readImagePages(
  api: Pick<ImageApi, 'listImages'>,
  repository: RepositoryRef,
  { activeFrom, pageSize, acceptsUnread = false, signal, onProgress }: ImagePagesOptions,
): AsyncGenerator<readonly Image[], void, undefined> {
  const abort = new LinkedAbort([signal]);
  const read = (page: number) =>
    api.listImages(repository, { ordering: 'digest', activeFrom, page, pageSize }, abort.signal);
  try {
    const first = await read(1);
    const checks = new ImagePageChecks(repository, first.count, { pageSize, acceptsUnread });
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

/** Checks that all pages belong to one listing that did not change while it was read. */
class ImagePageChecks {
  readonly pageCount: number;
  readonly #repository: RepositoryRef;
  readonly #count: number;
  readonly #pageSize: number;
  readonly #acceptsUnread: boolean;
  readonly #seen = new Set<Digest>();
  #unread = 0;
  #checked = 0;

  constructor(
    repository: RepositoryRef,
    count: number,
    { pageSize, acceptsUnread }: Required<Pick<ImagePagesOptions, 'pageSize' | 'acceptsUnread'>>,
  ) {
    this.#repository = repository;
    this.#count = count;
    this.#pageSize = pageSize;
    this.#acceptsUnread = acceptsUnread === true;
    this.pageCount = Math.max(1, Math.ceil(count / pageSize));
  }

  /** A page that must exist according to the count. If the server does not find it, the list has become shorter. */
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

  /** Checks the next page in order. */
  check({ count, hasNext, images, unread = [] }: ImagesPage): void {
    this.#checked += 1;
    if (unread.length > 0 && !this.#acceptsUnread) {
      throw unreadInventory(this.#repository, unread);
    }
    this.#unread += unread.length;
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
    if (this.#seen.size > expected || this.#seen.size + this.#unread < expected) {
      const found = count - expected + this.#seen.size; // assuming that all following pages are complete
      throw new IncompleteInventoryError(this.#repository, 'allListed', count, found);
    }
  }
}
