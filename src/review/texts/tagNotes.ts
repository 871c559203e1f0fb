import * as l10n from '@vscode/l10n';
import type { TagChanges } from '../../hub/deletion/latestTags';
import { numberText, sortedNaturally } from '../../texts/formats';
import { sanitizeLabel } from '../../util/sanitizeText';

/** How many tags a note names; it counts the rest. */
const namedLimit = 6;

/** How the tags of an image have changed since it was planned, in a note for each kind of change. */
export function tagNotes({ moved, lost, added }: TagChanges): readonly string[] {
  return [
    ...noteOf(
      moved,
      (tag) => l10n.t('{0} moved to another image', tag),
      (tags) => l10n.t('Moved to another image: {0}', tags),
    ),
    ...noteOf(
      lost,
      (tag) => l10n.t('{0} no longer points to this image', tag),
      (tags) => l10n.t('No longer point to this image: {0}', tags),
    ),
    ...noteOf(
      added,
      (tag) => l10n.t('Tag {0} is new', tag),
      (tags) => l10n.t('New tags: {0}', tags),
    ),
  ];
}

/** Beside tags of which it is not known whether they still point to the image. */
export function tagsWhenPlannedText(): string {
  return l10n.t('tags when planned');
}

function noteOf(
  tags: readonly string[],
  one: (tag: string) => string,
  many: (tags: string) => string,
): readonly string[] {
  const names = sortedNaturally(tags).map(sanitizeLabel);
  const [only, another] = names;
  if (only === undefined) {
    return [];
  }
  if (another === undefined) {
    return [one(only)];
  }
  const named = names.slice(0, namedLimit).join(', ');
  const more = names.length - namedLimit;
  return [many(more > 0 ? l10n.t('{0} and {1} more', named, numberText(more)) : named)];
}
