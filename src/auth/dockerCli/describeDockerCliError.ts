import * as l10n from '@vscode/l10n';
import { sanitizeLabel } from '../../util/sanitizeText';
import type { DockerCliError } from './dockerCliError';

/** What a person reads: what happened, and what they can do about it. */
export function describeDockerCliError({ problem, source: path, reason = '' }: DockerCliError): string {
  const source = sanitizeLabel(path);
  const instead = l10n.t('Or sign in here with an access token.');
  switch (problem) {
    case 'notSignedIn':
      return [
        l10n.t('The Docker CLI of this machine is not signed in to Docker Hub ({0}).', source),
        l10n.t('Run "docker login".'),
        instead,
      ].join(' ');
    case 'malformedConfig':
      return [
        l10n.t(
          'The configuration of the Docker CLI cannot be read: {0} ({1}).',
          source,
          sanitizeLabel(reason),
        ),
        l10n.t('Correct it.'),
        instead,
      ].join(' ');
    case 'identityToken':
      return [
        l10n.t(
          'The Docker CLI keeps an identity token for Docker Hub, which nobody but the Docker CLI can sign in with.',
        ),
        l10n.t('Sign in here with an access token.'),
      ].join(' ');
    case 'helperName':
      return [l10n.t('No program can be called {0}.', source), l10n.t('Correct config.json.'), instead].join(
        ' ',
      );
    case 'helperMissing':
      return [
        l10n.t('The credential helper {0} was not found on this machine.', source),
        l10n.t('Install it, or put its folder on the PATH.'),
        instead,
      ].join(' ');
    case 'helperFailed':
      return [
        reason === ''
          ? l10n.t('The credential helper {0} failed.', source)
          : l10n.t('The credential helper {0} failed: {1}', source, sanitizeLabel(reason)),
        instead,
      ].join(' ');
    case 'helperSilent':
      return [
        l10n.t('The credential helper {0} did not answer in time.', source),
        l10n.t('Unlock its store and try again.'),
        instead,
      ].join(' ');
    case 'helperGarbage':
      return [l10n.t('The answer of the credential helper {0} cannot be read.', source), instead].join(' ');
  }
}
