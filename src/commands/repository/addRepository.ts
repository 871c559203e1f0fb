import * as l10n from '@vscode/l10n';
import { formatRepository, parseRepositoryRef } from '../../hub/names';
import type { Services, Target } from '../../interaction/services';
import { problemWith } from '../../interaction/validation';
import { enterText } from '../../util/quickInput';

/** Asks for a repository and adds it to the settings, so that it is shown even if it cannot be listed. */
export async function addRepository({ settings }: Services, target: Target): Promise<void> {
  const [row] = target.kind === 'rows' ? target.rows : [];
  const entered = await enterText({
    title: l10n.t('Add Repository'),
    prompt: l10n.t('Full name of the repository'),
    placeHolder: 'acme/api',
    ...(row?.kind === 'namespace' && {
      value: `${row.namespace.name}/`,
      valueSelection: [row.namespace.name.length + 1, row.namespace.name.length + 1] as const,
    }),
    validateInput: (text) => problemWith(text.trim(), parseRepositoryRef),
  });
  if (entered !== undefined && entered.trim() !== '') {
    await settings.addRepository(formatRepository(parseRepositoryRef(entered.trim())));
  }
}
