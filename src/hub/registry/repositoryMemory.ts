import type { Digest } from '../digest';
import type { RegistryAnswers, Survey } from './survey';
import type { StoredManifest, StoredManifests } from './manifestStore';
import type { AskedTags } from './tagClaims';

/** What is known about a repository from one reading to the next, for as long as the connection. */
export class RepositoryMemory {
  /** What the registry said about manifests. Also stored on disk. */
  readonly stored: Map<Digest, StoredManifest>;
  /** Deleted images that lists may still show for a while. */
  readonly gone = new Set<Digest>();
  /** Manifests for which a deletion was requested, so that the registry is asked if a list still shows them. */
  readonly requested = new Set<Digest>();
  /** Manifests whose deletion the registry has accepted: only for these is their absence from a list a proof. */
  readonly accepted = new Set<Digest>();
  /** Whether the user has agreed to reading manifests of this repository. */
  mayRead = false;
  /** Whether the registry answers what is attached to a manifest, as far as it was asked. */
  offersReferrers = true;
  /** Attachments that the registry named when it was asked about their subject, with that subject. */
  readonly #referrers = new Map<Digest, Digest>();
  /** The inverse of it: what the registry named last for each subject. */
  readonly #referrersOf = new Map<Digest, readonly Digest[]>();
  /** For each manifest that the list of manifests has shown, the number of the reading that showed it first. */
  readonly #shownAt = new Map<Digest, number>();
  /** For each manifest whose attachments the registry was asked about, the number of the latest reading before that. */
  readonly #askedAt = new Map<Digest, number>();
  #readings = 0;
  #version = 0;
  /** Manifests that were there when the registry was asked about all others, and that it named for none of them. */
  readonly #noAttachments = new Set<Digest>();
  /** Manifests to which more may be attached than is known, of those that were planned to be deleted. */
  readonly #subjectsInDoubt = new Set<Digest>();

  constructor(stored: StoredManifests) {
    this.stored = new Map(stored);
  }

  /** Increases whenever a survey made before may be out of date. */
  get version(): number {
    return this.#version;
  }

  /** Takes note that {@link stored} has changed. */
  noteChange(): void {
    this.#version += 1;
  }

  /** Takes note that the registry does not have a manifest that lists show. */
  noteGone(digest: Digest): void {
    this.gone.add(digest);
    this.noteChange();
  }

  /** The answers of the registry that a reading is evaluated with. */
  answers(askedTags: AskedTags): RegistryAnswers {
    return {
      version: this.#version,
      stored: this.stored,
      askedTags,
      referrers: this.#referrers,
      isNoAttachment: (digest) => this.#noAttachments.has(digest) && !this.#referrers.has(digest),
      isGone: (digest) => this.gone.has(digest),
      wasShown: (digest) => this.wasShown(digest),
      mayHaveMoreAttachments: (digest) => this.#subjectsInDoubt.has(digest),
    };
  }

  /** Takes note of a reading of the list of manifests. */
  noteShown(digests: Iterable<Digest>): void {
    this.#readings += 1;
    for (const digest of digests) {
      if (!this.#shownAt.has(digest)) {
        this.#shownAt.set(digest, this.#readings);
      }
    }
  }

  /** Whether the list of manifests has shown it: only then does its absence from the list mean anything. */
  wasShown(digest: Digest): boolean {
    return this.#shownAt.has(digest);
  }

  /**
   * Takes note of the attachments that the registry names for a manifest.
   *
   * @returns Those that it has not named before.
   */
  noteReferrers(subject: Digest, named: readonly Digest[]): readonly Digest[] {
    const attachments = named.filter((digest) => digest !== subject);
    const added = attachments.filter((digest) => !this.#referrers.has(digest));
    const before = this.#referrersOf.get(subject) ?? [];
    const lost = before.filter((digest) => !attachments.includes(digest));
    lost.forEach((digest) => this.#referrers.delete(digest));
    added.forEach((digest) => this.#referrers.set(digest, subject));
    this.#referrersOf.set(
      subject,
      attachments.filter((digest) => this.#referrers.get(digest) === subject),
    );
    this.#askedAt.set(subject, this.#readings);
    if (added.length + lost.length > 0) {
      this.noteChange();
    }
    return added;
  }

  /** Whether the registry was asked about the attachments of the manifest. */
  wasAsked(subject: Digest): boolean {
    return this.#askedAt.has(subject);
  }

  /** Whether the registry was asked about the attachments of the manifest since the latest reading. */
  wasAskedNow(subject: Digest): boolean {
    return this.#askedAt.get(subject) === this.#readings;
  }

  /** Whether one of these manifests was not there yet when the registry was asked about the attachments of another. */
  mayHaveMore(candidates: readonly Digest[]): (subject: Digest) => boolean {
    const newest = candidates.reduce(
      (last, digest) => Math.max(last, this.#shownAt.get(digest) ?? Infinity),
      -1,
    );
    return (subject) => newest > (this.#askedAt.get(subject) ?? 0);
  }

  /** Takes note of whether more may be attached to a manifest than is known. */
  noteDoubt(subject: Digest, isInDoubt: boolean): void {
    if (isInDoubt !== this.#subjectsInDoubt.has(subject)) {
      this.noteChange();
      if (isInDoubt) {
        this.#subjectsInDoubt.add(subject);
      } else {
        this.#subjectsInDoubt.delete(subject);
      }
    }
  }

  /** Takes note that the registry was asked about every manifest of the survey that stays. */
  noteAskedAll(survey: Survey): void {
    for (const digest of survey.digests) {
      if (survey.mayBeAttachment(digest) && !this.#referrers.has(digest)) {
        this.#noAttachments.add(digest);
      }
    }
  }

  /** Whether that the manifest is no attachment was found out by asking about all others. */
  isNoAttachmentByAsking(digest: Digest): boolean {
    return this.#noAttachments.has(digest) && this.stored.get(digest)?.subject === undefined;
  }

  /**
   * Forgets manifests that no longer exist.
   *
   * @returns Whether anything was stored about them.
   */
  forgetAllBut(survey: Survey): boolean {
    const stale = [...this.stored.keys()].filter((digest) => !survey.has(digest));
    stale.forEach((digest) => this.stored.delete(digest));
    return stale.length > 0;
  }
}
