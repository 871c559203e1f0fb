import * as l10n from '@vscode/l10n';
import { copyLines } from '../../interaction/clipboard';
import type { Services, Target } from '../../interaction/services';
import { askForImages } from '../../interaction/subjects';

/** Copies the full digests, one per line. */
export async function copyDigest(services: Services, target: Target): Promise<void> {
  await copyLines(await digestsFrom(services, target));
}

async function digestsFrom(services: Services, target: Target): Promise<readonly string[]> {
  if (target.kind === 'rows') {
    return target.rows.flatMap((row) =>
      row.kind === 'image' || row.kind === 'part' ? [row.image.digest] : [],
    );
  }
  const images = await askForImages(services, l10n.t('Select the images to copy the digests of'));
  return images.map(({ image }) => image.digest);
}
