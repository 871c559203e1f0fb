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

/** What was checked before a deletion is read again when it is older: a deletion of many requests takes its time. */
const recheckMs = 60_000;

/** What one reading serves, once each: who asks for the same again wants to know how it is now. */
type Serving = 'counts' | 'firstPage';

interface Reading {
  readonly startedAt: number;
  readonly survey: SharedReading<Survey>;
  readonly served: Set<Serving>;
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
    const survey = await this.#freshSurveyOf(repository, 'counts', signal);
    return summaryOf(survey.images(activeFrom), activeFrom);
  }

  /** @throws {HubError} */
  async listImages(repository: RepositoryRef, query: ImagesQuery, signal?: AbortSignal): Promise<ImagesPage> {
    const survey =
      query.page === 1
        ? await this.#freshSurveyOf(repository, 'firstPage', signal)
        : await this.#lastSurveyOf(repository, signal);
    const page = pageOf(survey.images(query.activeFrom ?? this.#defaultActiveFrom()), query);
    return survey.gaps.length === 0 ? page : { ...page, gaps: survey.gaps };
  }

  /** @throws {HubError} @throws {IncompleteInventoryError} */
  async readEveryImage(
    repository: RepositoryRef,
    { activeFrom, signal, onProgress }: EveryImageOptions,
  ): Promise<readonly Image[]> {
    const survey = await this.#read(this.#readings, repository, {
      signal,
      onProgress: onProgress && ((done) => onProgress(done, done)),
    });
    checkComplete(repository, survey);
    return survey.images(activeFrom);
  }

  /**
   * Reads anew, however recently that was done: what a person approved is checked once more right before the deletion, and
   * a pull in the seconds between would go unseen. Dry runs that begin together share one reading.
   *
   * @throws {HubError}
   */
  async dryRun(request: DeletionRequest, signal?: AbortSignal): Promise<DeletionAnswer> {
    const { registry } = this.#options;
    const [survey, mayDelete] = await Promise.all([
      this.#checkAnew(request.repository, signal),
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
      this.#checkedSurveyOf(request.repository, signal),
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
      this.#readings.delete(formatRepository(request.repository)); // what is shown from now on is read anew
    }
  }

  /** What a dry run has just read, so that a deletion of many requests does not read it all before each. */
  async #checkedSurveyOf(repository: RepositoryRef, signal: AbortSignal | undefined): Promise<Survey> {
    const known = this.#checked.get(formatRepository(repository));
    return known !== undefined && this.#isYounger(known, recheckMs)
      ? known.survey.wait(signal)
      : this.#checkAnew(repository, signal);
  }

  async #checkAnew(repository: RepositoryRef, signal: AbortSignal | undefined): Promise<Survey> {
    const known = this.#checked.get(formatRepository(repository));
    return known?.survey.isUnderWay === true
      ? known.survey.wait(signal)
      : this.#read(this.#checked, repository, { signal });
  }

  async #freshSurveyOf(
    repository: RepositoryRef,
    serving: Serving,
    signal: AbortSignal | undefined,
  ): Promise<Survey> {
    const known = this.#readings.get(formatRepository(repository));
    const isFresh =
      known !== undefined &&
      this.#isYounger(known, freshMs) &&
      (known.survey.isUnderWay || !known.served.has(serving));
    const survey = isFresh ? known.survey.wait(signal) : this.#read(this.#readings, repository, { signal });
    this.#readings.get(formatRepository(repository))?.served.add(serving);
    return survey;
  }

  /** Pages of one list go together, however long somebody takes from one to the next. */
  async #lastSurveyOf(repository: RepositoryRef, signal: AbortSignal | undefined): Promise<Survey> {
    const known = this.#readings.get(formatRepository(repository));
    return known !== undefined && !known.survey.isGivenUp
      ? known.survey.wait(signal)
      : this.#read(this.#readings, repository, { signal });
  }

  /** @param readings Where others find it, until it has failed. */
  async #read(
    readings: Map<string, Reading>,
    repository: RepositoryRef,
    { signal, onProgress }: ReadListsOptions,
  ): Promise<Survey> {
    const name = formatRepository(repository);
    const reading: Reading = {
      startedAt: this.#options.now().getTime(),
      survey: new SharedReading((together) =>
        this.#surveyor.survey(repository, { signal: together, onProgress }),
      ),
      served: new Set(),
    };
    readings.set(name, reading);
    try {
      return await reading.survey.wait(signal);
    } catch (error) {
      if (readings.get(name) === reading) {
        readings.delete(name); // the next one asks again
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
