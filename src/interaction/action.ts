import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isCancelled, isHubError } from '../hub/errors';
import { countRequests } from '../hub/http/requestWatch';
import { describeError } from '../texts/errors';
import { type ErrorAction, showError } from '../util/showError';
import type { CommandId } from '../contributions';
import type { Services } from './services';

/**
 * Runs an action of the user and logs how many requests it sent. A failure is logged and shown with what to do next; a
 * cancellation is not.
 *
 * @param name Name of the action in the log.
 */
export async function runAction(
  { log }: Pick<Services, 'log'>,
  name: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await countRequests(name, log, work);
  } catch (error) {
    if (!isCancelled(error)) {
      await showFailure(log, name, error);
    }
  }
}

function signInAction(): ErrorAction {
  return {
    title: l10n.t('Sign In'),
    run: () => vscode.commands.executeCommand('hubImages.account.signIn' satisfies CommandId),
  };
}

async function showFailure(log: vscode.LogOutputChannel, name: string, error: unknown): Promise<void> {
  log.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const showLog = { title: l10n.t('Show Log'), run: () => log.show() };
  await showError(
    describeError(error),
    isHubError(error, 'unauthenticated')
      ? { action: signInAction(), otherActions: [showLog] }
      : { action: showLog },
  );
}
