import * as vscode from 'vscode';
import type { PlannedImage } from '../../hub/deletionRequest';
import { pickImage } from '../../interaction/pickers';
import type { Services, Target } from '../../interaction/services';
import { repositoryOf } from '../../providers/nodes';

/** Opens what is known of an image as a text that can be searched and copied. */
export async function showImageDetails(services: Services, target: Target): Promise<void> {
  const subject = subjectOf(target) ?? (await pickImage(services, vscode.l10n.t('Image to show')));
  if (subject !== undefined) {
    const activeFrom = services.tree.contents(subject.repository)?.activeFrom;
    const imageApi = services.connections.current?.imageApiKind();
    await services.imageDetails.show({ ...subject, activeFrom, imageApi });
  }
}

function subjectOf(target: Target): PlannedImage | undefined {
  const rows = target.kind === 'rows' ? target.rows : [];
  const row = rows.find(({ kind }) => kind === 'image' || kind === 'part');
  const repository = repositoryOf(row);
  return repository !== undefined && (row?.kind === 'image' || row?.kind === 'part')
    ? { repository, image: row.image }
    : undefined;
}
