import { shortDigest } from '../../hub/digest';
import type { ImageApiKind } from '../../hub/autoImageApi';
import { currentTags, historicalTags, partsOf, type Image } from '../../hub/model';
import { formatRepository, type RepositoryRef } from '../../hub/names';
import { activityText, instantText, lastPullText } from '../../texts/activity';
import { doubtExplanation, partsExplanation } from '../../texts/doubt';
import { sanitizeLabel } from '../../util/sanitizeText';
import { partText } from '../../texts/parts';
import { sizeText } from '../../texts/sizes';

export interface ImageSubject {
  readonly repository: RepositoryRef;
  readonly image: Image;
  /** Instant from which activity counts; `undefined` if it is not known yet. */
  readonly activeFrom: Date | undefined;
  /** Which API it was read with; `undefined` if that is not known. */
  readonly imageApi: ImageApiKind | undefined;
}

/** All that is known of an image, as plain text. */
export function imageDetailsText(
  { repository, image, activeFrom, imageApi }: ImageSubject,
  now: Date,
): string {
  const name = formatRepository(repository);
  const lines = [
    `Image         ${name}@${shortDigest(image.digest)}`,
    `Digest        ${image.digest}`,
    `Status        ${image.status} (${activityText(image, now)})`,
    `Active from   ${activeFrom === undefined ? 'the default of the Hub: one month before now' : instantText(activeFrom)}`,
    `Last pushed   ${instantText(image.lastPushed)}`,
    `Last pulled   ${lastPullText(image)}`,
    ...(image.sizeBytes === undefined
      ? []
      : [`Size          ${sizeText(image.sizeBytes)}, with layers it shares with others`]),
    ...noteLines(doubtExplanation(image), partsExplanation(image)),
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
        ...parts.map((part) => `  ${part.digest}  ${partText(part) ?? ''}`.trimEnd()),
        '',
      ];
}

function tagLines(title: string, tags: readonly string[]): readonly string[] {
  return [title, ...(tags.length === 0 ? ['  none'] : tags.map((tag) => `  ${sanitizeLabel(tag)}`))];
}
