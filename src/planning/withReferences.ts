import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { hasSearched } from '../hub/codeReferences';
import type { SelectionCriteria } from '../hub/deletion/imageSelection';
import { isCancelled } from '../hub/errors';
import type { RepositoryRef } from '../hub/names';
import { readWithProgress } from '../interaction/progress';
import type { Services } from '../interaction/services';
import { showError } from '../util/showError';

interface Selecting {
  readonly repositories: readonly RepositoryRef[];
  readonly criteria: SelectionCriteria;
  /** Whether nothing in the workspace may refer to the images. */
  readonly isUnreferenced?: boolean;
}

/**
 * Adds to the criteria what the workspace refers to, if they ask for it.
 *
 * @returns Undefined if that is not known: the search was canceled, failed, or had nothing to search. A message says so.
 */
export async function withReferences(
  { references, log }: Pick<Services, 'references' | 'log'>,
  { repositories, criteria, isUnreferenced = false }: Selecting,
): Promise<SelectionCriteria | undefined> {
  if (!isUnreferenced) {
    return criteria;
  }
  try {
    const found = await readWithProgress(l10n.t('Searching the workspace for references'), (signal) =>
      references.search(repositories, signal),
    );
    if (found !== undefined && hasSearched(found.report)) {
      return { ...criteria, unreferencedIn: found };
    }
    void vscode.window.showInformationMessage(
      found === undefined
        ? l10n.t('The search for references was canceled. Nothing was planned.')
        : l10n.t(
            'No folder or editor is open, so it is not known which images are referenced. Nothing was planned. Open a folder, then try again.',
          ),
    );
  } catch (error) {
    if (!isCancelled(error)) {
      showFailure(log, error);
    }
  }
  return undefined;
}

function showFailure(log: Services['log'], error: unknown): void {
  log.error(error instanceof Error ? error : String(error));
  void showError(
    l10n.t(
      'The workspace could not be searched, so it is not known which images are referenced. Nothing was planned.',
    ),
    { action: { title: l10n.t('Show Log'), run: () => log.show() } },
  );
}
