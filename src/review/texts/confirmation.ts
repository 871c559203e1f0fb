import * as l10n from '@vscode/l10n';
import { placeName } from '../../hub/codeReferences';
import type { DeletionConfirmation } from '../../hub/deletion/confirmation';
import { formatRepository, type RepositoryRef } from '../../hub/names';
import { sanitizeLabel } from '../../util/sanitizeText';
import { imagesText } from '../../texts/summary';
import { numberText, sortedNaturally } from '../../texts/formats';
import { shortReferenceText } from './references';

/** Tags named in full; the rest are counted. */
const namedTagsLimit = 12;

/** Lines of the workspace named in full; the rest are counted. */
const namedUsesLimit = 12;

/** Repositories named in full; the rest are counted. */
const namedRepositoriesLimit = 12;

/** The final confirmation: the repositories, everything that will be deleted by kind, and what of it is active. */
export function confirmationText(confirmation: DeletionConfirmation): { message: string; detail: string } {
  const { repositories, imageCount, tags, activeCount } = confirmation;
  const named = sortedNaturally(tags).slice(0, namedTagsLimit).map(sanitizeLabel).join('\n');
  const more = tags.length - namedTagsLimit;
  const detail = [
    tags.length === 0
      ? noTagsText(imageCount)
      : tagsText(imageCount, more > 0 ? l10n.t('{0}\n… and {1} more', named, numberText(more)) : named),
    ...collateralSentences(confirmation),
    ...usesSentences(confirmation),
    ...(activeCount === 0
      ? []
      : [l10n.t('Active, including images that are deleted along: {0}.', imagesText(activeCount))]),
    l10n.t('A deleted image cannot be restored.'),
  ];
  return {
    message: l10n.t('Delete {0} from {1}?', imagesText(imageCount), repositoriesText(repositories)),
    detail: detail.join('\n\n'),
  };
}

function noTagsText(imageCount: number): string {
  return imageCount === 1 ? l10n.t('It has no tag.') : l10n.t('None of them has a tag.');
}

function tagsText(imageCount: number, list: string): string {
  return imageCount === 1
    ? l10n.t('These tags will be deleted with it:\n{0}', list)
    : l10n.t('These tags will be deleted with them:\n{0}', list);
}

function collateralSentences({
  collateral,
  imageCount,
  isCollateralKnown,
}: DeletionConfirmation): readonly string[] {
  const { platforms, attachments, untagged } = collateral;
  const kinds = [
    ...(platforms === 0
      ? []
      : [platforms === 1 ? l10n.t('1 platform') : l10n.t('{0} platforms', numberText(platforms))]),
    ...(attachments === 0
      ? []
      : [
          attachments === 1
            ? l10n.t('1 attestation or signature')
            : l10n.t('{0} attestations and signatures', numberText(attachments)),
        ]),
    ...(untagged === 0
      ? []
      : [untagged === 1 ? l10n.t('1 untagged image') : l10n.t('{0} untagged images', numberText(untagged))]),
  ];
  return [
    ...(kinds.length === 0 ? [] : [l10n.t('Will also be deleted: {0}.', kinds.join(', '))]),
    ...(isCollateralKnown
      ? []
      : [
          imageCount === 1
            ? l10n.t('More images may be deleted along with it. It is not known which ones.')
            : l10n.t('More images may be deleted along with them. It is not known which ones.'),
        ]),
  ];
}

function usesSentences({ uses, search }: DeletionConfirmation): readonly string[] {
  if (search === 'skipped') {
    return [l10n.t('The workspace was not searched for lines that use these images.')];
  }
  const named = uses
    .slice(0, namedUsesLimit)
    .map((use) => l10n.t('{0} ({1})', sanitizeLabel(placeName(use)), shortReferenceText(use)))
    .join('\n');
  const more = uses.length - namedUsesLimit;
  return uses.length === 0
    ? []
    : [
        l10n.t(
          'Used in the workspace:\n{0}',
          more > 0 ? l10n.t('{0}\n… and {1} more', named, numberText(more)) : named,
        ),
      ];
}

function repositoriesText(repositories: readonly RepositoryRef[]): string {
  const names = sortedNaturally(repositories.map(formatRepository));
  const named = names.slice(0, namedRepositoriesLimit).join(', ');
  const more = repositories.length - namedRepositoriesLimit;
  return more > 0 ? l10n.t('{0} and {1} more', named, numberText(more)) : named;
}
