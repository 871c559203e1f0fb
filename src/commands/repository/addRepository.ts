import * as l10n from '@vscode/l10n';
import { formatRepository, parseRepositoryRef } from '../../hub/names';
import type { Services, Target } from '../../interaction/services';
import type { Namespace } from '../../hub/model';
import type { Node } from '../../providers/nodes';
import { problemWith } from '../../interaction/validation';
import { enterText } from '../../util/quickInput';

/** Asks for a repository and adds it to the settings, so that it is shown even if it cannot be listed. */
export async function addRepository({ settings }: Services, target: Target): Promise<void> {
  const namespace = target.kind === 'rows' ? namespaceOf(target.rows[0]) : undefined;
  const entered = await enterText({
    title: l10n.t('Add Repository'),
    prompt: l10n.t('Full name of the repository'),
    placeHolder: 'acme/api',
    ...(namespace !== undefined && {
      value: `${namespace.name}/`,
      valueSelection: [namespace.name.length + 1, namespace.name.length + 1] as const,
    }),
    validateInput: (text) => problemWith(text.trim(), parseRepositoryRef),
  });
  if (entered !== undefined && entered.trim() !== '') {
    await settings.addRepository(formatRepository(parseRepositoryRef(entered.trim())));
  }
}

/** Of the row, or of the row that it is a message below. */
function namespaceOf(row: Node | undefined): Namespace | undefined {
  const namespace = row?.kind === 'message' ? row.parent : row;
  return namespace?.kind === 'namespace' ? namespace.namespace : undefined;
}
