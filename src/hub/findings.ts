import type { Digest } from './digest';
import type { Image } from './model';
import type { RepositoryName } from './names';

/** Docker Hub's objections that can be accepted, in the order in which they are shown. */
export const warningKinds = ['is_active', 'current_tag'] as const;
/** One of {@link warningKinds}, as written by the API. */
export type WarningKind = (typeof warningKinds)[number];

/** Docker Hub's objections that cannot be accepted, as written by the API. */
export const hubBlockerKinds = ['not_found', 'unauthorized', 'child_manifest'] as const;

/**
 * This extension's objections that cannot be accepted:
 *
 * - `protected`: a setting protects it
 * - `noLongerMatches`: the plan was made by criteria, and it does not match them any more
 */
export const ruleBlockerKinds = ['protected', 'noLongerMatches'] as const;

/**
 * Objections to an image about which too little is known:
 *
 * - `disputed`: the server's lists disagree about which image one of its tags points at
 * - `undetermined`: it may belong to another image; that was not read from the registry
 * - `unreadable`: an entry of the server's lists that may be about it could not be read
 */
export const doubtBlockerKinds = ['disputed', 'undetermined', 'unreadable'] as const;

/** Objections that cannot be accepted: Docker Hub's, and this extension's. */
export const blockerKinds = [...hubBlockerKinds, ...ruleBlockerKinds, ...doubtBlockerKinds] as const;
/** One of {@link blockerKinds}. */
export type BlockerKind = (typeof blockerKinds)[number];

/**
 * What must be accepted before an image is deleted: Docker Hub's warnings, the images deleted along with it, and files of
 * the workspace that use it or one of these.
 */
export const acceptanceKinds = [...warningKinds, 'collateral', 'referenced'] as const;
/** One of {@link acceptanceKinds}. */
export type AcceptanceKind = (typeof acceptanceKinds)[number];

/**
 * Docker Hub's objection to the deletion of one image that can be accepted. To accept it, the object from the answer of
 * the dry run is sent back unchanged.
 */
export interface DeletionWarning {
  /** Repository name without the namespace, as the API writes it. */
  readonly repository: RepositoryName;
  readonly digest: Digest;
  readonly warning: WarningKind;
  /** Current tags that would be deleted; only with `current_tag`. */
  readonly tags?: readonly string[];
}

/** An objection to the deletion of one image that cannot be accepted. */
export interface Blocker {
  /** Repository name without the namespace, as the API writes it. */
  readonly repository: RepositoryName;
  readonly digest: Digest;
  readonly error: BlockerKind;
  /** With `unauthorized`: the access token lacks the permission, and not its account. */
  readonly isTokenLacking?: true;
  /** Image to which the objection applies, if it is not the image itself but one that is deleted along with it. */
  readonly deletedAlong?: Image;
}

/** Whether the objection is one of this extension, which it raises again at every check. */
export function isRuleBlocker({ error }: Blocker): boolean {
  return ruleBlockerKinds.some((kind) => kind === error);
}

/** Whether both object for the same reason. */
export function isSameBlocker(a: Blocker, b: Blocker): boolean {
  return a.error === b.error && a.deletedAlong?.digest === b.deletedAlong?.digest;
}

/** Whether accepting one warning accepts the other: same image, same kind, same tags in any order. */
export function isSameWarning(a: DeletionWarning, b: DeletionWarning): boolean {
  return (
    a.digest === b.digest &&
    a.repository === b.repository &&
    a.warning === b.warning &&
    tagSet(a) === tagSet(b)
  );
}

function tagSet(warning: DeletionWarning): string {
  return [...new Set(warning.tags ?? [])].sort().join(' '); // a tag cannot contain a space
}
