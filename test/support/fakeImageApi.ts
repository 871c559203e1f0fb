import type { DeletionAnswer } from '../../src/hub/deletionAnswer';
import type { DeletionRequest, ReviewedRequest } from '../../src/hub/deletionRequest';
import type { ImageApi, ImagesPage, ImagesQuery } from '../../src/hub/imageApi';
import type { Image, ImagesSummary } from '../../src/hub/model';
import type { RepositoryRef } from '../../src/hub/names';

export const nothingRemoved = { manifestDeletes: 0, manifestErrors: 0, tagDeletes: 0, tagErrors: 0 } as const;

export function refusal(parts: Partial<Extract<DeletionAnswer, { kind: 'refused' }>>): DeletionAnswer {
  return { kind: 'refused', warnings: [], blockers: [], txnid: undefined, ...parts };
}

/** One repository in memory. Its answers can be replaced, to say what no real server should. */
export class FakeImageApi implements ImageApi {
  readonly dryRuns: DeletionRequest[] = [];
  readonly deletions: ReviewedRequest[] = [];
  images: Image[];

  constructor(images: readonly Image[] = []) {
    this.images = [...images];
  }

  getSummary(_repository: RepositoryRef, query: Pick<ImagesQuery, 'activeFrom'>): Promise<ImagesSummary> {
    const active = this.images.filter(({ status }) => status === 'active').length;
    return Promise.resolve({
      activeFrom: query.activeFrom ?? new Date(0),
      total: this.images.length,
      active,
      inactive: this.images.length - active,
    });
  }

  listImages(...[, { page, pageSize }]: Parameters<ImageApi['listImages']>): Promise<ImagesPage> {
    const end = page * pageSize;
    return Promise.resolve({
      count: this.images.length,
      images: this.images.slice(end - pageSize, end),
      hasNext: end < this.images.length,
    });
  }

  async dryRun(request: DeletionRequest, signal?: AbortSignal): Promise<DeletionAnswer> {
    this.dryRuns.push(request);
    return this.answerDryRun(request, signal);
  }

  async deleteImages(request: ReviewedRequest): Promise<DeletionAnswer> {
    this.deletions.push(request);
    return this.answerDeletion(request);
  }

  answerDryRun: (request: DeletionRequest, signal?: AbortSignal) => DeletionAnswer | Promise<DeletionAnswer> =
    () => ({
      kind: 'completed',
      metrics: nothingRemoved,
    });

  answerDeletion: (request: ReviewedRequest) => DeletionAnswer | Promise<DeletionAnswer> = (request) =>
    this.remove(request);

  /** Does what a Hub does with an approved request. */
  remove(request: DeletionRequest): DeletionAnswer {
    const before = this.images.length;
    this.images = this.images.filter(({ digest }) => !request.digests.includes(digest));
    return {
      kind: 'completed',
      metrics: { ...nothingRemoved, manifestDeletes: before - this.images.length },
    };
  }
}
