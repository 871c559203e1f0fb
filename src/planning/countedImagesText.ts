import type { Translate } from '../util/translate';
import type { RepositoryCounts } from './repositoryCounts';

type Counts = Pick<RepositoryCounts, 'total' | 'inactive' | 'unknown' | 'undetermined'>;

/** `1,204 images, 980 of them inactive, 12 unknown`; begins with `up to` if some may be parts of others. */
export function countedImagesText({ total, inactive, unknown, undetermined }: Counts, t: Translate): string {
  const images = t(
    '{0} images, {1} of them inactive',
    total.toLocaleString('en'),
    inactive.toLocaleString('en'),
  );
  const counted = undetermined > 0 ? t('up to {0}', images) : images;
  return unknown > 0 ? t('{0}, {1} unknown', counted, unknown.toLocaleString('en')) : counted;
}
