import type { DeletionAnswer, ImageRefusal, ManifestResult } from '../deletionAnswer';
import type { ReviewedRequest } from '../deletionRequest';
import type { Digest } from '../digest';
import { type HubError, isCancelled, isHubError } from '../errors';
import { apiPath } from '../http/apiPath';
import type { HubHttp, HubLog } from '../http/http';
import type { Registry } from './registry';
import type { RemovalPace } from './removalPace';
import { objectionTo, objectionToAttachment, partsKeptByTags } from './removalCheck';
import type { RepositoryWatch } from './repositoryWatch';

/** What a deletion needs. */
export interface RemovalOptions {
  readonly http: Pick<HubHttp, 'delete'>;
  readonly registry: Pick<Registry, 'head' | 'deleteManifest'>;
  readonly log: Pick<HubLog, 'warn'>;
}

/** The answer of a removal: every image has a result. */
export type RemovalAnswer = Extract<DeletionAnswer, { readonly kind: 'completed' }> & {
  readonly results: ReadonlyMap<Digest, ManifestResult>;
  /** Attachments whose own deletion the registry has accepted. */
  readonly removedAttachments: ReadonlySet<Digest>;
};

/** The state of a run, from one of its requests to the next. */
export interface RemovalRun {
  /** The repository, no older than {@link pace} allows. */
  readonly watch: Pick<RepositoryWatch, 'survey' | 'look'>;
  readonly pace: RemovalPace;
}

/**
 * Carries out one deletion request, image by image: checks that nothing about the image has changed since the approval,
 * and that all its tags still point at it, then deletes the tags, because the registry may refuse to delete an image
 * that has a tag, then the image. Indexes come first, because their platforms cannot be deleted before them, and the
 * approved attachments last. Nothing is sent twice, except once after a 401, which means that the server
 * did nothing. After the first answer that is not a success, nothing more is sent.
 */
export class Removal {
  readonly #options: RemovalOptions;
  readonly #removedAttachments = new Set<Digest>();
  readonly #run: RemovalRun;
  readonly #request: ReviewedRequest;
  readonly #signal: AbortSignal | undefined;
  /** Result of each image of the request; `undefined` until it is decided. */
  readonly #progress: Map<Digest, ManifestResult | undefined>;
  readonly #removedTags = new Map<Digest, string[]>();
  readonly #refusals = new Map<Digest, ImageRefusal>();
  #failure: HubError | undefined;
  /** What the server said to requests that deleted, or should have. */
  readonly #metrics = { manifestDeletes: 0, manifestErrors: 0, tagDeletes: 0, tagErrors: 0 };
  /** Whether nothing more is sent, because a request was not answered with a success. */
  #isStopped = false;
  /** Ends when it is known what every answer means that is not a success, see {@link #holdingOthers}. Never rejects. */
  #held: Promise<unknown> = Promise.resolve();

  constructor(
    options: RemovalOptions,
    run: RemovalRun,
    request: ReviewedRequest,
    signal: AbortSignal | undefined,
  ) {
    this.#options = options;
    this.#run = run;
    this.#request = request;
    this.#signal = signal;
    this.#progress = new Map(request.digests.map((digest) => [digest, undefined]));
  }

  /** Never rejects because of a server: each image has its own result. */
  async run(): Promise<RemovalAnswer> {
    const { survey } = this.#run.watch;
    const { digests } = this.#request;
    const isIndex = (digest: Digest) => survey.kind(digest) === 'index' || survey.graph.parts.has(digest);
    await this.#removeAll(digests.filter(isIndex));
    await this.#removeAll(digests.filter((digest) => !isIndex(digest)));
    await this.#removeAttachments();
    return {
      kind: 'completed',
      metrics: this.#metrics,
      results: this.#results(),
      removedAttachments: this.#removedAttachments,
      ...(this.#refusals.size > 0 && { refusals: this.#refusals }),
      ...(this.#failure !== undefined && { failure: this.#failure }),
      ...(this.#isStopped && { endsDeletion: true }),
    };
  }

  /** Waits for every request that was sent, whatever becomes of the others. */
  async #removeAll(digests: readonly Digest[]): Promise<void> {
    const { pace } = this.#run;
    const removed = await pace.run(
      this.#look,
      digests.map((digest) => () => this.#removeImage(digest)),
    );
    for (const each of removed) {
      if (each.status === 'rejected') {
        this.#unsent(each.reason); // a look failed: what has not been decided is not sent
      }
    }
  }

  readonly #look = (): Promise<void> =>
    this.#isOver() ? Promise.resolve() : this.#run.watch.look(this.#signal);

  #isOver(): boolean {
    return this.#isStopped || this.#signal?.aborted === true;
  }

  /** Whether another request may be sent. Waits while it is not known what an answer means. */
  async #mayGoOn(): Promise<boolean> {
    for (let held: unknown; held !== this.#held;) {
      held = this.#held;
      await held;
    }
    return !this.#isOver();
  }

  async #removeImage(digest: Digest): Promise<void> {
    if (this.#isOver()) {
      return;
    }
    if (this.#hasChanged(digest, digest)) {
      this.#progress.set(digest, 'refused');
      return;
    }
    const tags = this.#run.watch.survey.tagsOf(digest);
    const kept = await this.#removeTags(digest, digest, tags);
    const result = kept ?? (await this.#removeManifest(digest, digest));
    if (result === 'notSent' && this.#removedTags.has(digest)) {
      this.#refuse(digest, { cause: 'stopped' });
      this.#progress.set(digest, 'refused');
      return;
    }
    this.#progress.set(digest, result);
  }

  /**
   * Compares what is about to be deleted with what is known by now. If it has changed, nothing more is sent.
   *
   * @param of The image of the request that it is, or that it is attached to.
   */
  #hasChanged(digest: Digest, of: Digest): boolean {
    const { survey } = this.#run.watch;
    const objection =
      digest === of
        ? objectionTo(digest, this.#request, survey)
        : objectionToAttachment(digest, of, this.#request, survey);
    if (objection !== undefined) {
      this.#isStopped = true;
      this.#refuse(of, objection);
    }
    return objection !== undefined;
  }

  /**
   * Waits until a request may be sent, then compares once more: a look for other images may have ended since this one was
   * started.
   *
   * @returns The result if it must not be sent.
   */
  async #keptBeforeRequest(digest: Digest, of: Digest): Promise<ManifestResult | undefined> {
    if (!(await this.#mayGoOn())) {
      return 'notSent';
    }
    return this.#hasChanged(digest, of) ? 'refused' : undefined;
  }

  /**
   * As {@link #keptBeforeRequest}. Asks whether the parts stay that are not to be deleted along, and looks again if that,
   * deleting the tags, or waiting took so long that there may be other tags.
   */
  async #keptBeforeManifest(digest: Digest, of: Digest): Promise<ManifestResult | undefined> {
    try {
      for (let held: unknown; held !== this.#held;) {
        const kept = await this.#keptBeforeRequest(digest, of);
        if (kept !== undefined) {
          return kept;
        }
        held = this.#held; // only waiting is a reason to ask once more: any answer may take long
        if (!(await this.#arePartsKept(digest, of))) {
          return 'refused';
        }
        await this.#run.pace.refresh(this.#look);
      }
      return await this.#keptBeforeRequest(digest, of);
    } catch (error) {
      return this.#unsent(error);
    }
  }

  /**
   * Whether the registry says that every part that stays because of its tags has one of them. If not, nothing more is sent:
   * nobody approved that it is deleted along.
   */
  async #arePartsKept(digest: Digest, of: Digest): Promise<boolean> {
    const parts = partsKeptByTags(digest, of, this.#request, this.#run.watch.survey);
    const areKept = await Promise.all([...parts].map(([part, tags]) => this.#hasAnyTag(part, tags)));
    if (areKept.includes(false)) {
      this.#isStopped = true;
      this.#refuse(of, { cause: 'changed' });
      return false;
    }
    return true;
  }

  async #hasAnyTag(digest: Digest, tags: readonly string[]): Promise<boolean> {
    for (const tag of tags) {
      const head = await this.#options.registry.head(this.#request.repository, tag, this.#signal);
      if (head?.digest === digest) {
        return true;
      }
    }
    return false;
  }

  /**
   * Deletes the attachments that were approved to be deleted along, if every image of the request that they go along with
   * is gone, and so is their own subject: a platform may stay where its index goes. One that cannot be deleted does not
   * change the result of its image.
   */
  async #removeAttachments(): Promise<void> {
    for (const { digest, tags } of this.#attachmentsAfterSubjects()) {
      const holders = this.#holdersOf(digest);
      const [holder] = holders;
      if (this.#isOver() || holder === undefined || !(await this.#areGone(holders, digest))) {
        continue;
      }
      const names = tags.map(({ name }) => name);
      const kept = await this.#removeTags(digest, holder, names);
      const result = kept ?? (await this.#removeManifest(digest, holder));
      if (result === 'removed') {
        this.#removedAttachments.add(digest);
      }
    }
  }

  /** Each attachment after the one that it is attached to, if it is. */
  #attachmentsAfterSubjects(): ReviewedRequest['attachments'] {
    const { attachments } = this.#request;
    const depth = (digest: Digest): number => {
      const subject = this.#subjectOf(digest);
      return subject === undefined ? 0 : 1 + depth(subject); // subjects form no cycles
    };
    return [...attachments].sort((a, b) => depth(a.digest) - depth(b.digest));
  }

  /** Images of the request that the attachment goes along with. */
  #holdersOf(attachment: Digest): readonly Digest[] {
    return [...this.#request.collateral].flatMap(([holder, along]) =>
      along !== 'unknown' && along.some((image) => image.digest === attachment) ? [holder] : [],
    );
  }

  #subjectOf(attachment: Digest): Digest | undefined {
    return this.#run.watch.survey.graph.subjects.get(attachment);
  }

  /** Whether the registry says so: servers have been seen to report a success without deleting anything. */
  async #areGone(holders: readonly Digest[], attachment: Digest): Promise<boolean> {
    const { registry } = this.#options;
    const subject = this.#subjectOf(attachment);
    try {
      for (const digest of new Set([...holders, ...(subject === undefined ? [] : [subject])])) {
        if ((await registry.head(this.#request.repository, digest, this.#signal)) !== undefined) {
          return false;
        }
      }
      return true;
    } catch (error) {
      this.#unsent(error);
      return false;
    }
  }

  /**
   * Checks that every tag still points at the image, before the first of them is deleted, then deletes them.
   *
   * @param of The image of the request that the result is about.
   * @returns `undefined` if none is left.
   */
  async #removeTags(
    digest: Digest,
    of: Digest,
    tags: readonly string[],
  ): Promise<ManifestResult | undefined> {
    const askedAt = this.#run.pace.time();
    try {
      const places = await Promise.all(tags.map((tag) => this.#placeOf(tag, digest, of)));
      if (
        places.includes('elsewhere') ||
        (places.includes('here') && !(await this.#arePartsKept(digest, of)))
      ) {
        return 'refused';
      }
      for (const tag of tags.filter((_, index) => places[index] === 'here')) {
        const kept = await this.#removeTagThere(tag, digest, of, askedAt);
        if (kept !== undefined) {
          return kept;
        }
      }
      return undefined;
    } catch (error) {
      return this.#unsent(error);
    }
  }

  /**
   * Deletes a tag that was at the image, and asks about it again if that was long ago.
   *
   * @returns `undefined` if it is not there any more.
   */
  async #removeTagThere(
    tag: string,
    digest: Digest,
    of: Digest,
    askedAt: number,
  ): Promise<ManifestResult | undefined> {
    const { pace } = this.#run;
    for (let knownAt = askedAt; ;) {
      const kept = await this.#keptBeforeRequest(digest, of);
      if (kept !== undefined) {
        return kept;
      }
      if (pace.isRecent(knownAt)) {
        const result = await this.#removeTag(tag, digest, of);
        return result === 'removed' ? undefined : result;
      }
      const place = await this.#placeOf(tag, digest, of);
      if (place !== 'here') {
        return place === 'elsewhere' ? 'refused' : undefined;
      }
      knownAt = pace.time(); // an answer that took long is as new as any could be
    }
  }

  /** Where the registry says that a tag of the image points now. If it is elsewhere, nothing more is sent. */
  async #placeOf(tag: string, digest: Digest, of: Digest): Promise<'here' | 'elsewhere' | 'nowhere'> {
    const head = await this.#options.registry.head(this.#request.repository, tag, this.#signal);
    if (head === undefined) {
      return 'nowhere';
    }
    if (head.digest === digest) {
      return 'here';
    }
    this.#refuse(of, { cause: 'tagMoved', tag });
    this.#isStopped = true;
    return 'elsewhere';
  }

  async #removeTag(tag: string, digest: Digest, of: Digest): Promise<ManifestResult> {
    try {
      await this.#deleteTag(tag, digest, of);
      this.#metrics.tagDeletes += 1;
      this.#removedTags.set(of, [...(this.#removedTags.get(of) ?? []), tag]);
      return 'removed';
    } catch (error) {
      const result = await this.#holdingOthers(async () =>
        (await this.#isTagGone(error, tag)) ? 'removed' : this.#failed(error, of, tag),
      );
      this.#metrics.tagErrors += result === 'refused' || result === 'lost' ? 1 : 0;
      return result;
    }
  }

  /** Whether somebody else has deleted the tag: a 404 could also come from a proxy. */
  async #isTagGone(error: unknown, tag: string): Promise<boolean> {
    if (!isHubError(error, 'notFound')) {
      return false;
    }
    try {
      return (await this.#options.registry.head(this.#request.repository, tag, this.#signal)) === undefined;
    } catch {
      return false;
    }
  }

  async #deleteTag(tag: string, digest: Digest, of: Digest): Promise<void> {
    const { namespace, name } = this.#request.repository;
    const path = apiPath`/v2/namespaces/${namespace}/repositories/${name}/tags/${tag}`;
    await this.#sendDeletion(
      () => this.#options.http.delete(path, { signal: this.#signal }),
      async () => {
        await this.#run.watch.look(this.#signal);
        if (!this.#hasChanged(digest, of)) {
          await this.#placeOf(tag, digest, of);
        }
      },
    );
  }

  /**
   * Sends a request that deletes, and once more after a 401, which means that the server did nothing. Nothing else is sent
   * until that is answered.
   *
   * @param checkAgain Renews the token, which may take long, and checks again. If it fails, the run ends.
   */
  async #sendDeletion<T>(send: () => Promise<T>, checkAgain: () => Promise<void>): Promise<T> {
    try {
      return await send();
    } catch (error) {
      if (!isHubError(error, 'unauthenticated') || error.neverSent) {
        throw error;
      }
      return this.#holdingOthers(async () => {
        if (!this.#isOver()) {
          await checkAgain().catch(() => (this.#isStopped = true));
        }
        if (this.#isOver()) {
          throw error;
        }
        try {
          return await send();
        } catch (second) {
          this.#isStopped ||= isHubError(second, 'unauthenticated');
          throw second;
        }
      });
    }
  }

  /**
   * Works out what an answer means, one such answer after the other. Nothing else is sent until that is known, because the
   * first request that fails ends the run.
   */
  #holdingOthers<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#held.then(work);
    this.#held = result.catch(() => undefined);
    return result;
  }

  async #removeManifest(digest: Digest, of: Digest): Promise<ManifestResult> {
    const kept = await this.#keptBeforeManifest(digest, of);
    if (kept !== undefined) {
      return kept;
    }
    const result = await this.#deleteManifest(digest, of);
    this.#metrics.manifestDeletes += result === 'removed' ? 1 : 0;
    this.#metrics.manifestErrors += result === 'refused' || result === 'lost' ? 1 : 0;
    return result;
  }

  async #deleteManifest(digest: Digest, of: Digest): Promise<ManifestResult> {
    const { registry } = this.#options;
    try {
      const { kind, reason } = await this.#sendDeletion(
        () => registry.deleteManifest(this.#request.repository, digest, this.#signal),
        async () => {
          if (await this.#arePartsKept(digest, of)) {
            await this.#run.watch.look(this.#signal);
            this.#hasChanged(digest, of);
          }
        },
      );
      switch (kind) {
        case 'deleted':
        case 'gone':
          return 'removed';
        case 'stillReferenced':
        case 'denied':
        case 'unsupported':
          this.#isStopped = true;
          this.#refuse(of, {
            cause: kind === 'unsupported' ? 'rejected' : kind,
            ...(reason !== undefined && { reason }),
          });
          return 'refused';
        case 'unconfirmed':
          this.#isStopped = true;
          return 'lost';
      }
    } catch (error) {
      return this.#failed(error, of);
    }
  }

  /** Records only the first reason of an image. */
  #refuse(digest: Digest, refusal: Omit<ImageRefusal, 'removedTags'>): void {
    if (!this.#refusals.has(digest) && this.#progress.get(digest) !== 'removed') {
      const removedTags = this.#removedTags.get(digest) ?? [];
      this.#refusals.set(digest, { ...refusal, removedTags });
      this.#options.log.warn(
        `${digest} is kept: ${refusal.cause} ${refusal.tag ?? ''}; tags deleted: ${removedTags.join(' ') || 'none'}`,
      );
    }
  }

  /** The result of a delete request that failed. */
  #failed(error: unknown, of: Digest, tag?: string): ManifestResult {
    if (!isHubError(error)) {
      throw error;
    }
    this.#isStopped = true;
    this.#options.log.warn(error.message);
    if (error.neverSent) {
      this.#noteFailure(error);
      return 'notSent';
    }
    switch (error.kind) {
      case 'unauthenticated':
        this.#refuse(of, { cause: 'notSignedIn', ...reasonOf(error) });
        return 'refused';
      case 'rejected':
      case 'gone':
        this.#refuse(of, { cause: 'rejected', ...reasonOf(error) });
        return 'refused';
      case 'rateLimited': // the server refused it before it processed it
        this.#noteFailure(error);
        this.#refuse(of, { cause: 'rateLimited', ...reasonOf(error) });
        return 'refused';
      case 'forbidden': // an immutable tag or a missing permission
        this.#refuse(of, {
          cause: tag === undefined ? 'denied' : 'tagKept',
          ...(tag !== undefined && { tag }),
          ...reasonOf(error),
        });
        return 'refused';
      default:
        return 'lost';
    }
  }

  /** The result if a check failed before the delete request. */
  #unsent(error: unknown): ManifestResult {
    if (!isHubError(error)) {
      throw error;
    }
    this.#isStopped = true;
    this.#options.log.warn(error.message);
    this.#noteFailure(error);
    return 'notSent';
  }

  #noteFailure(error: HubError): void {
    if (!isCancelled(error)) {
      this.#failure ??= error;
    }
  }

  #results(): ReadonlyMap<Digest, ManifestResult> {
    return new Map([...this.#progress].map(([digest, result]) => [digest, result ?? 'notSent']));
  }
}

function reasonOf({ reason }: HubError): Pick<ImageRefusal, 'reason'> {
  return reason === undefined ? {} : { reason };
}
