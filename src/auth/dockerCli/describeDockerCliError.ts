import * as l10n from '@vscode/l10n';
import { sanitizeLabel } from '../../util/sanitizeText';
import type { DockerCliError } from './dockerCliError';

/** What a person reads: what happened, and what they can do about it. */
export function describeDockerCliError({ problem, source: path, reason = '' }: DockerCliError): string {
  const source = sanitizeLabel(path);
  const instead = l10n.t('Or sign in with an access token here.');
  switch (problem) {
    case 'notSignedIn':
      return [
        l10n.t('The Docker CLI on this machine is not signed in to Docker Hub ({0}).', source),
        l10n.t('Run "docker login".'),
        instead,
      ].join(' ');
    case 'malformedConfig':
      return [
        l10n.t('The Docker CLI configuration cannot be read: {0} ({1}).', source, malformedText(reason)),
        l10n.t('Correct the configuration.'),
        instead,
      ].join(' ');
    case 'identityToken':
      return [
        l10n.t(
          'The Docker CLI has an identity token for Docker Hub, which only the Docker CLI itself can use.',
        ),
        l10n.t('Sign in here with an access token.'),
      ].join(' ');
    case 'helperName':
      return [
        l10n.t('{0} is not a valid name of a credential helper.', source),
        l10n.t('Correct config.json.'),
        instead,
      ].join(' ');
    case 'helperMissing':
      return [
        l10n.t('The credential helper {0} was not found on this machine.', source),
        l10n.t('Install it, or add its folder to PATH.'),
        instead,
      ].join(' ');
    case 'helperNotStarted':
      return [
        l10n.t('The credential helper {0} could not be started: {1}.', source, sanitizeLabel(reason)),
        l10n.t('Check that it is executable and built for this operating system.'),
        instead,
      ].join(' ');
    case 'helperFailed':
      return [
        reason === ''
          ? l10n.t('The credential helper {0} failed.', source)
          : l10n.t(
              'The credential helper {0} failed: {1}.',
              source,
              sanitizeLabel(reason.replace(/\.$/, '')),
            ),
        instead,
      ].join(' ');
    case 'helperSilent':
      return [
        l10n.t('The credential helper {0} did not respond in time.', source),
        l10n.t('Unlock its credential store and try again.'),
        instead,
      ].join(' ');
    case 'helperGarbage':
      return [l10n.t('The response of the credential helper {0} cannot be read.', source), instead].join(' ');
  }
}

/** The reason is one of those that `readDockerConfig` gives, or the place of a value. */
function malformedText(reason: string): string {
  switch (reason) {
    case 'not JSON':
      return l10n.t('not valid JSON');
    case 'a list':
      return l10n.t('a list instead of an object');
    case 'not an object':
      return l10n.t('not an object');
    default:
      return sanitizeLabel(reason);
  }
}
