import * as l10n from '@vscode/l10n';
import { InvalidNameError, nameLengthLimit, type NameProblem } from '../hub/names';
import { numberText } from './formats';

/** Says in a sentence why a text is not the name of a namespace or repository. */
export function invalidNameText(error: unknown): string {
  return error instanceof InvalidNameError ? problemText(error.problem) : l10n.t('The name is not valid.');
}

function problemText(problem: NameProblem): string {
  switch (problem) {
    case 'namespaceEmpty':
      return l10n.t('The name of the namespace is missing.');
    case 'namespaceTooLong':
      return l10n.t('A namespace can have at most {0} characters.', numberText(nameLengthLimit));
    case 'namespaceCharacters':
      return l10n.t(
        'A namespace can contain only lowercase letters and digits, with “.”, “_” or “-” between them.',
      );
    case 'repositoryEmpty':
      return l10n.t('The name of the repository is missing.');
    case 'repositoryTooLong':
      return l10n.t('The name of a repository can have at most {0} characters.', numberText(nameLengthLimit));
    case 'repositoryCharacters':
      return l10n.t(
        'The name of a repository can contain only lowercase letters and digits, with “.”, “_” or “-” between them.',
      );
    case 'notFullName':
      return l10n.t('Enter namespace/name, for example, acme/api.');
  }
}
