import type { DeletionAnswer } from '../deletionAnswer';
import type { DeletionRequest, ReviewedRequest } from '../deletionRequest';
import { apiPath } from '../http/apiPath';
import type { HubHttp } from '../http/http';
import { type ImageApi, type ImagesPage, type ImagesQuery, pageSizeLimit } from '../imageApi';
import { decodeReadablePage } from '../listing/pageShape';
import type { ImagesSummary } from '../model';
import { formatRepository, type RepositoryRef } from '../names';
import { unreadAfter } from '../readableList';
import { decode, protocolError } from '../wireShape';
import { encodeInstant, imageEntry, summaryAnswer } from './wire';

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
    const listed = decodeReadablePage(imageEntry, answer, { origin: this.#http.origin, page });
    const { count, items, hasNext } = listed;
    const foreignIndex = items.findIndex((item) => item.repository !== formatRepository(repository));
    if (foreignIndex >= 0) {
      throw protocolError(answer, `results[${foreignIndex}]: an image of another repository`);
    }
    const found = { count, images: items.map(({ image }) => image), hasNext };
    return listed.unread.length === 0
      ? found
      : { ...found, gaps: ['entriesUnread'], unread: unreadAfter((page - 1) * pageSize, listed.unread) };
  }

  /** As `dryRun` in deleteImages.ts. */
  async dryRun(request: DeletionRequest, signal?: AbortSignal): Promise<DeletionAnswer> {
    return (await loadDeleteImages()).dryRun(this.#http, request, signal);
  }

  /** As `deleteImages` in deleteImages.ts. */
  async deleteImages(request: ReviewedRequest, signal?: AbortSignal): Promise<DeletionAnswer> {
    return (await loadDeleteImages()).deleteImages(this.#http, this, request, signal);
  }
}

/** Read when somebody plans a deletion, so that the editor starts faster. */
function loadDeleteImages() {
  return import('./deleteImages');
}
