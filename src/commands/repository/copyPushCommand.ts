import * as l10n from '@vscode/l10n';
import { formatRepository } from '../../hub/names';
import { copyLines } from '../../interaction/clipboard';
import type { Services, Target } from '../../interaction/services';
import { repositoryFrom } from '../../interaction/subjects';

/** Copies a `docker push` command, with `tag` in the place of the tag. */
export async function copyPushCommand(services: Services, target: Target): Promise<void> {
  const question = l10n.t('Select the repository to copy a push command for');
  const repository = await repositoryFrom(services, target, question);
  if (repository !== undefined) {
    const name = formatRepository(repository);
    await copyLines([`docker push ${name.startsWith('-') ? '-- ' : ''}${name}:tag`]);
  }
}
