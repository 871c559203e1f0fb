import * as l10n from '@vscode/l10n';
import { repositoriesOrderings } from '../../catalog/repositoriesView';
import type { Services } from '../../interaction/services';
import { repositoriesOrderingText } from '../../providers/texts/repositoriesView';
import { changeRepositoriesView } from './repositoriesView';

/** Asks for the order of all repositories. */
export async function sortRepositories(services: Services): Promise<void> {
  await changeRepositoriesView(services, (view) => ({
    question: l10n.t('Select the order of the repositories'),
    choices: repositoriesOrderings.map((ordering) => ({
      label: repositoriesOrderingText(ordering),
      view: { ...view, ordering },
    })),
  }));
}
