import type { Digest } from '../digest';
import type { RepositoryMemory } from './repositoryMemory';
import type { Survey } from './survey';

/** What is not known about the attachments of planned images. */
export interface OpenAttachments {
  /** Planned images, and what belongs to them, to which more may be attached than is known. */
  readonly subjects: readonly Digest[];
  /**
   * Manifests outside the plan that may be these attachments; `undefined` if there may be some that no list shows, so that
   * only a question about the subjects helps.
   */
  readonly candidates: readonly Digest[] | undefined;
}

/**
 * Determines what may be attached to planned images without being known.
 *
 * @param wasAsked Whether the registry was asked recently enough about a manifest, if no list shows all attachments.
 */
export function openAttachments(
  planned: ReadonlySet<Digest>,
  survey: Survey,
  memory: Pick<RepositoryMemory, 'mayHaveMore'>,
  wasAsked: (subject: Digest) => boolean,
): OpenAttachments {
  const all = [...survey.withDependents([...planned].filter((digest) => survey.has(digest)))];
  if (survey.mayLackUntagged) {
    return { subjects: all.filter((digest) => !wasAsked(digest)), candidates: undefined };
  }
  const candidates = [...survey.digests].filter(
    (digest) => !planned.has(digest) && survey.mayHaveUnknownSubject(digest),
  );
  return { subjects: all.filter(memory.mayHaveMore(candidates)), candidates };
}

/** Takes note of what may be attached to planned images, and what belongs to them, without being known. */
export function noteOpenAttachments(
  planned: ReadonlySet<Digest>,
  survey: Survey,
  memory: Pick<RepositoryMemory, 'mayHaveMore' | 'noteDoubt'>,
  wasAsked: (subject: Digest) => boolean,
): void {
  const open = new Set(openAttachments(planned, survey, memory, wasAsked).subjects);
  survey.withDependents(planned).forEach((digest) => memory.noteDoubt(digest, open.has(digest)));
}
