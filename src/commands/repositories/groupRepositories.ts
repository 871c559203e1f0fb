import * as l10n from '@vscode/l10n';
import { repositoriesGroupings } from '../../catalog/repositoriesView';
import type { Services } from '../../interaction/services';
import { repositoriesGroupingText } from '../../providers/texts/repositoriesView';
import { changeRepositoriesView } from './repositoriesView';

/** Asks whether repositories whose names begin alike are shown below a row of their own. */
export async function groupRepositories(services: Services): Promise<void> {
  await changeRepositoriesView(services, (view) => ({
    question: l10n.t('Select how to group the repositories'),
    choices: repositoriesGroupings.map((grouping) => ({
      label: repositoriesGroupingText(grouping),
      view: { ...view, grouping },
    })),
  }));
}
