import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { mustType, type DeletionConfirmation, type TypingThreshold } from '../hub/deletion/confirmation';
import { formatRepository } from '../hub/names';
import { enterText } from '../util/quickInput';
import { imagesText } from '../texts/summary';
import { confirmationText } from './texts/confirmation';

/**
 * The final confirmation, in a modal dialog; beyond the threshold something has to be typed as well.
 *
 * @returns Whether to go on.
 */
export async function askToConfirm(
  confirmation: DeletionConfirmation,
  threshold: TypingThreshold,
): Promise<boolean> {
  const { message, detail } = confirmationText(confirmation);
  const act = l10n.t('Delete {0}', imagesText(confirmation.imageCount));
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, act);
  return answer === act && (!mustType(confirmation, threshold) || (await askToType(confirmation)));
}

async function askToType(confirmation: DeletionConfirmation): Promise<boolean> {
  const expected = expectedText(confirmation);
  const typed = await enterText({
    title: l10n.t('Delete {0}', imagesText(confirmation.imageCount)),
    prompt: l10n.t('Type {0} to delete. A deleted image cannot be restored.', expected),
    placeHolder: expected,
    validateInput: (text) =>
      text === '' || text === expected ? undefined : l10n.t('This is not {0}.', expected),
  });
  return typed === expected;
}

/** The repository's name; of several the number of images, for no single name would stand for them. */
function expectedText({ repositories, imageCount }: DeletionConfirmation): string {
  const [only, another] = repositories;
  return only !== undefined && another === undefined ? formatRepository(only) : String(imageCount);
}
