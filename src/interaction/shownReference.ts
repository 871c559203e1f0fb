import { type Digest, isDigest } from '../hub/digest';
import { parseListedRepositoryRef, type RepositoryRef } from '../hub/names';

/** A repository, or an image in it by its digest or else by a tag. */
export interface ShownReference {
  readonly repository: RepositoryRef;
  readonly tag: string | undefined;
  readonly digest: Digest | undefined;
}

/** @returns `undefined` if it does not name a repository, or if anything else in it is not what it has to be. */
export function shownReferenceOf(value: unknown): ShownReference | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { repository, tag, digest }: Partial<Record<keyof ShownReference, unknown>> = value;
  if (
    typeof repository !== 'string' ||
    (tag !== undefined && typeof tag !== 'string') ||
    (digest !== undefined && (typeof digest !== 'string' || !isDigest(digest)))
  ) {
    return undefined;
  }
  try {
    return { repository: parseListedRepositoryRef(repository), tag, digest };
  } catch {
    return undefined;
  }
}
