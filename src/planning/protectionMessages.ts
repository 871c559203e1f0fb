import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { extensionName } from '../contributions';
import { isCompletePattern, Protection, type ProtectionPattern } from '../hub/deletion/protection';
import { formatRepository, type RepositoryRef } from '../hub/names';
import type { Services } from '../interaction/services';
import { protectionMessage } from '../settingMessages';
import { showError } from '../util/showError';
import type { Notice } from '../webview/messageParts';
import { numberText } from '../texts/formats';

/**
 * Returns what must not be deleted. If the setting has an entry that is not a pattern, a message names it.
 *
 * @returns Undefined if it is not known what is protected: nothing may be planned.
 */
export function requireProtection({ settings }: Pick<Services, 'settings'>): Protection | undefined {
  const { protect } = settings;
  const invalid =
    protect.kind === 'valid'
      ? protect.patterns.filter((pattern) => !isCompletePattern(pattern))
      : protect.entries;
  if (protect.kind === 'valid' && invalid.length === 0) {
    return new Protection(protect.patterns);
  }
  void showError(protectionMessage(invalid), {
    action: {
      title: l10n.t('Open Setting'),
      run: () => vscode.commands.executeCommand('workbench.action.openSettings', `${extensionName}.protect`),
    },
  });
  return undefined;
}

/**
 * Asks whether to plan a deletion although protection patterns match nothing in its repositories, since a pattern may be
 * misspelled.
 *
 * @returns Whether the user wants to continue.
 */
export async function confirmUnmatchedPatterns(
  repositories: readonly RepositoryRef[],
  patterns: readonly ProtectionPattern[],
): Promise<boolean> {
  const continueLabel = l10n.t('Continue Anyway');
  const answer = await vscode.window.showWarningMessage(
    l10n.t(
      'These patterns protect nothing in {0}:\n{1}',
      repositoriesText(repositories),
      patterns.join('\n'),
    ),
    {
      modal: true,
      detail: l10n.t(
        'A misspelled pattern protects nothing. Check the setting "hubImages.protect" before you continue.',
      ),
    },
    continueLabel,
  );
  return answer === continueLabel;
}

/** Says how many images a plan leaves out because they are protected. */
export function protectedImagesNotices(count: number): readonly Notice[] {
  if (count === 0) {
    return [];
  }
  const text =
    count === 1
      ? l10n.t('1 image was left out because the setting "hubImages.protect" protects it.')
      : l10n.t(
          '{0} images were left out because the setting "hubImages.protect" protects them.',
          numberText(count),
        );
  return [{ severity: 'info', text }];
}

function repositoriesText(repositories: readonly RepositoryRef[]): string {
  const [only, another] = repositories;
  return only !== undefined && another === undefined
    ? formatRepository(only)
    : l10n.t('any of the {0} repositories', numberText(repositories.length));
}
