import * as vscode from 'vscode';
import { pickImage } from './pickers';
import type { Services, Target } from './services';

/** Opens what is known of an image as a text that can be searched and copied. */
export async function showImageDetails(services: Services, target: Target): Promise<void> {
  const row = target.kind === 'rows' ? target.rows.find(({ kind }) => kind === 'image') : undefined;
  const subject =
    row?.kind === 'image'
      ? { repository: row.parent.repository, image: row.image }
      : await pickImage(services, vscode.l10n.t('Image to show'));
  if (subject !== undefined) {
    const activeFrom = services.tree.contents(subject.repository)?.activeFrom;
    await services.imageDetails.show({ ...subject, activeFrom });
  }
}
