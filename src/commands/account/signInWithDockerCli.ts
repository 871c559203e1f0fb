import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Credentials } from '../../hub/session/credentials';
import { readWithProgress } from '../../interaction/progress';
import type { Services } from '../../interaction/services';
import { showError } from '../../util/showError';
import { leaveSandbox } from '../sandbox/leaveSandbox';

/** The server that the Docker CLI stores the credentials for. */
const dockerHub = 'https://hub.docker.com';

/** Long enough for the user to type the passphrase of a key. */
const helperTimeoutMs = 60_000;

/** Signs in with the credentials that the Docker CLI of this machine has for Docker Hub. */
export async function signInWithDockerCli(services: Services): Promise<void> {
  if (!(await leaveSandbox(services)) || !(await confirmServer(services.connections.hubOrigin))) {
    return;
  }
  const credentials = await readCredentials(services);
  if (credentials !== undefined && (await services.connections.signInWith(credentials))) {
    const username = services.connections.currentAccount ?? credentials.username; // which may be an email address
    void vscode.window.showInformationMessage(
      l10n.t('Signed in as {0} with the credentials of the Docker CLI.', username),
    );
  }
}

/** Asks before credentials for Docker Hub are sent to another server. */
async function confirmServer(origin: string): Promise<boolean> {
  if (origin === dockerHub) {
    return true;
  }
  const send = l10n.t('Send Credentials');
  const answer = await vscode.window.showWarningMessage(
    l10n.t('Send your Docker Hub credentials to {0}?', origin),
    {
      modal: true,
      detail: l10n.t(
        'The Docker CLI stores these credentials for Docker Hub, but the setting "hubImages.apiUrl" names another server. Whoever runs that server could use them.',
      ),
    },
    send,
  );
  return answer === send;
}

/** @returns Undefined if the user cancelled, or if there are none and a message has said why. */
async function readCredentials(services: Services): Promise<Credentials | undefined> {
  const { describeDockerCliError, DockerCliError, dockerCliCredentials } =
    await import('../../auth/dockerCli');
  try {
    return await readWithProgress(l10n.t('Getting credentials from the Docker CLI'), (signal) =>
      dockerCliCredentials({ env: process.env, timeoutMs: helperTimeoutMs, signal }),
    );
  } catch (error) {
    if (!(error instanceof DockerCliError)) {
      throw error;
    }
    services.log.warn(error.message);
    await showError(describeDockerCliError(error), {
      action: { title: l10n.t('Sign In'), run: () => services.connections.signIn() },
    });
    return undefined;
  }
}
