import * as l10n from '@vscode/l10n';
import { copyLines } from '../../interaction/clipboard';
import type { Services, Target } from '../../interaction/services';
import { referencesFrom } from './references';

/** Copies the references of the rows, one per line. */
export async function copyReference(services: Services, target: Target): Promise<void> {
  const question = l10n.t('Select the images to copy the references of');
  await copyLines(await referencesFrom(services, target, question));
}
