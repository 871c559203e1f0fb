import * as l10n from '@vscode/l10n';
import type { ImageKind } from '../rowIcons';

/** What an image is, in a word or two, as its icon shows it. */
export function kindText(kind: ImageKind): string {
  switch (kind) {
    case 'image':
      return l10n.t('image');
    case 'index':
      return l10n.t('multi-platform image');
    case 'platform':
      return l10n.t('platform of an image');
    case 'attestation':
      return l10n.t('attestation');
    case 'signature':
      return l10n.t('signature or other attachment');
    case 'artifact':
      return l10n.t('signature or other artifact');
  }
}
