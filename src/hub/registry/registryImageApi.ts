import { activeFromOneMonthAgo } from '../activity';
import { delay } from '../delay';
import { type DeletionAnswer, noMetrics } from '../deletionAnswer';
import type { DeletionRequest, ReviewedRequest } from '../deletionRequest';
import { type DeletionRight, isTokenLacking } from '../deletionRight';
import type { Digest } from '../digest';
import { isHubError, neverSent } from '../errors';
import type {
  CheckId,
  DeletionRun,
  ExistenceOptions,
  ImageApi,
  ImagesPage,
  ImagesQuery,
  NeededReading,
  ReadAtOnceOptions,
} from '../imageApi';
import { type Image, type ImagesSummary, partsOf } from '../model';
import { formatRepository, type RepositoryRef } from '../names';
import { countOf } from '../readableList';
import { pageOf, summaryOf } from './imagePage';
import { Removal, type RemovalAnswer, type RemovalOptions, type RemovalRun } from './removal';
import { imagesAtOnce, RemovalPace } from './removalPace';
import type { RepositoryMemory } from './repositoryMemory';
import type { ReadListsOptions } from './repositoryLists';
import { RepositoryWatch } from './repositoryWatch';
import { findingsOf, withoutAccepted } from './requestFindings';
import { SharedReading } from '../sharedReading';
import { Survey } from './survey';
import { checkComplete, Surveyor, type SurveyorOptions } from './surveyor';

/** What the API needs to read and delete images. */
export interface RegistryImageApiOptions extends SurveyorOptions {
  readonly http: SurveyorOptions['http'] & RemovalOptions['http'];
  /** The server's time. */
  readonly now: () => Date;
}

/**
 * A reading younger than this is reused for a first page, because the counts and the first page are requested together.
 */
const freshMs = 5_000;

/** How long to wait for the complete list once the first page of tags has arrived. */
const partialAfterMs = 300;

/** How old a reading may be that is used to find out what else has to be read. */
const usableMs = 60_000;

/** What a reading may answer once. A second request for the same wants the current state. */
type Serving = 'counts' | 'firstPage';

interface Reading {
  readonly startedAt: number;
  readonly survey: SharedReading<Survey>;
  /** The images of the first page of tags. Never rejects, and never resolves if the reading fails before. */
  readonly first: Promise<Survey>;
  readonly served: Set<Serving>;
  /** The check that started the reading. */
  readonly check: CheckId | undefined;
}

/**
 * Lists and deletes images with what Docker Hub offers today: its list of manifests, its list of tags, and the
 * registry. These do not filter, sort, count or check images, so each repository is read in full and evaluated here.
 */
export class RegistryImageApi implements ImageApi {
  readonly imagesAtOnce = imagesAtOnce;
  readonly #options: RegistryImageApiOptions;
  readonly #surveyor: Surveyor;
  /** By full repository name. */
  readonly #readings = new Map<string, Reading>();
  /** The reading that the last dry run or deletion of a repository was checked against, by full repository name. */
  readonly #checked = new Map<string, Reading>();
  /** The run whose request came last. */
  #run: { readonly id: DeletionRun; readonly repository: string; readonly state: RemovalRun } | undefined;

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
    const unread = survey.lists.unread;
    const summary = summaryOf(survey.images(activeFrom), activeFrom);
    return unread === undefined
      ? summary
      : { ...summary, unread: countOf(unread.parts) ?? unread.parts.length };
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
    const unread = survey.lists.unread?.parts;
    return survey.gaps.length === 0
      ? page
      : { ...page, gaps: survey.gaps, ...(unread !== undefined && { unread }) };
  }

  /**
   * Reads the repository again, or uses the reading of the dry runs of the same check.
   *
   * @throws {IncompleteInventoryError} The lists may lack images, or contradict each other.
   * @throws {HubError} A request failed.
   */
  async readAtOnce(
    repository: RepositoryRef,
    { activeFrom, signal, onProgress, check, acceptsUnread }: ReadAtOnceOptions,
  ): Promise<readonly Image[]> {
    const reading =
      this.#readingOfCheck(repository, check) ??
      this.#begin(this.#readings, repository, {
        onProgress: onProgress && ((done) => onProgress(done, done)),
      });
    const survey = await this.#surveyor.current(repository, await reading.survey.wait(signal));
    checkComplete(repository, survey, acceptsUnread);
    return survey.images(activeFrom);
  }

  /**
   * Determines what has to be read before it can be said whether images may be deleted: the contents of indexes, and
   * which manifests are attached to others. Asks the registry about what costs no pull.
   *
   * @throws {HubError} A request failed.
   */
  async neededReading(
    repository: RepositoryRef,
    digests: readonly Digest[],
    signal?: AbortSignal,
  ): Promise<NeededReading | undefined> {
    const survey = await this.#usableReadingOf(repository).survey.wait(signal);
    const planned = new Set(digests);
    const complete = await this.#surveyor.complete(repository, survey, planned, signal);
    return this.#surveyor.neededReading(repository, complete, planned);
  }

  deletionRight(repository: RepositoryRef): Promise<DeletionRight> {
    return this.#options.registry.deletionRight(repository);
  }

  /**
   * Reads the repository again, however recent the last reading is: the approved images are checked again right before
   * the deletion, and a pull in the seconds before must be noticed. Dry runs of the same check share one reading. So do
   * dry runs without a check while a reading is in progress.
   *
   * @throws {HubError} A request failed.
   */
  async dryRun(request: DeletionRequest, signal?: AbortSignal, check?: CheckId): Promise<DeletionAnswer> {
    const { repository, digests, planned = new Set(digests) } = request;
    const [survey, mayDelete] = await Promise.all([
      this.#surveyAnew(repository, signal, check),
      this.#options.registry.mayDelete(repository, signal),
    ]);
    const complete = await this.#surveyor.complete(repository, survey, planned, signal);
    const memory = await this.#surveyor.memoryOf(repository);
    const isAttachmentOpen = (await this.#surveyor.unaskedSubjects(repository, complete, planned)).length > 0;
    const { blockers, warnings } = findingsOf(request, complete, {
      mayDelete,
      isTokenLacking: !mayDelete && isTokenLacking(await this.deletionRight(repository)),
      mayBeAttachment: (digest) => isAttachmentOpen && memory.isNoAttachmentByAsking(digest),
    });
    const withParts = new Set(
      digests.filter((digest) => hasParts(complete.image(digest, request.activeFrom))),
    );
    return blockers.length + warnings.length > 0
      ? { kind: 'refused', blockers, warnings, txnid: undefined, withParts }
      : { kind: 'completed', metrics: noMetrics, withParts };
  }

  /**
   * Checks again, deletes the accepted tags, then the images. An image about which anything has changed since the
   * approval is not touched, and nothing after it.
   *
   * @throws {HubError} A request of the check failed; nothing was deleted.
   */
  async deleteImages(
    request: ReviewedRequest,
    signal?: AbortSignal,
    run: DeletionRun = Symbol('run'),
  ): Promise<DeletionAnswer> {
    const { repository } = request;
    const { registry } = this.#options;
    const [state, mayDelete] = await Promise.all([
      this.#runOf(run, repository, request, signal),
      registry.mayDelete(repository, signal),
    ]).catch((error: unknown) => {
      throw neverSent(error, 'DELETE');
    });
    const { blockers, warnings } = findingsOf(request, state.watch.survey, { mayDelete });
    const unaccepted = withoutAccepted(warnings, request.ignoredWarnings);
    if (blockers.length + unaccepted.length > 0) {
      return { kind: 'refused', blockers, warnings: unaccepted, txnid: undefined };
    }
    const memory = await this.#surveyor.memoryOf(repository);
    for (const digest of [...deletedAlong(request), ...knownParts(request, state.watch.survey)]) {
      memory.requested.add(digest); // while a list still shows it, the registry is asked whether it exists
    }
    try {
      const answer = await new Removal(this.#options, state, request, signal).run();
      noteAccepted(memory, answer, request);
      return answer;
    } finally {
      this.#readings.delete(formatRepository(repository)); // the next listing reads again
      this.#checked.delete(formatRepository(repository));
    }
  }

  /**
   * Reads the lists again. Where a list would have shown an image, and the registry has accepted its deletion, its
   * absence proves that it no longer exists; otherwise the registry is asked.
   *
   * @throws {HubError} The lists could not be read.
   */
  async existing(
    repository: RepositoryRef,
    digests: readonly Digest[],
    { signal, onProgress }: ExistenceOptions,
  ): Promise<ReadonlyMap<Digest, boolean>> {
    const memory = await this.#surveyor.memoryOf(repository);
    digests.forEach((digest) => memory.requested.add(digest)); // the reading asks about those that are still listed
    const isProvedByList = (digest: Digest) => memory.wasShown(digest) && memory.accepted.has(digest);
    const provable = new Set(digests.filter(isProvedByList));
    const reading = this.#begin(this.#readings, repository, {
      onProgress: onProgress && ((done) => onProgress(done, done)),
    });
    const survey = await reading.survey.wait(signal);
    const isComplete = !survey.mayLackUntagged;
    const found = new Map<Digest, boolean>();
    await Promise.all(
      digests.map(async (digest) => {
        if (survey.isInManifestList(digest)) {
          found.set(digest, true); // the registry has been asked
        } else if (memory.gone.has(digest) || (isComplete && provable.has(digest))) {
          found.set(digest, false);
        } else {
          const exists = await this.#exists(repository, digest, signal);
          if (exists !== undefined) {
            found.set(digest, exists);
          }
        }
      }),
    );
    return found;
  }

  async #exists(
    repository: RepositoryRef,
    digest: Digest,
    signal: AbortSignal | undefined,
  ): Promise<boolean | undefined> {
    try {
      return (await this.#options.registry.head(repository, digest, signal)) !== undefined;
    } catch (error) {
      if (!isHubError(error) || error.kind === 'cancelled') {
        throw error;
      }
      this.#options.log.warn(error.message);
      return undefined;
    }
  }

  /** The state of a run. Its first request begins with the reading that the plan was last checked against. */
  async #runOf(
    run: DeletionRun,
    repository: RepositoryRef,
    { digests, planned = new Set(digests) }: ReviewedRequest,
    signal: AbortSignal | undefined,
  ): Promise<RemovalRun> {
    const name = formatRepository(repository);
    const known = this.#run;
    if (known?.id === run && known.repository === name) {
      return known.state;
    }
    const checked = this.#checked.get(name);
    const reading =
      checked !== undefined && this.#isYounger(checked, usableMs)
        ? checked
        : this.#begin(this.#checked, repository, {});
    const survey = await reading.survey.wait(signal);
    const complete = await this.#surveyor.complete(repository, survey, planned, signal);
    const { http, now } = this.#options;
    const state = {
      watch: new RepositoryWatch(repository, { http, surveyor: this.#surveyor }, complete),
      pace: new RemovalPace(now, new Date(reading.startedAt), planned.size),
    };
    this.#run = { id: run, repository: name, state };
    return state;
  }

  #usableReadingOf(repository: RepositoryRef): Reading {
    const known = this.#readings.get(formatRepository(repository));
    return known !== undefined && this.#isYounger(known, usableMs)
      ? known
      : this.#begin(this.#readings, repository, {});
  }

  async #surveyAnew(
    repository: RepositoryRef,
    signal: AbortSignal | undefined,
    check?: CheckId,
  ): Promise<Survey> {
    // A reading that another check has started may be older than this check.
    const known =
      check === undefined ? this.#checkUnderWay(repository) : this.#readingOfCheck(repository, check);
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

  /** All pages come from the same reading, however much time passes between requests. */
  #lastReadingOf(repository: RepositoryRef): Reading {
    const known = this.#readings.get(formatRepository(repository));
    return known === undefined || known.survey.isVoid ? this.#begin(this.#readings, repository, {}) : known;
  }

  /** @param readings Map to which the new reading is added. */
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

/**
 * Waits a moment for the complete list before it returns the partial one: otherwise rows would move right after they
 * appear.
 */
async function completeOrPartial(whole: Promise<Survey>, { first }: Reading): Promise<Survey> {
  const partialDelay = new AbortController();
  const part = first.then(async (survey) => {
    await delay(partialAfterMs, partialDelay.signal);
    return survey;
  });
  part.catch(() => undefined); // the complete list came first
  try {
    return await Promise.race([whole, part]);
  } finally {
    partialDelay.abort();
  }
}

/** The images of the request and everything that was approved to be deleted along with them. */
function deletedAlong({ digests, collateral }: ReviewedRequest): readonly Digest[] {
  const others = [...collateral.values()].flatMap((images) => (images === 'unknown' ? [] : images));
  return [...digests, ...others.map(({ digest }) => digest)];
}

/**
 * What the registry has accepted to delete is gone if no list shows it any more, and so are the parts that were approved to
 * be deleted along. An attachment is not deleted with its subject: it needs a request of its own.
 */
function noteAccepted(
  memory: RepositoryMemory,
  { results, removedAttachments }: RemovalAnswer,
  { collateral }: ReviewedRequest,
): void {
  for (const [digest, result] of results) {
    if (result === 'removed') {
      const along = collateral.get(digest) ?? [];
      const parts = along === 'unknown' ? [] : along.filter(({ role }) => role !== 'signature');
      [digest, ...parts.map((part) => part.digest)].forEach((each) => memory.accepted.add(each));
    }
  }
  removedAttachments.forEach((digest) => memory.accepted.add(digest));
}

function hasParts(image: Image | undefined): boolean {
  return image?.parts !== undefined || image?.arePartsUnknown === true;
}

function knownParts({ digests, activeFrom }: ReviewedRequest, survey: Survey): readonly Digest[] {
  return digests.flatMap((digest) => {
    const image = survey.image(digest, activeFrom);
    return image === undefined ? [] : partsOf(image).map((part) => part.digest);
  });
}
