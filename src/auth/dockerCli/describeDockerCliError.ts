import * as vscode from 'vscode';
import { inertLabel } from '../../util/inertText';
import type { DockerCliError } from './dockerCliError';

/** What a person reads: what happened, and what they can do about it. */
export function describeDockerCliError({ problem, source: path, reason = '' }: DockerCliError): string {
  const { t } = vscode.l10n;
  const source = inertLabel(path);
  const instead = t('Or sign in here with an access token.');
  switch (problem) {
    case 'notSignedIn':
      return [
        t('The Docker CLI of this machine is not signed in to Docker Hub ({0}).', source),
        t('Run "docker login".'),
        instead,
      ].join(' ');
    case 'malformedConfig':
      return [
        t('The configuration of the Docker CLI cannot be read: {0} ({1}).', source, inertLabel(reason)),
        t('Correct it.'),
        instead,
      ].join(' ');
    case 'identityToken':
      return [
        t(
          'The Docker CLI keeps an identity token for Docker Hub, which nobody but the Docker CLI can sign in with.',
        ),
        t('Sign in here with an access token.'),
      ].join(' ');
    case 'helperName':
      return [t('No program can be called {0}.', source), t('Correct config.json.'), instead].join(' ');
    case 'helperMissing':
      return [
        t('The credential helper {0} was not found on this machine.', source),
        t('Install it, or put its folder on the PATH.'),
        instead,
      ].join(' ');
    case 'helperFailed':
      return [
        reason === ''
          ? t('The credential helper {0} failed.', source)
          : t('The credential helper {0} failed: {1}', source, inertLabel(reason)),
        instead,
      ].join(' ');
    case 'helperSilent':
      return [
        t('The credential helper {0} did not answer in time.', source),
        t('Unlock its store and try again.'),
        instead,
      ].join(' ');
    case 'helperGarbage':
      return [t('The answer of the credential helper {0} cannot be read.', source), instead].join(' ');
  }
}
