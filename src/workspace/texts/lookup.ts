import * as l10n from '@vscode/l10n';
import type { CodeReference } from '../../hub/codeReferences';
import { shortDigest } from '../../hub/digest';
import type { Image } from '../../hub/model';
import { formatRepository } from '../../hub/names';
import { imageStatusText, instantText, lastPullText } from '../../texts/activity';
import { doubtExplanation } from '../../texts/doubt';
import { dateTimeText } from '../../texts/formats';
import { imageLabel, shownCurrentTags } from '../../texts/imageLabel';
import type { Line } from '../../util/markdownLines';
import type { KnownImages, ListedImage, Lookup } from '../imageLookup';

type Reference = Pick<CodeReference, 'kind' | 'tag' | 'digest' | 'isDefault'>;

/** What is known of a reference, line by line: the image first, then what is unusual, and when it was read. */
export function lookupLines(reference: Reference, lookup: Lookup, known: KnownImages): readonly Line[] {
  const { repository, readAt } = known.list;
  return [
    ...(lookup.found === undefined
      ? [[l10n.t('Repository'), formatRepository(repository)] as const]
      : imageLines(reference, lookup.found, known)),
    ...digestLines(lookup, known),
    ...tagLines(reference, lookup),
    ...(reference.tag === undefined && reference.digest === undefined
      ? [[l10n.t('Tag'), l10n.t('cannot be determined')] as const]
      : []),
    ...(reference.isDefault === true
      ? [[l10n.t('Default'), l10n.t('another image is used if the variable is set elsewhere')] as const]
      : []),
    [l10n.t('As of'), instantText(readAt)],
  ];
}

/** The digest of a reference is in no list, which was certain when they were read. */
export function goneDigestHint(repository: string, readAt: Date): string {
  return l10n.t('This digest does not exist in {0}, as of {1}.', repository, dateTimeText(readAt));
}

/** The account has no such repository, as far as its lists show. */
export function unlistedLines(repository: string): readonly Line[] {
  return [
    [l10n.t('Repository'), repository],
    [l10n.t('Status'), l10n.t('not among the repositories that your account can list')],
  ];
}

function imageLines(
  reference: Reference,
  { image, partOf }: ListedImage,
  known: KnownImages,
): readonly Line[] {
  const doubt = doubtExplanation(image);
  const tags = shownCurrentTags(image);
  return [
    [l10n.t('Image'), imageText(image, partOf, known)],
    ...(tags.length === 0 || reference.digest === image.digest
      ? []
      : [[l10n.t('Digest'), image.digest] as const]),
    [l10n.t('Status'), imageStatusText(image.status)],
    [l10n.t('Last pushed'), instantText(image.lastPushed)],
    [l10n.t('Last pulled'), lastPullText(image)],
    ...(doubt === undefined ? [] : [[l10n.t('Cannot be deleted yet'), doubt] as const]),
  ];
}

function imageText(image: Image, partOf: Image | undefined, { list }: KnownImages): string {
  const repository = formatRepository(list.repository);
  return partOf === undefined
    ? l10n.t('{0}: {1}', repository, imageLabel(image))
    : l10n.t(
        '{0}: {1}, part of {2}',
        repository,
        image.platform ?? shortDigest(image.digest),
        imageLabel(partOf),
      );
}

function digestLines({ digest }: Lookup, { list }: KnownImages): readonly Line[] {
  const repository = formatRepository(list.repository);
  switch (digest) {
    case undefined:
    case 'listed':
      return [];
    case 'gone':
      return [
        [
          l10n.t('Digest'),
          l10n.t(
            'does not exist in {0}. An image that was pushed a few minutes ago may not be listed yet.',
            repository,
          ),
        ],
      ];
    case 'unlisted':
      return [
        [
          l10n.t('Digest'),
          l10n.t(
            'not in the complete list of images of {0}. It can only exist as part of an image whose parts are not all known.',
            repository,
          ),
        ],
      ];
    case 'notRead':
      return [
        [
          l10n.t('Digest'),
          l10n.t('not among the images of {0} that were read. It may still exist.', repository),
        ],
      ];
  }
}

function tagLines({ tag = '' }: Reference, lookup: Lookup): readonly Line[] {
  const name = l10n.t('Tag');
  if (lookup.moved !== undefined) {
    return [[name, movedText(tag, lookup.moved.to)]];
  }
  switch (lookup.tag) {
    case undefined:
    case 'listed':
      return [];
    case 'gone':
      return [[name, l10n.t('{0} no longer exists.', tag)]];
    case 'notRead':
      return [[name, l10n.t('{0} is not among the tags of the images that were read.', tag)]];
  }
}

function movedText(tag: string, to: Image | undefined): string {
  return to === undefined
    ? l10n.t('{0} no longer points to this digest.', tag)
    : l10n.t(
        '{0} now points to {1}, last pushed {2}.',
        tag,
        shortDigest(to.digest),
        instantText(to.lastPushed),
      );
}
