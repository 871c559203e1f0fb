import * as l10n from '@vscode/l10n';
import type { RepositoryCounts } from '../repositoryCounts';
import { numberText } from '../../texts/formats';

type Counts = Pick<RepositoryCounts, 'total' | 'inactive' | 'unknown' | 'undetermined'>;

/** `1,204 images, 980 of them inactive, 12 unknown`; begins with `up to` if some may be parts of others. */
export function countedImagesText({ total, inactive, unknown, undetermined }: Counts): string {
  const images =
    total === 1
      ? l10n.t('1 image, {0} inactive', numberText(inactive))
      : l10n.t('{0} images, {1} of them inactive', numberText(total), numberText(inactive));
  const counted = undetermined > 0 ? l10n.t('up to {0}', images) : images;
  return unknown > 0 ? l10n.t('{0}, {1} unknown', counted, numberText(unknown)) : counted;
}
