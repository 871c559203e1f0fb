import type { Digest } from './digest';
import type { RepositoryName } from './names';

/** Objections a person may pass over, in the order in which they are shown. */
export const warningKinds = ['is_active', 'current_tag'] as const;
export type WarningKind = (typeof warningKinds)[number];

/** The Hub's objections that nobody may pass over. */
export const hubBlockerKinds = ['not_found', 'unauthorized', 'child_manifest'] as const;

/** Objections that nobody may pass over: the Hub's, and our own where a tag or repository is protected by a setting. */
export const blockerKinds = [...hubBlockerKinds, 'protected'] as const;
export type BlockerKind = (typeof blockerKinds)[number];

/** What a person has to accept of an image before it is deleted: the Hub's warnings, and what falls with the image. */
export const acceptanceKinds = [...warningKinds, 'collateral'] as const;
export type AcceptanceKind = (typeof acceptanceKinds)[number];

/**
 * The Hub's objection to the deletion of one image that a person may pass over. The object of a dry run's answer is
 * sent back unchanged to say so.
 */
export interface DeletionWarning {
  /** Repository name without the namespace, as the API writes it. */
  readonly repository: RepositoryName;
  readonly digest: Digest;
  readonly warning: WarningKind;
  /** Current tags that would be lost; only with `current_tag`. */
  readonly tags?: readonly string[];
}

/** A refusal to delete one image, whatever is accepted. */
export interface Blocker {
  readonly repository: RepositoryName;
  readonly digest: Digest;
  readonly error: BlockerKind;
}

/** Whether accepting one accepts the other: same image, same kind, same tags in any order. */
export function isSameWarning(a: DeletionWarning, b: DeletionWarning): boolean {
  return (
    a.digest === b.digest &&
    a.repository === b.repository &&
    a.warning === b.warning &&
    tagSet(a) === tagSet(b)
  );
}

function tagSet(warning: DeletionWarning): string {
  return [...new Set(warning.tags ?? [])].sort().join(' '); // no tag holds a space
}
