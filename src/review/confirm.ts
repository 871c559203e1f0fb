import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { mustType, type DeletionConfirmation, type TypingThreshold } from '../hub/deletion/confirmation';
import { formatRepository } from '../hub/names';
import { enterText } from '../util/quickInput';
import { numberText } from '../texts/formats';
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
  const act = deleteLabel(confirmation);
  const answer = await vscode.window.showWarningMessage(message, { modal: true, detail }, act);
  return answer === act && (!mustType(confirmation, threshold) || (await askToType(confirmation)));
}

async function askToType(confirmation: DeletionConfirmation): Promise<boolean> {
  const expected = expectedText(confirmation);
  const typed = await enterText({
    title: deleteLabel(confirmation),
    prompt: l10n.t('Type {0} to delete. A deleted image cannot be restored.', expected),
    placeHolder: expected,
    validateInput: (text) =>
      text === '' || text === expected ? undefined : l10n.t('This is not {0}.', expected),
  });
  return typed === expected;
}

/** On the button, as in the review: `Delete 1 Image`. */
function deleteLabel({ imageCount }: DeletionConfirmation): string {
  return imageCount === 1 ? l10n.t('Delete 1 Image') : l10n.t('Delete {0} Images', numberText(imageCount));
}

/** The repository's name; of several the number of images, for no single name would stand for them. */
function expectedText({ repositories, imageCount }: DeletionConfirmation): string {
  const [only, another] = repositories;
  return only !== undefined && another === undefined ? formatRepository(only) : String(imageCount);
}
