import * as l10n from '@vscode/l10n';
import type { ProtectedImage, ProtectionReason } from '../../hub/deletion/imageSelection';
import { imageLabel } from '../../hub/imageLabel';
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
  'disputed',
  'undetermined',
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
  const list = more > 0 ? l10n.t('{0} and {1} more', named, more) : named;
  return l10n.t('Left out and protected, for {0}: {1}.', reasonText(reason), list);
}

function reasonText(reason: ProtectionReason): string {
  switch (reason) {
    case 'unknownActivity':
      return l10n.t('it is not known when it was last pushed or pulled');
    case 'futureActivity':
      return l10n.t('its last activity lies in the future');
    case 'contradictsServer':
      return l10n.t('its times say that it is active, though the Hub calls it inactive');
    case 'unknownPush':
      return l10n.t('it is not known when it was pushed');
    case 'otherTags':
      return l10n.t('it has other tags too, which would go with it');
    case 'disputed':
      return l10n.t('the lists on the server disagree about its tags');
    case 'undetermined':
      return l10n.t('it is not known whether it belongs to another image');
  }
}
