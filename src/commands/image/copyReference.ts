import * as vscode from 'vscode';
import { copyLines } from '../../interaction/clipboard';
import type { Services, Target } from '../../interaction/services';
import { referencesFrom } from './references';

/** Copies what names the rows elsewhere, a line each. */
export async function copyReference(services: Services, target: Target): Promise<void> {
  const question = vscode.l10n.t('Images whose references are copied');
  await copyLines(await referencesFrom(services, target, question));
}
