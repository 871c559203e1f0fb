import * as vscode from 'vscode';
import { cancellable } from '../catalog/cancellable';
import type { CatalogEvent } from '../catalog/catalogEvent';
import type { NamespaceEntry } from '../catalog/entries';
import type { HubCatalog } from '../catalog/hubCatalog';
import { imagesQuery, type Listing, withPages } from '../catalog/listing';
import type { ServerContents } from '../catalog/serverContents';
import type { Digest } from '../hub/digest';
import { formatRepository, isSameRepository, type RepositoryRef } from '../hub/names';
import { Disposable } from '../util/dispose';
import { KnownImages } from './imageLookup';

/**
 * Pages of one repository that are read from the image-management API, where each is a request: with 100 images each, enough to
 * find almost every image that is in use, for the newest come first.
 */
const managementPageLimit = 10;

/** The images of a repository, and the first page that they were made from. */
interface ReadList {
  readonly listing: Listing;
  readonly known: KnownImages;
}

/**
 * The lists of images that references are looked up in, of all pages and without a filter. They begin with what the catalog has
 * read, or reads now; so each list is read once until it is refreshed, whoever looks at it. Only lists are read.
 */
export class ImageLists extends Disposable {
  readonly #catalog: HubCatalog;
  readonly #didChange = this.register(new vscode.EventEmitter<void>());
  /** `undefined` before they were listed. */
  #namespaces: readonly NamespaceEntry[] | undefined;
  /** By full name. */
  readonly #lists = new Map<string, ReadList>();
  /** Readings of the pages after the first, by that. */
  #readings = new WeakMap<Listing, Promise<KnownImages>>();
  #closing = new AbortController();

  /** The account sees other namespaces, or images were read. */
  readonly onDidChange = this.#didChange.event;

  constructor(catalog: HubCatalog) {
    super();
    this.#catalog = catalog;
    this.register(catalog.onDidChange((event) => this.#follow(event)));
  }

  /** The namespaces that the account sees; `undefined` before they were listed. Sends no request. */
  get knownNamespaces(): ReadonlySet<string> | undefined {
    return this.#namespaces && new Set(this.#namespaces.map(({ namespace }) => namespace.name));
  }

  /**
   * The namespaces that the account sees. They are read unless they are known.
   *
   * @throws {HubError} They could not be read, or the signal aborted.
   */
  async namespaces(signal?: AbortSignal): Promise<ReadonlySet<string>> {
    this.#namespaces ??= await this.#catalog.listNamespaces(signal);
    return this.knownNamespaces ?? new Set();
  }

  /** The images that are known without a request. */
  known(repository: RepositoryRef): KnownImages | undefined {
    const name = formatRepository(repository);
    const listing = this.#catalog.contents(repository)?.listing;
    const list = this.#lists.get(name);
    if (listing === undefined || list?.listing === listing) {
      return list?.known;
    }
    const { server } = this.#catalog;
    if (server === undefined || listing.query.status !== undefined) {
      return list?.known;
    }
    const known = knownFrom(listing, server, repository);
    this.#lists.set(name, { listing, known });
    return known;
  }

  /** The images of a list that is known and has the digest. */
  knownWith(digest: Digest): KnownImages | undefined {
    return this.#catalog.repositories
      .map((repository) => this.known(repository))
      .find((known) => known?.image(digest) !== undefined);
  }

  /**
   * The images of a repository. They are read unless they are known.
   *
   * @returns `undefined` if the account does not see the repository.
   * @throws {HubError} They could not be read, or the signal aborted.
   */
  async read(repository: RepositoryRef, signal?: AbortSignal): Promise<KnownImages | undefined> {
    const { server } = this.#catalog;
    if (server === undefined || !(await this.#isListed(repository, signal))) {
      return undefined;
    }
    const contents = server.contentsOf(repository);
    await cancellable(contents.loadWhole(), signal);
    const { listing, listingError, restError } = contents;
    if (listing === undefined || listingError !== undefined || restError !== undefined) {
      throw listingError ?? restError ?? new Error('There is no list of images.');
    }
    const list = this.#lists.get(formatRepository(repository));
    const isRead = list?.listing === listing && (list.known.list.isWhole || !this.#hasMore(listing, server));
    return isRead ? list.known : cancellable(this.#readPages(repository, listing, server), signal);
  }

  override dispose(): void {
    super.dispose();
    this.#closing.abort();
  }

  /** No request is sent for a repository that is not among those of the account. */
  async #isListed(repository: RepositoryRef, signal: AbortSignal | undefined): Promise<boolean> {
    await this.namespaces(signal);
    const namespace = this.#namespaces?.find((entry) => entry.namespace.name === repository.namespace);
    const isThere = () => this.#catalog.repositories.some((listed) => isSameRepository(listed, repository));
    if (namespace !== undefined && !isThere()) {
      await this.#catalog.listRepositoriesOf(namespace, signal);
    }
    return isThere();
  }

  #hasMore(listing: Listing, server: ServerContents): boolean {
    return listing.query.status !== undefined || (listing.hasNext && listing.pageCount < pageLimit(server));
  }

  #readPages(repository: RepositoryRef, listing: Listing, server: ServerContents): Promise<KnownImages> {
    const reading =
      this.#readings.get(listing) ??
      this.#pages(repository, listing, server, this.#closing.signal).then((whole) => {
        const known = knownFrom(whole, server, repository);
        this.#lists.set(formatRepository(repository), { listing, known });
        return known;
      });
    this.#readings.set(listing, reading);
    reading.catch(() => this.#readings.delete(listing)); // the next request tries again
    return reading;
  }

  /** The registry API has read all pages with the first. */
  async #pages(
    repository: RepositoryRef,
    listing: Listing,
    { connection }: ServerContents,
    signal: AbortSignal,
  ): Promise<Listing> {
    const first = listing.query.status === undefined ? listing : withoutFilter(listing);
    const answers = [];
    for (let page = first.pageCount + 1, hasNext = first.hasNext; hasNext; page += 1) {
      const answer = await connection.images.listImages(repository, imagesQuery(first.query, page), signal);
      answers.push(answer);
      hasNext = answer.hasNext && page < pageLimit({ connection });
    }
    return answers.length === 0 ? first : withPages(first, answers);
  }

  #follow(event: CatalogEvent): void {
    switch (event.kind) {
      case 'namespacesListed': {
        const before = this.knownNamespaces;
        this.#namespaces = event.entries;
        if (!isSameSet(before, this.knownNamespaces)) {
          this.#didChange.fire();
        }
        return;
      }
      case 'serverChanged':
        this.#closing.abort();
        this.#closing = new AbortController();
        this.#readings = new WeakMap();
        this.#lists.clear();
        this.#namespaces = undefined;
        this.#didChange.fire();
        return;
      case 'addedChanged':
      case 'failuresCleared':
        this.#namespaces = undefined;
        this.#didChange.fire();
        return;
      case 'repositoryChanged':
      case 'imagesReadAgain':
      case 'windowChanged':
        this.#didChange.fire();
        return;
      case 'repositoriesListed':
        return;
    }
  }
}

function pageLimit({ connection }: Pick<ServerContents, 'connection'>): number {
  return connection.imageApiKind() === 'registry' ? Infinity : managementPageLimit;
}

/** A listing of the same repository whose first page is still to be read. */
function withoutFilter(listing: Listing): Listing {
  return {
    ...listing,
    query: { ...listing.query, status: undefined },
    images: [],
    count: 0,
    pageCount: 0,
    hasNext: true,
    gaps: [],
    unread: [],
  };
}

function knownFrom(listing: Listing, { connection }: ServerContents, repository: RepositoryRef): KnownImages {
  const { images, count, hasNext, isPartial, pageCount, gaps, askedAt } = listing;
  const imageApi = connection.imageApiKind();
  const isOneReading = imageApi === 'registry' || pageCount === 1; // images move between pages that are requested one by one
  return new KnownImages({
    repository,
    images,
    isWhole: isOneReading && !hasNext && !isPartial && images.length === count,
    gaps,
    imageApi,
    readAt: askedAt,
  });
}

function isSameSet(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): boolean {
  return a?.size === b?.size && [...(a ?? [])].every((one) => b?.has(one) === true);
}
