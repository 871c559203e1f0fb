import type { Digest } from '../digest';
import { isHubError } from '../errors';
import type { HubLog } from '../http/http';
import type { NeededReading, PullQuota, ReadContentsOptions } from '../imageApi';
import { formatRepository, type RepositoryRef } from '../names';
import type { StoredPart } from './manifestStore';
import { noteOpenAttachments, openAttachments } from './openAttachments';
import { merged } from './referenceGraph';
import type { IndexEntry, Registry } from './registry';
import type { RepositoryMemory } from './repositoryMemory';
import { Survey } from './survey';

/** What a reading of contents needs. */
export interface ContentReadingOptions {
  readonly registry: Registry;
  /** The server's time. */
  readonly now: () => Date;
  readonly log: HubLog;
  /** Stores what has been read. Never rejects. */
  readonly save: () => Promise<void>;
}

/** Maximum number of planned images whose attachments are requested at each check, without asking the user. */
export const plannedSubjectsLimit = 25;

/** Requests sent before what was read is stored, so that little is read twice after an interruption. */
const batchSize = 100;

/**
 * Reads from the registry what only the registry knows: the contents of indexes, and which manifests are attached to
 * others. What was read is remembered, so that the rest can be read later.
 */
export class ContentReading implements NeededReading {
  readonly #repository: RepositoryRef;
  readonly #memory: RepositoryMemory;
  readonly #options: ContentReadingOptions;
  #survey: Survey | undefined;
  #planned: ReadonlySet<Digest> = new Set();
  #requests = 0;

  constructor(repository: RepositoryRef, memory: RepositoryMemory, options: ContentReadingOptions) {
    this.#repository = repository;
    this.#memory = memory;
    this.#options = options;
  }

  get requests(): number {
    return this.#requests;
  }

  get quota(): PullQuota | undefined {
    return this.#options.registry.pullQuota;
  }

  /**
   * Determines what has to be read for a plan.
   *
   * @returns Whether there is anything.
   */
  plan(survey: Survey, planned: ReadonlySet<Digest>): boolean {
    this.#survey = survey;
    this.#planned = planned;
    const { indexes, candidates, subjects, open } = this.#needs(survey);
    if (candidates.length > 0 && subjects.length === 0) {
      this.#memory.noteAskedAll(survey); // nothing stays that they could be attached to, or it has been asked about
    }
    this.#requests =
      indexes.length + this.#cost(candidates, subjects) + this.#cost(open.candidates, open.subjects);
    return this.#requests > 0;
  }

  /** @throws {HubError} A request failed; what was read until then is remembered. */
  async read({ signal, onProgress }: ReadContentsOptions): Promise<void> {
    const survey = this.#survey;
    if (survey === undefined) {
      return;
    }
    this.#memory.mayRead = true;
    const { log } = this.#options;
    log.info(`${formatRepository(this.#repository)}: ${this.#requests} requests for contents of manifests`);
    const report = (done: number): void => onProgress?.(done, Math.max(done, this.#requests));
    let done = 0;
    const advance = (): void => {
      done += 1;
      report(done);
    };
    report(0);
    const known = await this.#readIndexes(survey, signal, advance);
    const { candidates, subjects } = this.#needs(known);
    if (this.#isCheaperToRead(candidates, subjects)) {
      await this.readContents(known, candidates, signal, advance);
    } else if (!(await this.#askAllReferrers(known, signal, advance))) {
      await this.readContents(known, candidates, signal, advance); // the registry does not offer it
    }
    await this.#readAboutPlanned(known, signal, advance);
    noteOpenAttachments(this.#planned, this.#again(known), this.#memory, this.#wasAsked);
    report(Math.max(done, this.#requests));
  }

  /**
   * Reads the indexes, and those that turn out to be contained in them, at any depth.
   *
   * @returns The survey with what has been read.
   */
  async #readIndexes(survey: Survey, signal: AbortSignal | undefined, onDone: () => void): Promise<Survey> {
    const tried = new Set<Digest>();
    let known = survey;
    for (let left = this.#needs(known).indexes; left.length > 0;) {
      left.forEach((digest) => tried.add(digest)); // one that is too large stays unread
      await this.readContents(known, left, signal, onDone);
      known = this.#again(known);
      left = this.#needs(known).indexes.filter((digest) => !tried.has(digest));
    }
    return known;
  }

  /** Finds the attachments of the planned images, which may be deleted along or left behind. */
  async #readAboutPlanned(
    survey: Survey,
    signal: AbortSignal | undefined,
    onDone: () => void,
  ): Promise<void> {
    const { candidates, subjects } = this.#needs(this.#again(survey)).open;
    if (subjects.length === 0) {
      return;
    }
    const isRead = candidates !== undefined && this.#isCheaperToRead(candidates, subjects);
    if (isRead || !(await this.askReferrers(subjects, signal, onDone))) {
      await this.readContents(survey, candidates ?? [], signal, onDone);
    }
  }

  /** Whether reading the manifests that may be attachments takes fewer requests than asking about their subjects. */
  #isCheaperToRead(candidates: readonly Digest[], subjects: readonly Digest[]): boolean {
    return !this.#memory.offersReferrers || candidates.length <= subjects.length;
  }

  /**
   * The number of requests that tell which manifests are attached to which subjects.
   *
   * @param candidates `undefined` if only a question about the subjects helps.
   */
  #cost(candidates: readonly Digest[] | undefined, subjects: readonly Digest[]): number {
    if (subjects.length === 0) {
      return 0;
    }
    if (candidates === undefined) {
      return this.#memory.offersReferrers ? subjects.length : 0;
    }
    return this.#isCheaperToRead(candidates, subjects) ? candidates.length : subjects.length;
  }

  /** Reads the contents of manifests. One that no longer exists is left out. */
  async readContents(
    survey: Survey,
    digests: readonly Digest[],
    signal: AbortSignal | undefined,
    onRead: () => void = () => undefined,
  ): Promise<void> {
    await this.#inBatches(digests, async (digest) => {
      await this.#readContent(survey, digest, signal);
      onRead();
    });
  }

  /**
   * Asks about the attachments of manifests, and of these attachments, at any depth.
   *
   * @returns Whether the registry offers it.
   */
  async askReferrers(
    subjects: readonly Digest[],
    signal: AbortSignal | undefined,
    onAsked: () => void = () => undefined,
  ): Promise<boolean> {
    let left: readonly Digest[] = subjects;
    while (left.length > 0) {
      const found = new Set<Digest>();
      const [first, ...others] = left;
      // The first is asked about alone, in case the registry does not offer it.
      if (first !== undefined && !(await this.#askAbout(first, found, signal))) {
        return false;
      }
      onAsked();
      await this.#inBatches(others, async (subject) => {
        await this.#askAbout(subject, found, signal);
        onAsked();
      });
      left = [...found].filter((digest) => !this.#memory.wasAsked(digest));
    }
    return true;
  }

  /**
   * Asks about the attachments of one manifest.
   *
   * @param found Attachments that were not known are added to it.
   * @returns Whether the registry offers it.
   */
  async #askAbout(subject: Digest, found: Set<Digest>, signal: AbortSignal | undefined): Promise<boolean> {
    const referrers = await this.#options.registry.referrers(this.#repository, subject, signal);
    this.#memory.offersReferrers = referrers !== undefined;
    if (referrers !== undefined) {
      this.#memory.noteReferrers(subject, referrers).forEach((digest) => found.add(digest));
    }
    return referrers !== undefined;
  }

  async #askAllReferrers(
    survey: Survey,
    signal: AbortSignal | undefined,
    onAsked: () => void,
  ): Promise<boolean> {
    const isOffered = await this.askReferrers(this.#needs(survey).subjects, signal, onAsked);
    if (isOffered) {
      this.#memory.noteAskedAll(this.#again(survey));
    }
    return isOffered;
  }

  /**
   * The indexes whose content is needed; the planned manifests that may be attachments, and the manifests that stay,
   * whose attachments can be asked for instead; what is not known about the attachments of planned images.
   */
  #needs(survey: Survey) {
    const planned = [...this.#planned].filter((digest) => survey.has(digest));
    const { unread } = survey.graph;
    const isPartInDoubt = planned.some(
      (digest) => survey.tagsOf(digest).length === 0 && survey.mayBePart(digest),
    );
    const concerned = survey.withDependents(planned);
    const indexes = [...unread].filter((digest) => isPartInDoubt || concerned.has(digest));
    const candidates = planned.filter((digest) => !unread.has(digest) && survey.mayBeAttachment(digest));
    const subjects =
      candidates.length === 0
        ? []
        : [...survey.digests].filter(
            (digest) => !this.#planned.has(digest) && !this.#memory.wasAsked(digest),
          );
    return {
      indexes,
      candidates,
      subjects,
      open: openAttachments(this.#planned, survey, this.#memory, this.#wasAsked),
    };
  }

  readonly #wasAsked = (digest: Digest): boolean => this.#memory.wasAsked(digest);

  /** The same lists with what has been read since. */
  #again(survey: Survey): Survey {
    return new Survey(survey.lists, this.#memory.answers(survey.answers.askedTags));
  }

  async #readContent(survey: Survey, digest: Digest, signal: AbortSignal | undefined): Promise<void> {
    const { registry, now } = this.#options;
    try {
      const at = now();
      const content = await registry.readManifest(this.#repository, digest, signal);
      if (content !== undefined) {
        this.#memory.noteChange();
        this.#memory.stored.set(digest, {
          mediaType: content.mediaType,
          parts: partsOf(content.entries),
          subject: content.subject ?? null,
          ownRead: { at, pulledBefore: survey.lastPulled(digest) },
        });
      } else if (await this.#isGone(digest, signal)) {
        this.#memory.noteGone(digest); // the lists still show it, but it contains nothing any more
      }
    } catch (error) {
      if (!isHubError(error, 'protocol', 'tooLarge')) {
        throw error;
      }
      this.#options.log.warn(error.message); // its content stays unknown
    }
  }

  /** Whether the registry itself says so: a 404 could also come from a proxy. */
  async #isGone(digest: Digest, signal: AbortSignal | undefined): Promise<boolean> {
    try {
      return (await this.#options.registry.head(this.#repository, digest, signal)) === undefined;
    } catch (error) {
      if (!isHubError(error, 'notFound', 'gone', 'forbidden', 'unauthenticated', 'protocol')) {
        throw error;
      }
      return false;
    }
  }

  async #inBatches(digests: readonly Digest[], step: (digest: Digest) => Promise<void>): Promise<void> {
    try {
      for (let start = 0; start < digests.length; start += batchSize) {
        await Promise.all(digests.slice(start, start + batchSize).map(step));
        await this.#options.save();
      }
    } catch (error) {
      await this.#options.save();
      throw error;
    }
  }
}

/** The manifests of an index, each once. */
function partsOf(entries: readonly IndexEntry[]): readonly StoredPart[] {
  const parts = new Map<Digest, StoredPart>();
  for (const { digest, platform, isAttestation, size } of entries) {
    const part = {
      digest,
      platforms: platform === undefined ? [] : [platform],
      isAttestation,
      sizeBytes: size,
    };
    const known = parts.get(digest);
    parts.set(digest, known === undefined ? part : merged(known, part));
  }
  return [...parts.values()];
}
