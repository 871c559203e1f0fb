import type { Image } from '../hub/model';
import { inertLabel } from './inertText';
import type { Translate } from './translate';

/** What an image is to the one it belongs to: `attestation`, `signature` or its platform; `undefined` where that is not known. */
export function partWord({ role, platform }: Image, t: Translate): string | undefined {
  switch (role) {
    case 'attestation':
      return t('attestation');
    case 'signature':
      return t('signature');
    default:
      return platform === undefined ? undefined : inertLabel(platform);
  }
}
