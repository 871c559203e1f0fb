import * as l10n from '@vscode/l10n';
import type { Image } from '../hub/model';
import { sanitizeLabel } from '../util/sanitizeText';

/** What an image is to the one it belongs to: `attestation`, `signature` or its platform; `undefined` where that is not known. */
export function partText({ role, platform }: Image): string | undefined {
  switch (role) {
    case 'attestation':
      return l10n.t('attestation');
    case 'signature':
      return l10n.t('signature');
    default:
      return platform === undefined ? undefined : sanitizeLabel(platform);
  }
}
