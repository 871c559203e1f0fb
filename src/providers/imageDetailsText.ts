import prettyBytes from 'pretty-bytes';
import { shortDigest } from '../hub/digest';
import type { ImageApiKind } from '../hub/autoImageApi';
import { currentTags, historicalTags, partsOf, type Image } from '../hub/model';
import { formatRepository, type RepositoryRef } from '../hub/names';
import { activityPhrase, instantText, lastPullText } from '../util/activityText';
import { doubtExplanation, partsExplanation } from '../util/doubtText';
import { inertLabel } from '../util/inertText';
import { partWord } from '../util/partWord';

export interface ImageSubject {
  readonly repository: RepositoryRef;
  readonly image: Image;
  /** Instant from which activity counts; `undefined` if it is not known yet. */
  readonly activeFrom: Date | undefined;
  /** Which API it was read with; `undefined` if that is not known. */
  readonly imageApi: ImageApiKind | undefined;
}

/** The document is in English, whatever the language of the editor. */
const untranslated = (text: string) => text;

/** All that is known of an image, as plain text. */
export function imageDetailsText(
  { repository, image, activeFrom, imageApi }: ImageSubject,
  now: Date,
): string {
  const name = formatRepository(repository);
  const lines = [
    `Image         ${name}@${shortDigest(image.digest)}`,
    `Digest        ${image.digest}`,
    `Status        ${image.status} (${activityPhrase(image, now)})`,
    `Active from   ${activeFrom === undefined ? 'the default of the Hub: one month before now' : instantText(activeFrom)}`,
    `Last pushed   ${instantText(image.lastPushed)}`,
    `Last pulled   ${lastPullText(image)}`,
    ...(image.sizeBytes === undefined
      ? []
      : [`Size          ${prettyBytes(image.sizeBytes)}, with layers it shares with others`]),
    ...noteLines(doubtExplanation(image, untranslated), partsExplanation(image, untranslated)),
    '',
    ...tagLines('Current tags', currentTags(image)),
    '',
    ...(imageApi === 'registry'
      ? ['Historical tags', '  Docker Hub does not tell them any more']
      : tagLines('Historical tags (they point at other images now)', historicalTags(image))),
    '',
    ...partLines(partsOf(image)),
    'Pull by digest',
    `  docker pull ${name}@${image.digest}`,
  ];
  return `${lines.join('\n')}\n`;
}

function noteLines(...notes: readonly (string | undefined)[]): readonly string[] {
  return notes.flatMap((note) => (note === undefined ? [] : [`Note          ${note}`]));
}

function partLines(parts: readonly Image[]): readonly string[] {
  return parts.length === 0
    ? []
    : [
        'Images that belong to it',
        ...parts.map((part) => `  ${part.digest}  ${partWord(part, untranslated) ?? ''}`.trimEnd()),
        '',
      ];
}

function tagLines(title: string, tags: readonly string[]): readonly string[] {
  return [title, ...(tags.length === 0 ? ['  none'] : tags.map((tag) => `  ${inertLabel(tag)}`))];
}
