import { shortDigest } from '../hub/digest';
import { currentTags, historicalTags, type Image } from '../hub/model';
import { formatRepository, type RepositoryRef } from '../hub/names';
import { activityPhrase, instantText } from '../util/activityText';
import { inertLabel } from '../util/inertText';

export interface ImageSubject {
  readonly repository: RepositoryRef;
  readonly image: Image;
  /** Instant from which activity counts; `undefined` where the server has not told it yet. */
  readonly activeFrom: Date | undefined;
}

/** What is known of an image, as plain text. */
export function imageDetailsText({ repository, image, activeFrom }: ImageSubject, now: Date): string {
  const name = formatRepository(repository);
  const lines = [
    `Image         ${name}@${shortDigest(image.digest)}`,
    `Digest        ${image.digest}`,
    `Status        ${image.status} (${activityPhrase(image, now)})`,
    `Active from   ${activeFrom === undefined ? 'the default of the Hub: one month before now' : instantText(activeFrom)}`,
    `Last pushed   ${instantText(image.lastPushed)}`,
    `Last pulled   ${instantText(image.lastPulled)}`,
    '',
    ...tagLines('Current tags', currentTags(image)),
    '',
    ...tagLines('Historical tags (they point at other images now)', historicalTags(image)),
    '',
    'Pull by digest',
    `  docker pull ${name}@${image.digest}`,
  ];
  return `${lines.join('\n')}\n`;
}

function tagLines(title: string, tags: readonly string[]): readonly string[] {
  return [title, ...(tags.length === 0 ? ['  none'] : tags.map((tag) => `  ${inertLabel(tag)}`))];
}
