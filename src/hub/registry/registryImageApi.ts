import { activeFromOneMonthAgo } from '../activity';
import { delay } from '../delay';
import type { DeletionAnswer } from '../deletionAnswer';
import type { DeletionRequest, ReviewedRequest } from '../deletionRequest';
import type { CheckId, ImageApi, ImagesPage, ImagesQuery, ReadAtOnceOptions } from '../imageApi';
import type { Image, ImagesSummary } from '../model';
import { formatRepository, type RepositoryRef } from '../names';
import { findingsOf, withoutAccepted } from './requestFindings';
import { Removal, type RemovalOptions } from './removal';
import type { ReadListsOptions } from './repositoryLists';
import { pageOf, summaryOf } from './selectImages';
import { SharedReading } from './sharedReading';
import { Survey } from './survey';
import { checkComplete, Surveyor, type SurveyorOptions } from './surveyor';

export interface RegistryImageApiOptions extends SurveyorOptions, RemovalOptions {
  /** The server's time. */
  readonly now: () => Date;
}

/** What is younger is not read again for a first page: the counts and the first page are asked for together. */
const freshMs = 5_000;

/** How long the whole is waited for once there is a part to show. */
const partialAfterMs = 300;

/** What was checked before a deletion is read again when it is older: a deletion of many requests takes its time. */
const recheckMs = 60_000;

/** What one reading serves, once each: who asks for the same again wants to know how it is now. */
type Serving = 'counts' | 'firstPage';

interface Reading {
  readonly startedAt: number;
  readonly survey: SharedReading<Survey>;
  /** What the first page of tags tells; never rejects, and never comes where the reading fails before. */
  readonly first: Promise<Survey>;
  readonly served: Set<Serving>;
  /** The one it was begun for. */
  readonly check: CheckId | undefined;
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
    const reading = this.#freshReadingOf(repository, 'counts');
    const survey = await reading.survey.wait(signal);
    reading.served.add('counts');
    return summaryOf(survey.images(activeFrom), activeFrom);
  }

  /** @throws {HubError} */
  async listImages(repository: RepositoryRef, query: ImagesQuery, signal?: AbortSignal): Promise<ImagesPage> {
    const isFirst = query.page === 1;
    const reading = isFirst ? this.#freshReadingOf(repository, 'firstPage') : this.#lastReadingOf(repository);
    const whole = reading.survey.wait(signal);
    const survey = await (isFirst && query.mayBePartial === true ? completeOrPartial(whole, reading) : whole);
    const page = pageOf(survey.images(query.activeFrom ?? this.#defaultActiveFrom()), query);
    if (survey.isPartial) {
      return { ...page, isPartial: true };
    }
    if (isFirst) {
      reading.served.add('firstPage');
    }
    return survey.gaps.length === 0 ? page : { ...page, gaps: survey.gaps };
  }

  /**
   * Reads anew, or takes what the dry runs of the same check have read.
   *
   * @throws {HubError} @throws {IncompleteInventoryError}
   */
  async readAtOnce(
    repository: RepositoryRef,
    { activeFrom, signal, onProgress, check }: ReadAtOnceOptions,
  ): Promise<readonly Image[]> {
    const reading =
      this.#readingOfCheck(repository, check) ??
      this.#begin(this.#readings, repository, {
        onProgress: onProgress && ((done) => onProgress(done, done)),
      });
    const survey = await reading.survey.wait(signal);
    checkComplete(repository, survey);
    return survey.images(activeFrom);
  }

  /**
   * Reads anew, however recently that was done: what a person approved is checked once more right before the deletion, and
   * a pull in the seconds between would go unseen. Dry runs of one check share one reading, and so do those of none that
   * begin together.
   *
   * @throws {HubError}
   */
  async dryRun(request: DeletionRequest, signal?: AbortSignal, check?: CheckId): Promise<DeletionAnswer> {
    const { registry } = this.#options;
    const [survey, mayDelete] = await Promise.all([
      this.#surveyAnew(request.repository, signal, check),
      registry.mayDelete(request.repository, signal),
    ]);
    const { blockers, warnings } = findingsOf(request, survey, mayDelete);
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
    const { blockers, warnings } = findingsOf(request, survey, mayDelete);
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
      : this.#surveyAnew(repository, signal);
  }

  async #surveyAnew(
    repository: RepositoryRef,
    signal: AbortSignal | undefined,
    check?: CheckId,
  ): Promise<Survey> {
    const known =
      check === undefined ? this.#checkUnderWay(repository) : this.#readingOfCheck(repository, check); // one that another check has begun may be older than this check
    const reading = known ?? this.#begin(this.#checked, repository, {}, check);
    return reading.survey.wait(signal);
  }

  #checkUnderWay(repository: RepositoryRef): Reading | undefined {
    const known = this.#checked.get(formatRepository(repository));
    return known?.survey.isUnderWay === true ? known : undefined;
  }

  #readingOfCheck(repository: RepositoryRef, check: CheckId | undefined): Reading | undefined {
    const known = this.#checked.get(formatRepository(repository));
    const isOfCheck = check !== undefined && known?.check === check;
    return isOfCheck && !known.survey.isVoid ? known : undefined;
  }

  #freshReadingOf(repository: RepositoryRef, serving: Serving): Reading {
    const known = this.#readings.get(formatRepository(repository));
    const isFresh =
      known?.survey.isUnderWay === true ||
      (known !== undefined && this.#isYounger(known, freshMs) && !known.served.has(serving));
    return isFresh ? known : this.#begin(this.#readings, repository, {});
  }

  /** Pages of one list go together, however long somebody takes from one to the next. */
  #lastReadingOf(repository: RepositoryRef): Reading {
    const known = this.#readings.get(formatRepository(repository));
    return known === undefined || known.survey.isVoid ? this.#begin(this.#readings, repository, {}) : known;
  }

  /** @param readings Where others find it. */
  #begin(
    readings: Map<string, Reading>,
    repository: RepositoryRef,
    options: Pick<ReadListsOptions, 'onProgress'>,
    check?: CheckId,
  ): Reading {
    let resolveFirst: (survey: Survey) => void = () => undefined;
    const reading: Reading = {
      startedAt: this.#options.now().getTime(),
      first: new Promise((resolve) => (resolveFirst = resolve)),
      survey: new SharedReading((together) =>
        this.#surveyor.survey(repository, {
          ...options,
          signal: together,
          onFirstTags: (tags) => resolveFirst(Survey.ofFirstTags(tags)),
        }),
      ),
      served: new Set(),
      check,
    };
    readings.set(formatRepository(repository), reading);
    return reading;
  }

  #isYounger({ startedAt, survey }: Reading, maxAgeMs: number): boolean {
    return !survey.isVoid && this.#options.now().getTime() - startedAt < maxAgeMs;
  }

  #defaultActiveFrom(): Date {
    return activeFromOneMonthAgo(this.#options.now());
  }
}

/** What there is to show soonest. A part is not shown where the whole is as good as there: rows would jump for nothing. */
async function completeOrPartial(whole: Promise<Survey>, { first }: Reading): Promise<Survey> {
  const partialDelay = new AbortController();
  const part = first.then(async (survey) => {
    await delay(partialAfterMs, partialDelay.signal);
    return survey;
  });
  part.catch(() => undefined); // the whole came first
  try {
    return await Promise.race([whole, part]);
  } finally {
    partialDelay.abort();
  }
}

const noMetrics = { manifestDeletes: 0, manifestErrors: 0, tagDeletes: 0, tagErrors: 0 };
