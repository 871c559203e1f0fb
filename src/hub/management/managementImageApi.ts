import * as v from 'valibot';
import type { DeletionAnswer } from '../deletionAnswer';
import type { DeletionRequest, ReviewedRequest } from '../deletionRequest';
import type { Digest } from '../digest';
import { HubError, isHubError, neverSent } from '../errors';
import { apiPath } from '../http/apiPath';
import { readTxnid } from '../http/errorBody';
import type { HubAnswer, HubHttp, PostOptions } from '../http/http';
import { type ImageApi, type ImagesPage, type ImagesQuery, pageSizeLimit } from '../imageApi';
import { decodePage } from '../listing/pageShape';
import type { Image, ImagesSummary } from '../model';
import { formatRepository, type RepositoryRef } from '../names';
import { decode, protocolError } from '../wireShape';
import { readNewestImages } from './newestImages';
import { type Objection, objectionsTo } from './newestImagesCheck';
import {
  type DeleteImagesBody,
  deletionAnswer,
  dryRunEcho,
  encodeDeletion,
  encodeDryRun,
  encodeInstant,
  hasRefusalDetails,
  imageEntry,
  refusalAnswer,
  summaryAnswer,
} from './wire';

/**
 * The image-management API: `images-summary`, `images` and `delete-images`.
 *
 * @see docker/docs docker-hub/api/latest.yaml, listed as removed from the public service on 2023-12-11
 */
export class ManagementImageApi implements ImageApi {
  readonly #http: HubHttp;

  constructor(http: HubHttp) {
    this.#http = http;
  }

  /**
   * Counts the images of a repository.
   *
   * @throws {HubError} `unauthenticated` (401), `gone` (the server does not offer the API), `protocol`.
   * @see GET /v2/namespaces/{namespace}/repositories/{repository}/images-summary
   */
  async getSummary(
    { namespace, name }: RepositoryRef,
    { activeFrom }: Pick<ImagesQuery, 'activeFrom'>,
    signal?: AbortSignal,
  ): Promise<ImagesSummary> {
    const answer = await this.#http.get(
      apiPath`/v2/namespaces/${namespace}/repositories/${name}/images-summary`,
      { active_from: activeFrom && encodeInstant(activeFrom) },
      signal,
    );
    const { active_from: applied = activeFrom, statistics } = decode(summaryAnswer, answer);
    if (applied === undefined) {
      throw protocolError(answer, 'active_from: missing');
    }
    return { activeFrom: applied, ...statistics };
  }

  /**
   * Lists one page of the images of a repository.
   *
   * @throws {HubError} `unauthenticated` (401), `forbidden` (403: plan or role), `gone` (the server does not offer the
   * API), `protocol`.
   * @throws {RangeError} The page is larger than the API allows.
   * @see GET /v2/namespaces/{namespace}/repositories/{repository}/images
   */
  async listImages(repository: RepositoryRef, query: ImagesQuery, signal?: AbortSignal): Promise<ImagesPage> {
    const { status, ordering, activeFrom, page, pageSize } = query;
    if (pageSize > pageSizeLimit) {
      throw new RangeError(`a page holds at most ${pageSizeLimit} images`);
    }
    const answer = await this.#http.get(
      apiPath`/v2/namespaces/${repository.namespace}/repositories/${repository.name}/images`,
      { status, ordering, active_from: activeFrom && encodeInstant(activeFrom), page, page_size: pageSize },
      signal,
    );
    const { count, items, hasNext } = decodePage(imageEntry, answer, { origin: this.#http.origin, page });
    const foreignIndex = items.findIndex((item) => item.repository !== formatRepository(repository));
    if (foreignIndex >= 0) {
      throw protocolError(answer, `results[${foreignIndex}]: an image of another repository`);
    }
    return { count, images: items.map(({ image }) => image), hasNext };
  }

  /**
   * Runs all checks of a deletion without deleting anything.
   *
   * @throws {HubError} `rejected` (400 that names no image), `forbidden` (403: plan), `dryRunMismatch`.
   * @see POST /v2/namespaces/{namespace}/delete-images with `dry_run: true`
   */
  dryRun(request: DeletionRequest, signal?: AbortSignal): Promise<DeletionAnswer> {
    return this.#postDeleteImages(request, encodeDryRun(request), { effect: 'none', signal });
  }

  /**
   * Deletes the images and accepts the warnings that were approved. Before a request that takes tags, one request looks
   * for what has changed since the last check, because the server does not check what is deleted along. If anything has
   * changed that concerns the request, it is not sent. It is sent a second time only after a 401, which means that the
   * server did nothing, and not before another look: signing in again may have taken a while.
   *
   * @throws {HubError} As {@link dryRun}. After `network`, `timeout`, `cancelled`, `server`, `protocol`, `tooLarge`
   * and `dryRunMismatch`, only a new listing shows what was deleted.
   * @see POST /v2/namespaces/{namespace}/delete-images with `dry_run: false`
   */
  async deleteImages(request: ReviewedRequest, signal?: AbortSignal): Promise<DeletionAnswer> {
    const takesTags = request.ignoredWarnings.some(({ warning }) => warning === 'current_tag');
    try {
      return await this.#deleteAfter(() => (takesTags ? this.#look(request, signal) : []), request, signal);
    } catch (error) {
      if (!isHubError(error, 'unauthenticated') || error.neverSent) {
        throw error;
      }
      return this.#deleteAfter(() => this.#renewToken(request, signal, error), request, signal);
    }
  }

  /** @param look Returns the newest images; an image that is not among them has not changed. */
  async #deleteAfter(
    look: () => Promise<readonly Image[]> | readonly Image[],
    request: ReviewedRequest,
    signal: AbortSignal | undefined,
  ): Promise<DeletionAnswer> {
    const objections = objectionsTo(request, await look());
    return objections.size > 0
      ? keptAnswer(request, objections)
      : this.#postDeleteImages(request, encodeDeletion(request, request.ignoredWarnings), {
          effect: 'delete',
          signal,
        });
  }

  async #look(request: ReviewedRequest, signal: AbortSignal | undefined): Promise<readonly Image[]> {
    try {
      return await readNewestImages(this, request, signal);
    } catch (error) {
      throw neverSent(error, 'POST');
    }
  }

  /**
   * Looks again, because a look is what renews the token: reads are sent again with a new one.
   *
   * @throws The refusal, if the token cannot be renewed.
   */
  async #renewToken(
    request: ReviewedRequest,
    signal: AbortSignal | undefined,
    refusal: HubError,
  ): Promise<readonly Image[]> {
    try {
      return await readNewestImages(this, request, signal);
    } catch {
      throw refusal;
    }
  }

  async #postDeleteImages(
    request: DeletionRequest,
    body: DeleteImagesBody,
    options: PostOptions,
  ): Promise<DeletionAnswer> {
    const path = apiPath`/v2/namespaces/${request.repository.namespace}/delete-images`;
    const answer = await this.#http.post(path, body, { ...options, accept: [400] });
    return answer.error === undefined ? readSuccess(answer, body.dry_run) : readRefusal(answer, request);
  }
}

/** The answer about a request that was not sent. */
function keptAnswer(
  { digests }: ReviewedRequest,
  objections: ReadonlyMap<Digest, Objection>,
): DeletionAnswer {
  return {
    kind: 'completed',
    metrics: { manifestDeletes: 0, manifestErrors: 0, tagDeletes: 0, tagErrors: 0 },
    results: new Map(digests.map((digest) => [digest, objections.has(digest) ? 'refused' : 'notSent'])),
    refusals: new Map([...objections].map(([digest, why]) => [digest, { ...why, removedTags: [] }])),
  };
}

function readSuccess(answer: HubAnswer, isDryRun: boolean): DeletionAnswer {
  const { method, path, status } = answer;
  if (decode(dryRunEcho, answer).dry_run !== isDryRun) {
    throw new HubError('dryRunMismatch', { method, path, status });
  }
  return { kind: 'completed', metrics: decode(deletionAnswer, answer) };
}

/** After a refusal, none of the images was deleted. */
function readRefusal(answer: HubAnswer, request: DeletionRequest): DeletionAnswer {
  if (!v.is(hasRefusalDetails, answer.body)) {
    throw answer.error ?? protocolError(answer, 'errinfo.details: missing');
  }
  const { blockers, warnings } = decode(refusalAnswer, answer);
  const findings = [...blockers, ...warnings];
  if (findings.length === 0) {
    throw answer.error ?? protocolError(answer, 'errinfo.details: empty');
  }
  const digests = new Set(request.digests);
  if (!findings.every((each) => each.repository === request.repository.name && digests.has(each.digest))) {
    throw protocolError(answer, 'errinfo.details: names an image that was not asked about');
  }
  return { kind: 'refused', warnings, blockers, txnid: readTxnid(answer.body) };
}
