import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Services, Target } from '../../interaction/services';
import { repositoryFrom } from '../../interaction/subjects';
import { isOnDockerHub, repositoryPage } from './dockerHubPages';

/** Opens the web page of the repository in the browser. */
export async function openRepository(services: Services, target: Target): Promise<void> {
  const repository = await repositoryFrom(services, target, l10n.t('Select the repository to open'));
  if (repository === undefined) {
    return;
  }
  const origin = services.connections.current?.origin ?? '';
  if (!isOnDockerHub(origin)) {
    void vscode.window.showInformationMessage(
      l10n.t('This repository is on {0}, which has no web pages.', origin),
    );
    return;
  }
  await vscode.env.openExternal(vscode.Uri.parse(repositoryPage(origin, repository)));
}
