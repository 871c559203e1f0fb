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
 * find almost every image that is in use, for the newest come first. The other API reads a list as a whole; there, the pages are
 * cut from what was read.
 */
const managementPageLimit = 10;

/**
 * How long a list proves that something does not exist, and says where a tag points now. What is missing from an older one may
 * have been pushed since.
 */
export const currentForMs = 5 * 60 * 1000;

/** How long a failed reading is not repeated: editors ask after every change of a text. */
const retryAfterMs = 60 * 1000;

export interface ReadOptions {
  /** Reads the list again if it is older; without it, a list of any age is enough. */
  readonly maxAgeMs?: number;
  readonly signal?: AbortSignal;
}

/** What was read besides the catalog: pages after its first, or everything anew because that is filtered or too old. */
interface Reading {
  readonly startedAt: Date;
  /** When the first page was requested. */
  readonly readAt: Date;
  readonly images: Promise<KnownImages>;
  hasFailed: boolean;
  /** The images that it found; until then, those of the reading before. */
  known: KnownImages | undefined;
}

/**
 * The lists of images that references are looked up in, of all pages and without a filter. They begin with what the catalog has
 * read, or reads now; so each list is read once until it is refreshed or too old for a question, whoever looks at it. Only lists
 * are read.
 */
export class ImageLists extends Disposable {
  readonly #catalog: HubCatalog;
  readonly #now: () => Date;
  readonly #didChange = this.register(new vscode.EventEmitter<void>());
  /** `undefined` before they were listed. */
  #namespaces: readonly NamespaceEntry[] | undefined;
  /** The last of each repository, by full name. */
  readonly #readings = new Map<string, Reading>();
  /** What listings of the catalog say. */
  readonly #listed = new WeakMap<Listing, KnownImages>();
  #closing = new AbortController();

  /** The account sees other namespaces, or images were read. */
  readonly onDidChange = this.#didChange.event;

  /** @param now The server's time, by which the catalog notes when it read a list. */
  constructor(catalog: HubCatalog, now: () => Date) {
    super();
    this.#catalog = catalog;
    this.#now = now;
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

  /** The images that are known without a request, by the newest list. */
  known(repository: RepositoryRef): KnownImages | undefined {
    const { server } = this.#catalog;
    const listing = this.#catalog.contents(repository)?.listing;
    const read = this.#readings.get(formatRepository(repository))?.known;
    if (server === undefined || listing === undefined || listing.query.status !== undefined) {
      return read;
    }
    return read !== undefined && read.list.readAt >= listing.askedAt
      ? read
      : this.#knownFrom(listing, server, repository);
  }

  /** Whether the list is new enough to say that something does not exist, or where a tag points now. */
  isCurrent({ list }: KnownImages): boolean {
    return this.#isYoung(list.readAt, currentForMs);
  }

  /** The images of a list that is known and has the digest. */
  knownWith(digest: Digest): KnownImages | undefined {
    return this.#catalog.repositories
      .map((repository) => this.known(repository))
      .find((known) => known?.image(digest) !== undefined);
  }

  /**
   * The images of a repository. They are read unless they are known, and again if that is longer ago than the maximum age. Callers
   * at the same time share one reading.
   *
   * @returns `undefined` if the account does not see the repository.
   * @throws {HubError} They could not be read, or the signal aborted.
   */
  async read(
    repository: RepositoryRef,
    { maxAgeMs = Infinity, signal }: ReadOptions = {},
  ): Promise<KnownImages | undefined> {
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
    const reading = this.#readings.get(formatRepository(repository));
    if (reading !== undefined && this.#isEnough(reading, listing, maxAgeMs)) {
      return cancellable(reading.images, signal);
    }
    const isUsable = listing.query.status === undefined && this.#isYoung(listing.askedAt, maxAgeMs);
    if (isUsable && !hasMore(listing, server)) {
      return this.#knownFrom(listing, server, repository);
    }
    const first = isUsable ? listing : beforeFirstPage(listing, this.#now());
    return cancellable(this.#startReading(repository, first, server), signal);
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

  #isYoung(readAt: Date, maxAgeMs: number): boolean {
    return this.#now().getTime() - readAt.getTime() <= maxAgeMs;
  }

  /** The catalog has read nothing since, and the reading is new enough. */
  #isEnough({ readAt, startedAt, hasFailed }: Reading, { askedAt }: Listing, maxAgeMs: number): boolean {
    const isYoung = hasFailed ? this.#isYoung(startedAt, retryAfterMs) : this.#isYoung(readAt, maxAgeMs);
    return isYoung && readAt >= askedAt;
  }

  #startReading(repository: RepositoryRef, first: Listing, server: ServerContents): Promise<KnownImages> {
    const name = formatRepository(repository);
    const reading: Reading = {
      startedAt: this.#now(),
      readAt: first.askedAt,
      images: this.#pages(repository, first, server, this.#closing.signal).then((whole) =>
        this.#knownFrom(whole, server, repository),
      ),
      hasFailed: false,
      known: this.#readings.get(name)?.known,
    };
    this.#readings.set(name, reading);
    reading.images.then(
      (known) => {
        reading.known = known;
        this.#didChange.fire();
      },
      () => (reading.hasFailed = true),
    );
    return reading.images;
  }

  async #pages(
    repository: RepositoryRef,
    first: Listing,
    { connection }: ServerContents,
    signal: AbortSignal,
  ): Promise<Listing> {
    const answers = [];
    for (let page = first.pageCount + 1, hasNext = first.hasNext; hasNext; page += 1) {
      const answer = await connection.images.listImages(repository, imagesQuery(first.query, page), signal);
      answers.push(answer);
      hasNext = answer.hasNext && page < pageLimit({ connection });
    }
    return answers.length === 0 ? first : withPages(first, answers);
  }

  #knownFrom(listing: Listing, server: ServerContents, repository: RepositoryRef): KnownImages {
    const known = this.#listed.get(listing) ?? knownFrom(listing, server, repository);
    this.#listed.set(listing, known);
    return known;
  }

  #forgetFailures(): void {
    for (const [name, reading] of this.#readings) {
      if (reading.hasFailed) {
        this.#readings.delete(name);
      }
    }
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
        this.#readings.clear();
        this.#namespaces = undefined;
        this.#didChange.fire();
        return;
      case 'failuresCleared':
        this.#forgetFailures();
        this.#namespaces = undefined;
        this.#didChange.fire();
        return;
      case 'addedChanged':
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

/** The registry API has read all pages with the first. */
function pageLimit({ connection }: Pick<ServerContents, 'connection'>): number {
  return connection.imageApiKind() === 'registry' ? Infinity : managementPageLimit;
}

/** Whether pages are missing that are read for references, too. */
function hasMore({ hasNext, pageCount }: Listing, server: ServerContents): boolean {
  return hasNext && pageCount < pageLimit(server);
}

/** A listing of the same repository, without a filter, whose first page is still to be read. */
function beforeFirstPage(listing: Listing, askedAt: Date): Listing {
  return {
    query: { ...listing.query, status: undefined },
    askedAt,
    images: [],
    count: 0,
    pageCount: 0,
    hasNext: true,
    gaps: [],
    unread: [],
    isPartial: false,
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
