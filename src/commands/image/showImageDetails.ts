import * as l10n from '@vscode/l10n';
import type { PlannedImage } from '../../hub/deletionRequest';
import { pickImage } from '../../interaction/pickers';
import type { Services, Target } from '../../interaction/services';
import { repositoryOf } from '../../providers/nodes';

/** Opens the details of an image as a text document, which can be searched and copied from. */
export async function showImageDetails(services: Services, target: Target): Promise<void> {
  const planned = imageOfTarget(target) ?? (await pickImage(services, l10n.t('Select the image to show')));
  if (planned !== undefined) {
    const activeFrom = services.catalog.contents(planned.repository)?.activeFrom;
    const imageApi = services.connections.current?.imageApiKind();
    await services.imageDetails.show({ ...planned, activeFrom, imageApi });
  }
}

function imageOfTarget(target: Target): PlannedImage | undefined {
  const rows = target.kind === 'rows' ? target.rows : [];
  const row = rows.find(({ kind }) => kind === 'image' || kind === 'part');
  const repository = repositoryOf(row);
  return repository !== undefined && (row?.kind === 'image' || row?.kind === 'part')
    ? { repository, image: row.image }
    : undefined;
}
