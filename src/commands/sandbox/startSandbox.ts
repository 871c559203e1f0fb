import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { treeViewId } from '../../contributions';
import type { ImageApiKind } from '../../hub/autoImageApi';
import type { Services, Target } from '../../interaction/services';
import { pickOne } from '../../util/quickInput';
import { showSample } from './showSample';

/** Starts the sandbox and shows what is in it. Asks which server to simulate, unless a link says it. */
export async function startSandbox(services: Services, target: Target): Promise<void> {
  const { connections } = services;
  const isRunning = connections.current?.kind === 'sandbox';
  if (!isRunning) {
    const api = (target.kind === 'palette' ? target.api : undefined) ?? (await pickApi());
    if (api === undefined) {
      return;
    }
    await vscode.window.withProgress(
      { location: { viewId: treeViewId }, title: l10n.t('Starting the sandbox') },
      () => connections.startSandbox(api),
    );
  }
  await vscode.commands.executeCommand(`${treeViewId}.focus`);
  if (!isRunning) {
    await showSample(services);
  }
}

async function pickApi(): Promise<ImageApiKind | undefined> {
  const items: readonly (vscode.QuickPickItem & { readonly api: ImageApiKind })[] = [
    {
      label: l10n.t('Docker Hub today'),
      detail: l10n.t('Images are read from lists and deleted in the registry, as on hub.docker.com.'),
      api: 'registry',
    },
    {
      label: l10n.t('Docker Hub with the image-management API (until December 2023)'),
      detail: l10n.t('The server lists every image, checks each deletion, and carries it out.'),
      api: 'management',
    },
  ];
  const picked = await pickOne(items, { placeHolder: l10n.t('Select the server to simulate') });
  return picked?.api;
}
