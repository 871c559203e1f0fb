import type { DeletionAnswer, DeletionMetrics, ImageRefusal, ManifestResult } from '../deletionAnswer';
import type { ReviewedRequest } from '../deletionRequest';
import type { Digest } from '../digest';
import { type HubError, isHubError } from '../errors';
import { apiPath } from '../http/apiPath';
import type { HubHttp, HubLog } from '../http/http';
import type { Registry } from './registry';
import type { Survey } from './survey';
import type { Surveyor } from './surveyor';

/** What a deletion needs. */
export interface RemovalOptions {
  readonly http: HubHttp;
  readonly registry: Registry;
  readonly log: HubLog;
}

/** Result of each image of the request; `undefined` until it is decided. */
type Progress = Map<Digest, ManifestResult | undefined>;

/**
 * Carries out one deletion request. Tags are deleted first, because the registry may refuse to delete an image that has
 * a tag; then indexes, because their platforms cannot be deleted before them; then single images; then the signatures
 * of deleted images. Nothing is sent twice. After an error that also affects all other requests, nothing more is sent.
 */
export class Removal {
  readonly #options: RemovalOptions;
  readonly #surveyor: Pick<Surveyor, 'recordGone'>;
  readonly #survey: Survey;
  readonly #request: ReviewedRequest;
  readonly #signal: AbortSignal | undefined;
  readonly #progress: Progress;
  readonly #removedTags = new Map<Digest, string[]>();
  readonly #refusals = new Map<Digest, ImageRefusal>();
  readonly #metrics = { manifestDeletes: 0, manifestErrors: 0, tagDeletes: 0, tagErrors: 0 };
  /** Whether nothing more is sent, because a request was denied, rate limited or never sent. */
  #isStopped = false;

  /** @param survey The reading that the request has just been checked against. */
  constructor(
    options: RemovalOptions,
    surveyor: Pick<Surveyor, 'recordGone'>,
    survey: Survey,
    request: ReviewedRequest,
    signal: AbortSignal | undefined,
  ) {
    this.#options = options;
    this.#surveyor = surveyor;
    this.#survey = survey;
    this.#request = request;
    this.#signal = signal;
    this.#progress = new Map(request.digests.map((digest) => [digest, undefined]));
  }

  /** Never rejects because of a server: each image has its own result. */
  async run(): Promise<DeletionAnswer> {
    const isIndex = (digest: Digest) => this.#survey.manifest(digest)?.isIndex === true;
    const { digests } = this.#request;
    await this.#forEach(digests, (digest) => this.#removeTags(digest));
    await this.#forEach(digests.filter(isIndex), (digest) => this.#removeImage(digest));
    await this.#forEach(
      digests.filter((digest) => !isIndex(digest)),
      (digest) => this.#removeImage(digest),
    );
    await this.#forEach(this.#orphanedSignatures(), (digest) => this.#removeSignature(digest));
    await this.#confirm();
    return {
      kind: 'completed',
      metrics: this.#finalMetrics(),
      results: this.#results(),
      ...(this.#refusals.size > 0 && { refusals: this.#refusals }),
    };
  }

  async #forEach(digests: readonly Digest[], step: (digest: Digest) => Promise<void>): Promise<void> {
    await Promise.all(digests.map(step));
  }

  /** Each tag is checked right before it is deleted, because it may have moved to a new image. */
  async #removeTags(digest: Digest): Promise<void> {
    for (const tag of this.#survey.manifest(digest)?.tags ?? []) {
      if (this.#isOver(digest)) {
        return;
      }
      const result = await this.#removeTag(tag, digest);
      if (result !== 'removed') {
        this.#progress.set(digest, result);
        return;
      }
    }
  }

  async #removeTag(tag: string, digest: Digest): Promise<ManifestResult> {
    const { http, registry } = this.#options;
    const { repository } = this.#request;
    const { namespace, name } = repository;
    try {
      const head = await registry.head(repository, tag, this.#signal);
      if (head === undefined) {
        return 'removed'; // somebody else has deleted the tag
      }
      if (head.digest !== digest) {
        this.#refuse(digest, { cause: 'tagMoved', tag });
        return 'refused';
      }
    } catch (error) {
      return this.#unsent(error);
    }
    try {
      await http.delete(
        apiPath`/v2/namespaces/${namespace}/repositories/${name}/tags/${tag}`,
        this.#signal === undefined ? {} : { signal: this.#signal },
      );
      this.#metrics.tagDeletes += 1;
      this.#removedTags.set(digest, [...(this.#removedTags.get(digest) ?? []), tag]);
      return 'removed';
    } catch (error) {
      const result = isHubError(error, 'notFound') ? 'removed' : this.#failed(error, digest, tag);
      this.#metrics.tagErrors += result === 'refused' || result === 'lost' ? 1 : 0;
      return result;
    }
  }

  async #removeImage(digest: Digest): Promise<void> {
    if (!this.#isOver(digest)) {
      this.#progress.set(digest, await this.#removeManifest(digest));
    }
  }

  async #removeManifest(digest: Digest): Promise<ManifestResult> {
    try {
      switch (await this.#options.registry.deleteManifest(this.#request.repository, digest, this.#signal)) {
        case 'deleted':
        case 'gone':
          return 'removed';
        case 'stillReferenced':
          this.#refuse(digest, { cause: 'stillReferenced' });
          return 'refused';
        case 'denied':
        case 'unsupported':
          this.#isStopped = true;
          this.#refuse(digest, { cause: 'denied' });
          return 'refused';
        case 'unconfirmed':
          return 'lost';
      }
    } catch (error) {
      return this.#failed(error, digest);
    }
  }

  /** Signatures of the deleted images that are not in the request themselves. */
  #orphanedSignatures(): readonly Digest[] {
    return this.#request.digests
      .filter((digest) => this.#progress.get(digest) === 'removed')
      .flatMap((digest) => this.#survey.signaturesOf(digest))
      .filter((digest) => !this.#progress.has(digest));
  }

  /**
   * Deletes the tags, then the manifest. A signature that cannot be deleted does not change the result of its image.
   */
  async #removeSignature(digest: Digest): Promise<void> {
    if (this.#isStopped) {
      return;
    }
    for (const tag of this.#survey.manifest(digest)?.tags ?? []) {
      if ((await this.#removeTag(tag, digest)) !== 'removed') {
        return;
      }
    }
    if ((await this.#removeManifest(digest)) === 'removed') {
      this.#metrics.manifestDeletes += 1;
    }
  }

  /**
   * Checks that the registry no longer has the deleted images; an image that it still has is not reported as deleted.
   * Collateral is checked as well: lists that lag behind would show it without its parents, as if nothing needed it.
   */
  async #confirm(): Promise<void> {
    const { registry } = this.#options;
    const { repository } = this.#request;
    await Promise.all(
      this.#removedAndCollateral().map(async (digest) => {
        try {
          if ((await registry.head(repository, digest)) === undefined) {
            this.#surveyor.recordGone(repository, digest);
          } else if (this.#progress.get(digest) === 'removed') {
            this.#progress.set(digest, 'lost');
          }
        } catch (error) {
          this.#options.log.warn(error instanceof Error ? error.message : String(error)); // the next listing decides
        }
      }),
    );
  }

  /** The deleted images and everything that belongs to them, some of which the registry may still have. */
  #removedAndCollateral(): readonly Digest[] {
    const { graph } = this.#survey;
    const removed = [...this.#progress].filter(([, result]) => result === 'removed');
    const found = new Set(removed.map(([digest]) => digest));
    for (const digest of found) {
      graph.parts.get(digest)?.forEach((part) => found.add(part.digest));
      this.#survey.signaturesOf(digest).forEach((signature) => found.add(signature));
    }
    return [...found];
  }

  /** Records only the first reason, and none for a signature, which does not affect the result of its image. */
  #refuse(digest: Digest, refusal: Omit<ImageRefusal, 'removedTags'>): void {
    if (this.#progress.has(digest) && !this.#refusals.has(digest)) {
      const removedTags = this.#removedTags.get(digest) ?? [];
      this.#refusals.set(digest, { ...refusal, removedTags });
      this.#options.log.warn(
        `${digest} is kept: ${refusal.cause} ${refusal.tag ?? ''}; tags deleted: ${removedTags.join(' ') || 'none'}`,
      );
    }
  }

  #isOver(digest: Digest): boolean {
    return this.#isStopped || this.#signal?.aborted === true || this.#progress.get(digest) !== undefined;
  }

  /** The result of a delete request that failed. */
  #failed(error: unknown, digest: Digest, tag?: string): ManifestResult {
    if (!isHubError(error)) {
      throw error;
    }
    this.#options.log.warn(error.message);
    if (error.neverSent) {
      this.#isStopped = true;
      return 'notSent';
    }
    switch (error.kind) {
      case 'unauthenticated':
      case 'rejected':
        this.#isStopped = true;
        this.#refuse(digest, { cause: 'denied', ...reasonOf(error) });
        return 'refused';
      case 'rateLimited':
        this.#isStopped = true;
        return 'notSent'; // the server rejected it before it processed it
      case 'forbidden': // an immutable tag or a missing permission; the next request may still succeed
        this.#refuse(digest, {
          cause: tag === undefined ? 'denied' : 'tagKept',
          ...(tag !== undefined && { tag }),
          ...reasonOf(error),
        });
        return 'refused';
      default:
        return 'lost';
    }
  }

  /** The result if the check of a tag failed before its delete request. */
  #unsent(error: unknown): ManifestResult {
    if (!isHubError(error)) {
      throw error;
    }
    this.#isStopped = true;
    this.#options.log.warn(error.message);
    return 'notSent';
  }

  #results(): ReadonlyMap<Digest, ManifestResult> {
    return new Map([...this.#progress].map(([digest, result]) => [digest, result ?? 'notSent']));
  }

  #finalMetrics(): DeletionMetrics {
    const results = [...this.#results().values()];
    const removed = results.filter((result) => result === 'removed').length;
    return {
      ...this.#metrics,
      manifestDeletes: this.#metrics.manifestDeletes + removed,
      manifestErrors: results.length - removed,
    };
  }
}

function reasonOf({ reason }: HubError): Pick<ImageRefusal, 'reason'> {
  return reason === undefined ? {} : { reason };
}
