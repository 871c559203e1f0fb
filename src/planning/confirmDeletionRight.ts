import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { HubConnection } from '../connection/hubConnection';
import type { CommandId } from '../contributions';
import type { DeletionRight } from '../hub/deletionRight';
import { isHubError } from '../hub/errors';
import { formatRepository, type RepositoryRef } from '../hub/names';
import { readWithProgress } from '../interaction/progress';

/**
 * Says so if it is known that nothing can be deleted, before anything is read for a plan. Of several repositories only the
 * first is asked about, and only what applies to all of them counts.
 *
 * @returns Whether to continue.
 */
export async function confirmDeletionRight(
  { images, kind }: Pick<HubConnection, 'images' | 'kind'>,
  repositories: readonly RepositoryRef[],
): Promise<boolean> {
  const [first] = repositories;
  if (first === undefined || kind === 'sandbox' || images.deletionRight === undefined) {
    return true;
  }
  const right = await readWithProgress(l10n.t('Preparing the dry run'), () => rightIn(images, first));
  if (right === undefined) {
    return false;
  }
  const problem = problemText(right, first, repositories.length > 1);
  return problem === undefined || askAbout(problem, right !== 'accessTokenNeeded');
}

/** If it cannot be found out, the dry run shows why. */
async function rightIn(images: HubConnection['images'], repository: RepositoryRef): Promise<DeletionRight> {
  try {
    return (await images.deletionRight?.(repository)) ?? 'unknown';
  } catch (error) {
    if (!isHubError(error)) {
      throw error;
    }
    return 'unknown';
  }
}

interface Problem {
  readonly message: string;
  readonly detail: string;
}

function problemText(right: DeletionRight, repository: RepositoryRef, isFirst: boolean): Problem | undefined {
  switch (right) {
    case 'granted':
    case 'unknown':
      return undefined;
    case 'accessTokenNeeded':
      return {
        message: l10n.t('Deleting images on Docker Hub needs an access token.'),
        detail: l10n.t(
          'You are signed in with a password. Sign in again with an access token with Read, Write & Delete permission.',
        ),
      };
    case 'readOnlyToken':
      return { message: l10n.t('Your access token can only read.'), detail: neededTokenText() };
    case 'tokenWithoutDelete':
      return { message: l10n.t('Your access token cannot delete.'), detail: neededTokenText() };
    case 'organizationToken':
      return isFirst
        ? undefined
        : {
            message: l10n.t(
              'The access token of your organization cannot delete images in {0}.',
              formatRepository(repository),
            ),
            detail: l10n.t('Deleting needs a token that can delete images and tags in this repository.'),
          };
    case 'notGranted':
      return isFirst
        ? undefined
        : {
            message: l10n.t('You cannot delete images in {0}.', formatRepository(repository)),
            detail: l10n.t(
              'Either your access token or your role in {0} does not allow it. Deleting needs a token with Read, Write & Delete permission, and admin permission for the repository.',
              repository.namespace,
            ),
          };
  }
}

function neededTokenText(): string {
  return l10n.t('Deleting needs a token with Read, Write & Delete permission.');
}

/** @param isReviewPossible Whether the dry run can be shown, although nothing can be deleted after it. */
async function askAbout({ message, detail }: Problem, isReviewPossible: boolean): Promise<boolean> {
  const signIn = l10n.t('Sign In Again');
  const showAnyway = l10n.t('Show Anyway');
  const answer = await vscode.window.showWarningMessage(
    message,
    { modal: true, detail },
    signIn,
    ...(isReviewPossible ? [showAnyway] : []),
  );
  if (answer === signIn) {
    await vscode.commands.executeCommand('hubImages.account.signIn' satisfies CommandId);
  }
  return answer === showAnyway;
}
