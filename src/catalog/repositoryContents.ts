import type { Digest } from '../hub/digest';
import { isHubError } from '../hub/errors';
import type { ImageApi, ImagesPage } from '../hub/imageApi';
import type { Inventory } from '../hub/listing/inventory';
import { agreesWithSummary } from '../hub/listing/inventoryAt';
import type { Image, ImagesSummary } from '../hub/model';
import type { RepositoryRef } from '../hub/names';
import { Disposable } from '../util/dispose';
import { type ContentsQuery, firstPageOf, imagesQuery, isWhole, type Listing, withPages } from './listing';
import { Loadable } from './loadable';

export interface ContentsOptions {
  readonly api: Pick<ImageApi, 'getSummary' | 'listImages'>;
  readonly repository: RepositoryRef;
  /** What to request. It is evaluated for each reading; its `activeFrom` is pinned until the next refresh. */
  readonly query: () => ContentsQuery;
  /** The server's time. */
  readonly now: () => Date;
  /** The counts were read, or could not be. */
  readonly onDidReadSummary: () => void;
  /** The images were read another time: each of them may have another status. */
  readonly onDidReadImagesAgain: () => void;
  /** The rest of a partial listing was read, or could not be. */
  readonly onDidReadRest: () => void;
}

/**
 * What is known of one repository: its counts and the pages of its images that were requested.
 *
 * Counts and all pages use the same `activeFrom`: the one of the query, or else the one that the server applied to the
 * counts.
 */
export class RepositoryContents extends Disposable {
  readonly #options: ContentsOptions;
  readonly #summary: Loadable<ImagesSummary>;
  readonly #listing: Loadable<Listing>;
  readonly #nextPage: Loadable<Listing>;
  /** Replaces a partial listing. */
  readonly #rest: Loadable<Listing>;
  /** Set by the first request after a refresh. */
  #pinned: { readonly activeFrom: Date | undefined } | undefined;
  #pagesWanted = 1;
  #appending: Promise<void> | undefined;
  /** False once the repository was closed. */
  #mayAppend = false;
  #isReadingAgain = false;
  #byDigest: { readonly of: Listing; readonly images: ReadonlyMap<Digest, Image> } | undefined;

  constructor(options: ContentsOptions) {
    super();
    this.#options = options;
    this.#summary = this.register(
      new Loadable((signal) => this.#readSummary(signal), options.onDidReadSummary),
    );
    this.#listing = this.register(
      new Loadable(
        (signal) => this.#readPages(signal),
        () => this.#didReadImages(),
      ),
    );
    this.#nextPage = this.register(new Loadable((signal) => this.#readNextPage(signal)));
    this.#rest = this.register(
      new Loadable(
        (signal) => this.#readWhole(signal),
        () => this.#didReadRest(),
      ),
    );
  }

  get repository(): RepositoryRef {
    return this.#options.repository;
  }

  get summary(): ImagesSummary | undefined {
    return this.#summary.value;
  }

  get summaryError(): Error | undefined {
    return this.#summary.error;
  }

  /** Whether the counts were read, or could not be, since they were last declared out of date. */
  get isSummaryFresh(): boolean {
    return this.#summary.isFresh;
  }

  get listing(): Listing | undefined {
    return this.#listing.value;
  }

  /** Why the images could not be read; {@link listing} is older then. */
  get listingError(): Error | undefined {
    return this.#listing.error;
  }

  /** Why the page after those in {@link listing} could not be read. */
  get nextPageError(): Error | undefined {
    return this.#nextPage.error;
  }

  /** Why the rest of a partial listing could not be read. */
  get restError(): Error | undefined {
    return this.#rest.error;
  }

  /** Whether images were ever requested. */
  get wasListed(): boolean {
    return this.#listing.wasRead;
  }

  /** The instant (UTC) from which activity counts; `undefined` if it is not known yet. */
  get activeFrom(): Date | undefined {
    return this.#pinned?.activeFrom ?? this.#summary.value?.activeFrom;
  }

  /**
   * Every image, if one page has them all and the counts agree. Images may move between pages from one request to the
   * next, so several pages would prove nothing. `readAt` is when the page was requested.
   */
  get inventory(): Inventory | undefined {
    const { repository, listing, summary } = this;
    const isFresh = [this.#listing, this.#summary].every((one) => one.isFresh && one.error === undefined);
    if (!isFresh || listing === undefined || summary === undefined || !isWhole(listing)) {
      return undefined;
    }
    const { images, askedAt, query } = listing;
    const { activeFrom } = summary;
    const inventory = { repository, activeFrom, images, readAt: askedAt };
    return query.activeFrom?.getTime() === activeFrom.getTime() && agreesWithSummary(inventory, summary)
      ? inventory
      : undefined;
  }

  image(digest: Digest): Image | undefined {
    const listing = this.#listing.value;
    if (listing === undefined) {
      return undefined;
    }
    if (this.#byDigest?.of !== listing) {
      this.#byDigest = { of: listing, images: new Map(listing.images.map((image) => [image.digest, image])) };
    }
    return this.#byDigest.images.get(digest);
  }

  /** Reads the counts unless they are fresh. Never rejects: see {@link summaryError}. */
  async loadSummary(): Promise<void> {
    if (!this.#summary.isFresh) {
      await this.#summary.load();
    }
  }

  /** Reads the first page unless it is fresh, and starts to read the counts. Never rejects: see {@link listingError}. */
  async load(): Promise<void> {
    void this.loadSummary();
    await this.#listing.load();
  }

  /** Does the same, and waits for the rest of a partial page. Never rejects: see {@link restError}. */
  async loadWhole(): Promise<void> {
    await this.load();
    if (this.listing?.isPartial === true) {
      await this.#rest.load();
    }
  }

  /** Appends the next page unless the listing is refreshed meanwhile. Never rejects: see {@link nextPageError}. */
  loadMore(): Promise<void> {
    this.#mayAppend = true;
    this.#appending ??= this.#append().finally(() => (this.#appending = undefined));
    return this.#appending;
  }

  /** Reads the counts and as many pages as there were again. Never rejects. */
  async refresh(): Promise<void> {
    this.#beginAnew(this.#listing.value?.pageCount ?? 1);
    await Promise.all([this.#summary.reload(), ...(this.wasListed ? [this.#listing.reload()] : [])]);
  }

  /** Declares everything out of date; it is read again when it is requested. */
  invalidate(): void {
    this.#beginAnew(this.#listing.value?.pageCount ?? 1);
    this.#summary.invalidate();
    this.#listing.invalidate();
  }

  /** Makes the next request for something that failed read it again. */
  clearError(): void {
    this.#summary.clearError();
    this.#listing.clearError();
  }

  /**
   * Applies a change of the query. The images of the old query are dropped, and the first page of the new one is read
   * when it is requested. The counts stay unless their instant changed.
   */
  restart({ isWindowNew }: { readonly isWindowNew: boolean }): void {
    if (isWindowNew) {
      this.#beginAnew(1);
      this.#summary.invalidate();
    }
    this.#pagesWanted = 1;
    this.#nextPage.reset();
    this.#rest.reset();
    this.#listing.reset();
  }

  /** Drops all but the first page, with which the images are shown again immediately. For a repository that was closed. */
  close(): void {
    const listing = this.#listing.value;
    this.#mayAppend = false;
    this.#nextPage.reset();
    this.#pagesWanted = 1;
    this.#byDigest = undefined;
    if (listing !== undefined && listing.pageCount > 1) {
      this.#listing.truncate(firstPageOf(listing));
      if (!this.#listing.isFresh) {
        this.#listing.invalidate(); // otherwise a reading of all pages would restore them
      }
    }
  }

  #beginAnew(pages: number): void {
    this.#pinned = undefined;
    this.#pagesWanted = pages;
    this.#nextPage.reset();
    this.#rest.reset();
  }

  /** The query with the pinned instant. */
  #query(): ContentsQuery {
    const query = this.#options.query();
    this.#pinned ??= { activeFrom: query.activeFrom };
    return { ...query, activeFrom: this.#pinned.activeFrom ?? this.#appliedActiveFrom };
  }

  /** The instant that the server applied to the counts of this reading. */
  get #appliedActiveFrom(): Date | undefined {
    const { isFresh, error, value } = this.#summary;
    return isFresh && error === undefined ? value?.activeFrom : undefined;
  }

  #readSummary(signal: AbortSignal): Promise<ImagesSummary> {
    const { api, repository } = this.#options;
    const { activeFrom } = this.#query();
    return api.getSummary(repository, activeFrom === undefined ? {} : { activeFrom }, signal);
  }

  async #readPages(signal: AbortSignal): Promise<Listing> {
    const wanted = this.#pagesWanted;
    if (wanted > 1 && this.#query().activeFrom === undefined) {
      await this.#summary.load(); // so that all pages use the instant of the counts
    }
    if (this.#listing.value === undefined) {
      return this.#readFirst(true, signal); // a complete old listing is better than a part of a new one
    }
    const listing = this.#emptyListing();
    const { query } = listing;
    const pages = await Promise.all(
      Array.from({ length: wanted }, (_, index) => this.#readPage(query, index + 1, signal)),
    );
    return withPages(listing, pages);
  }

  #readWhole(signal: AbortSignal): Promise<Listing> {
    return this.#readFirst(false, signal);
  }

  async #readFirst(mayBePartial: boolean, signal: AbortSignal): Promise<Listing> {
    const listing = this.#emptyListing();
    return withPages(listing, [await this.#readPage(listing.query, 1, signal, mayBePartial)]);
  }

  #emptyListing(): Listing {
    return {
      query: this.#query(),
      askedAt: this.#options.now(),
      images: [],
      count: 0,
      pageCount: 0,
      hasNext: true,
      gaps: [],
      unread: [],
      isPartial: false,
    };
  }

  /** After a failure the partial listing stays. */
  #didReadRest(): void {
    const { value, error } = this.#rest;
    if (value !== undefined && error === undefined) {
      this.#listing.replace(value);
      this.#options.onDidReadImagesAgain();
    }
    this.#options.onDidReadRest();
  }

  #didReadImages(): void {
    if (this.#isReadingAgain) {
      this.#options.onDidReadImagesAgain();
    }
    this.#isReadingAgain = true;
    if (this.#listing.value?.isPartial === true && this.#listing.error === undefined) {
      void this.#rest.load();
    }
  }

  async #append(): Promise<void> {
    await this.loadWhole();
    if (this.#listing.value?.hasNext !== true || !this.#mayAppend) {
      return;
    }
    await this.#nextPage.reload();
    const { value, error } = this.#nextPage;
    if (value !== undefined && error === undefined) {
      this.#listing.replace(value);
      this.#nextPage.reset();
    }
  }

  async #readNextPage(signal: AbortSignal): Promise<Listing> {
    const listing = this.#listing.value;
    if (listing === undefined) {
      throw new Error('There is a next page only after the first.');
    }
    if (listing.query.activeFrom === undefined) {
      await this.#summary.load();
    }
    const query = { ...listing.query, activeFrom: listing.query.activeFrom ?? this.#appliedActiveFrom };
    return withPages({ ...listing, query }, [await this.#readPage(query, listing.pageCount + 1, signal)]);
  }

  /** @returns `undefined` for a page after the last one: the repository has become smaller. */
  async #readPage(
    query: ContentsQuery,
    page: number,
    signal: AbortSignal,
    mayBePartial = false,
  ): Promise<ImagesPage | undefined> {
    const { api, repository } = this.#options;
    try {
      const request = imagesQuery(query, page);
      return await api.listImages(repository, mayBePartial ? { ...request, mayBePartial } : request, signal);
    } catch (error) {
      if (page > 1 && isHubError(error, 'notFound')) {
        return undefined;
      }
      throw error;
    }
  }
}
