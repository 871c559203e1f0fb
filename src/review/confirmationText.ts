import * as vscode from 'vscode';
import type { DeletionConfirmation } from '../hub/deletion/confirmation';
import { formatRepository, type RepositoryRef } from '../hub/names';
import { inertLabel } from '../util/inertText';
import { imagesText } from '../util/summaryText';

const { t } = vscode.l10n;

/** Tags named in full; the rest are counted. */
const namedTagsLimit = 12;

/** Repositories named in full; the rest are counted. */
const namedRepositoriesLimit = 12;

/** The final confirmation: the repositories, everything that will be deleted by kind, and what of it is active. */
export function confirmationText(confirmation: DeletionConfirmation): { message: string; detail: string } {
  const { repositories, imageCount, tags, activeCount } = confirmation;
  const named = tags.slice(0, namedTagsLimit).map(inertLabel).join('\n');
  const more = tags.length - namedTagsLimit;
  const detail = [
    tags.length === 0
      ? t('None of them has a tag.')
      : t(
          'These tags will be deleted with them:\n{0}',
          more > 0 ? t('{0}\n… and {1} more', named, more.toLocaleString('en')) : named,
        ),
    ...collateralSentences(confirmation),
    ...(activeCount === 0 ? [] : [t('Active within the activity window: {0}.', imagesText(activeCount, t))]),
    t('A deleted image cannot be restored.'),
  ];
  return {
    message: t('Delete {0} from {1}?', imagesText(imageCount, t), repositoriesText(repositories)),
    detail: detail.join('\n\n'),
  };
}

function collateralSentences({ collateral, isCollateralKnown }: DeletionConfirmation): readonly string[] {
  const { platforms, attachments, untagged } = collateral;
  const kinds = [
    ...(platforms === 0
      ? []
      : [platforms === 1 ? t('1 platform') : t('{0} platforms', platforms.toLocaleString('en'))]),
    ...(attachments === 0
      ? []
      : [
          attachments === 1
            ? t('1 attestation or signature')
            : t('{0} attestations and signatures', attachments.toLocaleString('en')),
        ]),
    ...(untagged === 0
      ? []
      : [untagged === 1 ? t('1 untagged image') : t('{0} untagged images', untagged.toLocaleString('en'))]),
  ];
  return [
    ...(kinds.length === 0 ? [] : [t('Also deleted: {0}.', kinds.join(', '))]),
    ...(isCollateralKnown
      ? []
      : [t('More images may be deleted along with them. It is not known which ones.')]),
  ];
}

function repositoriesText(repositories: readonly RepositoryRef[]): string {
  const named = repositories.slice(0, namedRepositoriesLimit).map(formatRepository).join(', ');
  const more = repositories.length - namedRepositoriesLimit;
  return more > 0 ? t('{0} and {1} more', named, more.toLocaleString('en')) : named;
}
