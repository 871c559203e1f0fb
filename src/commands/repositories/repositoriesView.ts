import * as l10n from '@vscode/l10n';
import { isSameRepositoriesView, type RepositoriesView } from '../../catalog/repositoriesView';
import type { Services } from '../../interaction/services';
import { pickOne } from '../../util/quickInput';

interface ViewQuestion {
  readonly question: string;
  readonly choices: readonly { readonly label: string; readonly view: RepositoriesView }[];
}

/** Asks how to show the repositories of the server in use, and stores the answer. The current choice is marked. */
export async function changeRepositoriesView(
  { connections, viewOptions }: Pick<Services, 'connections' | 'viewOptions'>,
  ask: (view: RepositoriesView) => ViewQuestion,
): Promise<void> {
  const origin = connections.current?.origin;
  if (origin === undefined) {
    return;
  }
  const current = viewOptions.repositories(origin);
  const { question, choices } = ask(current);
  const items = choices.map((choice) => ({
    ...choice,
    ...(isSameRepositoriesView(choice.view, current) && { description: l10n.t('current') }),
  }));
  const picked = await pickOne(items, { placeHolder: question });
  if (picked !== undefined) {
    await viewOptions.updateRepositories(origin, picked.view);
  }
}
