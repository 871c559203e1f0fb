import * as l10n from '@vscode/l10n';
import type { ProtectedImage, ProtectionReason } from '../../hub/deletion/imageSelection';
import { numberText } from '../../texts/formats';
import { imageLabel } from '../../texts/imageLabel';
import { sanitizeLabel } from '../../util/sanitizeText';
import type { Notice } from '../../webview/messageParts';

/** How many images a notice names; it counts the rest. */
const namedLimit = 20;

const reasons: readonly ProtectionReason[] = [
  'unknownActivity',
  'futureActivity',
  'contradictsServer',
  'unknownPush',
  'otherTags',
  'maybeReferenced',
  'disputed',
  'undetermined',
  'unreadable',
];

/** Lists the images that a plan leaves out because it is not certain that they match, in one notice for each reason. */
export function excludedImagesNotices(images: readonly ProtectedImage[]): readonly Notice[] {
  return reasons.flatMap((reason) => {
    const labels = images
      .filter((excluded) => excluded.reason === reason)
      .map(({ image }) => sanitizeLabel(imageLabel(image)));
    return labels.length === 0 ? [] : [{ severity: 'info', text: noticeText(reason, labels) }];
  });
}

function noticeText(reason: ProtectionReason, labels: readonly string[]): string {
  const named = labels.slice(0, namedLimit).join(' · ');
  const more = labels.length - namedLimit;
  const list = more > 0 ? l10n.t('{0} and {1} more', named, numberText(more)) : named;
  return reasonText(reason, list);
}

function reasonText(reason: ProtectionReason, list: string): string {
  switch (reason) {
    case 'unknownActivity':
      return l10n.t('Left out because it is not known when they were last pushed or pulled: {0}.', list);
    case 'futureActivity':
      return l10n.t('Left out because their last activity is in the future: {0}.', list);
    case 'contradictsServer':
      return l10n.t(
        'Left out because their times say that they are active, but the server lists them as inactive: {0}.',
        list,
      );
    case 'unknownPush':
      return l10n.t('Left out because it is not known when they were pushed: {0}.', list);
    case 'otherTags':
      return l10n.t('Left out because they also have other tags, which would be deleted too: {0}.', list);
    case 'maybeReferenced':
      return l10n.t(
        'Left out because a line in the workspace may use them: {0}. To see the lines, select Find References in Workspace on an image.',
        list,
      );
    case 'disputed':
      return l10n.t('Left out because the lists on the server disagree about their tags: {0}.', list);
    case 'undetermined':
      return l10n.t('Left out because it is not known whether they belong to other images: {0}.', list);
    case 'unreadable':
      return l10n.t('Left out because entries of the lists on the server could not be read: {0}.', list);
  }
}
