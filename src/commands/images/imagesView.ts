import * as l10n from '@vscode/l10n';
import type { ImagesView } from '../../catalog/viewOptions';
import { formatRepository } from '../../hub/names';
import type { Services, Target } from '../../interaction/services';
import { repositoryFrom } from '../../interaction/subjects';
import { pickOne } from '../../util/quickInput';

interface Choice {
  readonly label: string;
  readonly change: Partial<ImagesView>;
}

interface ViewQuestion {
  readonly question: (repository: string) => string;
  readonly choices: readonly Choice[];
  readonly isCurrent: (change: Partial<ImagesView>, view: ImagesView) => boolean;
}

/** Asks how to show the images of one repository, and stores the answer. The current choice is marked. */
export async function changeImagesView(
  services: Services,
  target: Target,
  { question, choices, isCurrent }: ViewQuestion,
): Promise<void> {
  const origin = services.connections.current?.origin;
  const repository = await repositoryFrom(
    services,
    target,
    l10n.t('Select the repository to change the view of'),
  );
  if (origin === undefined || repository === undefined) {
    return;
  }
  const view = services.viewOptions.get(origin, repository);
  const items = choices.map((choice) => ({
    ...choice,
    ...(isCurrent(choice.change, view) && { description: l10n.t('current') }),
  }));
  const picked = await pickOne(items, {
    placeHolder: question(formatRepository(repository)),
  });
  if (picked !== undefined) {
    await services.viewOptions.update(origin, repository, picked.change);
  }
}
