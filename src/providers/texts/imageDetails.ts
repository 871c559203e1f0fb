import * as l10n from '@vscode/l10n';
import { shortDigest } from '../../hub/digest';
import type { ImageApiKind } from '../../hub/autoImageApi';
import { partsOf, type Image } from '../../hub/model';
import { formatRepository, type RepositoryRef } from '../../hub/names';
import { activityText, imageStatusText, instantText, lastPullText } from '../../texts/activity';
import { type LabeledValue, labeledLines } from '../../texts/columns';
import { doubtExplanation, partsExplanation } from '../../texts/doubt';
import { sanitizeLabel } from '../../util/sanitizeText';
import { shownCurrentTags, shownHistoricalTags } from '../../texts/imageLabel';
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
    ...labeledLines(factRows({ repository, image, activeFrom, imageApi }, now)),
    '',
    ...tagLines(l10n.t('Current tags'), shownCurrentTags(image)),
    '',
    ...(imageApi === 'registry'
      ? [l10n.t('Former tags'), indented(l10n.t('Docker Hub no longer reports them'))]
      : tagLines(l10n.t('Former tags (they now point to other images)'), shownHistoricalTags(image))),
    '',
    ...partLines(partsOf(image)),
    l10n.t('Pull by digest'),
    indented(`docker pull ${name}@${image.digest}`),
  ];
  return `${lines.join('\n')}\n`;
}

function factRows({ repository, image, activeFrom }: ImageSubject, now: Date): readonly LabeledValue[] {
  const notes = [doubtExplanation(image), partsExplanation(image)].filter((note) => note !== undefined);
  return [
    [l10n.t('Image'), `${formatRepository(repository)}@${shortDigest(image.digest)}`],
    [l10n.t('Digest'), image.digest],
    [l10n.t('Status'), l10n.t('{0} ({1})', imageStatusText(image.status), activityText(image, now))],
    [
      l10n.t('Active from'),
      activeFrom === undefined
        ? l10n.t('the default of the server: one month before now')
        : instantText(activeFrom),
    ],
    [l10n.t('Last pushed'), instantText(image.lastPushed)],
    [l10n.t('Last pulled'), lastPullText(image)],
    ...(image.sizeBytes === undefined
      ? []
      : [
          [
            l10n.t('Size'),
            l10n.t('{0}, including layers shared with other images', sizeText(image.sizeBytes)),
          ] as const,
        ]),
    ...notes.map((note) => [l10n.t('Note'), note] as const),
  ];
}

function partLines(parts: readonly Image[]): readonly string[] {
  return parts.length === 0
    ? []
    : [
        l10n.t('Parts of this image'),
        ...parts.map((part) => indented(`${part.digest}  ${partText(part) ?? ''}`.trimEnd())),
        '',
      ];
}

function tagLines(title: string, tags: readonly string[]): readonly string[] {
  const named = tags.length === 0 ? [l10n.t('none')] : tags.map(sanitizeLabel);
  return [title, ...named.map(indented)];
}

function indented(line: string): string {
  return `  ${line}`;
}
