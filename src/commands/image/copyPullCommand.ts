import * as l10n from '@vscode/l10n';
import { copyLines } from '../../interaction/clipboard';
import type { Services, Target } from '../../interaction/services';
import { referencesFrom } from './references';

/** Copies `docker pull` commands, one per line. */
export async function copyPullCommand(services: Services, target: Target): Promise<void> {
  const question = l10n.t('Select the images to copy pull commands for');
  const references = await referencesFrom(services, target, question);
  await copyLines(references.map(pullCommand));
}

/** A server may list a name that the Docker CLI would take for an option. */
function pullCommand(reference: string): string {
  return reference.startsWith('-') ? `docker pull -- ${reference}` : `docker pull ${reference}`;
}
