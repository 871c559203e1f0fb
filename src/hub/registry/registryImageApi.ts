import { activeFromOneMonthAgo } from '../activity';
import type { DeletionRequest } from '../deletion/plan';
import type { ReviewedRequest } from '../deletion/reviewedPlan';
import type { DeletionAnswer, EveryImageOptions, ImageApi, ImagesPage, ImagesQuery } from '../imageApi';
import type { Image, ImagesSummary } from '../model';
import { formatRepository, type RepositoryRef } from '../names';
import { judge, withoutAccepted } from './judge';
import { Removal, type RemovalOptions } from './removal';
import { pageOf, summaryOf } from './selectImages';
import { SharedReading } from './sharedReading';
import type { Survey } from './survey';
import type { ReadListsOptions } from './repositoryLists';
import { checkComplete, Surveyor, type SurveyorOptions } from './surveyor';

export interface RegistryImageApiOptions extends SurveyorOptions, RemovalOptions {
  /** The server's time. */
  readonly now: () => Date;
}

/** What is younger is not read again for a first page: the counts and the first page are asked for together. */
const freshMs = 5_000;

/** What was checked before a deletion is read again when it is older. */
const recheckMs = 60_000;

interface Reading {
  readonly startedAt: number;
  readonly survey: SharedReading<Survey>;
}

/**
 * Seeing and deleting images with what today's Docker Hub offers: its list of manifests, its list of tags, and the registry.
 * There is no server that filters, orders, counts or checks: each repository is read in full, and judged here.
 */
export class RegistryImageApi implements ImageApi {
  readonly #options: RegistryImageApiOptions;
  readonly #surveyor: Surveyor;
  /** By full name. */
  readonly #readings = new Map<string, Reading>();
  /** What the last dry run or deletion of a repository was judged by, by full name. */
  readonly #checked = new Map<string, Reading>();
  /** Readings from before a deletion: good enough for its next request, which deletes other images, and for nothing else. */
  readonly #outdated = new WeakSet<Reading>();

  constructor(options: RegistryImageApiOptions) {
    this.#options = options;
    this.#surveyor = new Surveyor(options);
  }

  /** @throws {HubError} */
  async getSummary(
    repository: RepositoryRef,
    { activeFrom = this.#defaultActiveFrom() }: Pick<ImagesQuery, 'activeFrom'>,
    signal?: AbortSignal,
  ): Promise<ImagesSummary> {
    const survey = await this.#surveyOf(repository, freshMs, { signal });
    return summaryOf(survey.images(activeFrom), activeFrom);
  }

  /** @throws {HubError} */
  async listImages(repository: RepositoryRef, query: ImagesQuery, signal?: AbortSignal): Promise<ImagesPage> {
    const survey = await this.#surveyOf(repository, query.page === 1 ? freshMs : Infinity, { signal });
    const page = pageOf(survey.images(query.activeFrom ?? this.#defaultActiveFrom()), query);
    return survey.gaps.length === 0 ? page : { ...page, gaps: survey.gaps };
  }

  /** @throws {HubError} @throws {IncompleteInventoryError} */
  async readEveryImage(
    repository: RepositoryRef,
    { activeFrom, signal, onProgress }: EveryImageOptions,
  ): Promise<readonly Image[]> {
    const survey = await this.#surveyOf(repository, 0, {
      signal,
      onProgress: onProgress && ((done) => onProgress(done, done)),
    });
    checkComplete(repository, survey);
    return survey.images(activeFrom);
  }

  /** @throws {HubError} */
  async dryRun(request: DeletionRequest, signal?: AbortSignal): Promise<DeletionAnswer> {
    const { registry } = this.#options;
    const [survey, mayDelete] = await Promise.all([
      this.#checkedSurveyOf(request.repository, 'dryRun', signal),
      registry.mayDelete(request.repository, signal),
    ]);
    const { blockers, warnings } = judge(request, survey, mayDelete);
    return blockers.length + warnings.length > 0
      ? { kind: 'refused', blockers, warnings, txnid: undefined }
      : { kind: 'completed', metrics: noMetrics };
  }

  /**
   * Checks once more, removes the accepted tags, then the images. An image whose tags are not as they were approved is not
   * touched.
   *
   * @throws {HubError} Nothing was deleted then.
   */
  async deleteImages(request: ReviewedRequest, signal?: AbortSignal): Promise<DeletionAnswer> {
    const { registry } = this.#options;
    const [survey, mayDelete] = await Promise.all([
      this.#checkedSurveyOf(request.repository, 'deletion', signal),
      registry.mayDelete(request.repository, signal),
    ]);
    const { blockers, warnings } = judge(request, survey, mayDelete);
    const unaccepted = withoutAccepted(warnings, request.ignoredWarnings);
    if (blockers.length + unaccepted.length > 0) {
      return { kind: 'refused', blockers, warnings: unaccepted, txnid: undefined };
    }
    try {
      return await new Removal(this.#options, this.#surveyor, survey, request, signal).run();
    } finally {
      const name = formatRepository(request.repository);
      this.#readings.delete(name); // what is shown from now on is read anew
      const checked = this.#checked.get(name);
      if (checked !== undefined) {
        this.#outdated.add(checked);
      }
    }
  }

  async #checkedSurveyOf(
    repository: RepositoryRef,
    purpose: 'dryRun' | 'deletion',
    signal: AbortSignal | undefined,
  ): Promise<Survey> {
    const name = formatRepository(repository);
    const known = this.#checked.get(name);
    const isGoodEnough =
      known !== undefined &&
      (purpose === 'deletion'
        ? this.#isYounger(known, recheckMs)
        : this.#isYounger(known, freshMs) && !this.#outdated.has(known));
    if (isGoodEnough) {
      return known.survey.wait(signal);
    }
    const survey = await this.#surveyOf(repository, freshMs, { signal });
    const reading = this.#readings.get(name);
    if (reading !== undefined) {
      this.#checked.set(name, reading);
    }
    return survey;
  }

  /** @param maxAgeMs A reading that began longer ago is not good enough. */
  async #surveyOf(
    repository: RepositoryRef,
    maxAgeMs: number,
    { signal, onProgress }: ReadListsOptions,
  ): Promise<Survey> {
    const name = formatRepository(repository);
    const known = this.#readings.get(name);
    if (known !== undefined && this.#isYounger(known, maxAgeMs)) {
      return known.survey.wait(signal);
    }
    const reading: Reading = {
      startedAt: this.#options.now().getTime(),
      survey: new SharedReading((together) =>
        this.#surveyor.survey(repository, { signal: together, onProgress }),
      ),
    };
    this.#readings.set(name, reading);
    try {
      return await reading.survey.wait(signal);
    } catch (error) {
      if (this.#readings.get(name) === reading) {
        this.#readings.delete(name); // the next one asks again
      }
      throw error;
    }
  }

  #isYounger({ startedAt, survey }: Reading, maxAgeMs: number): boolean {
    return !survey.isGivenUp && this.#options.now().getTime() - startedAt < maxAgeMs;
  }

  #defaultActiveFrom(): Date {
    return activeFromOneMonthAgo(this.#options.now());
  }
}

const noMetrics = { manifestDeletes: 0, manifestErrors: 0, tagDeletes: 0, tagErrors: 0 };
