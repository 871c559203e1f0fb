import type { Digest } from '../digest';
import type { Blocker, DeletionWarning } from '../findings';
import { currentTags, historicalTags, type Image, partsOf } from '../model';
import type { ReviewEntry } from './reviewEntry';

/** The part of an entry that its tags follow from. */
export type TaggedEntry = Pick<ReviewEntry, 'planned' | 'latestTags'>;

/** How the tags of an image differ from those when it was planned. */
export interface TagChanges {
  readonly added: readonly string[];
  /** Tags that point at another image now. */
  readonly moved: readonly string[];
  /** Tags that no longer point at the image; it is not known whether they exist. */
  readonly lost: readonly string[];
}

const none: readonly string[] = [];
const unchanged: TagChanges = { added: none, moved: none, lost: none };
const holders = new WeakMap<readonly Image[], ReadonlyMap<string, Digest>>();

/**
 * Returns the current tags of an image as a dry run reported them.
 *
 * @param warnings All warnings about the image.
 * @param blockers The server's objections to the image: it may report no warnings about a blocked image.
 * @returns `undefined` if the answer does not tell.
 */
export function tagsInAnswer(
  warnings: readonly { readonly warning: DeletionWarning }[],
  blockers: readonly Blocker[],
): readonly string[] | undefined {
  const tagged =
    warnings.length === 0 ? [] : warnings.filter(({ warning }) => warning.warning === 'current_tag');
  if (tagged.length === 0) {
    return blockers.length === 0 ? none : undefined;
  }
  return tagged.some(({ warning }) => warning.tags === undefined)
    ? undefined
    : [...new Set(tagged.flatMap(({ warning }) => warning.tags ?? []))];
}

/** Returns the tags that point at the image as last read; those when it was planned if they were not read since. */
export function latestTagsOf({ planned, latestTags }: TaggedEntry): readonly string[] {
  return latestTags ?? currentTags(planned.image);
}

/** Returns all tags that are known to have pointed at the image and no longer do, each once. */
export function formerTagsOf(entry: TaggedEntry): readonly string[] {
  const { planned, latestTags } = entry;
  if (latestTags === undefined) {
    return historicalTags(planned.image);
  }
  const current = new Set(latestTags);
  return [...new Set(planned.image.tags.map(({ name }) => name))].filter((name) => !current.has(name));
}

/**
 * Compares the tags as last read with those when the image was planned.
 *
 * @param listed Every image of the repository as last listed; `undefined` if it was not listed in full.
 */
export function tagChangesOf(
  { planned: { image }, latestTags }: TaggedEntry,
  listed: readonly Image[] | undefined,
): TagChanges {
  if (latestTags === undefined) {
    return unchanged;
  }
  const before = new Set(currentTags(image));
  const now = new Set(latestTags);
  const added = [...now].filter((tag) => !before.has(tag));
  const missing = [...before].filter((tag) => !now.has(tag));
  if (missing.length === 0) {
    return added.length === 0 ? unchanged : { ...unchanged, added };
  }
  const holderOf = listed === undefined ? undefined : holdersByTag(listed);
  const isMoved = (tag: string) => {
    const holder = holderOf?.get(tag);
    return holder !== undefined && holder !== image.digest;
  };
  return { added, moved: missing.filter(isMoved), lost: missing.filter((tag) => !isMoved(tag)) };
}

/** Cached for each list object, because lists may be long. */
function holdersByTag(listed: readonly Image[]): ReadonlyMap<string, Digest> {
  let found = holders.get(listed);
  if (found === undefined) {
    found = new Map(
      listed
        .flatMap((image) => [image, ...partsOf(image)])
        .flatMap((image) => currentTags(image).map((tag) => [tag, image.digest] as const)),
    );
    holders.set(listed, found);
  }
  return found;
}
