import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { formatRepository } from '../hub/names';
import type { Services } from '../interaction/services';
import { describeError } from '../texts/errors';
import { numberText } from '../texts/formats';
import type { UnreadRepository } from './readInventories';

/** What the user chose: to read everything again, to leave out what could not be read, or to plan nothing. */
export type RefusedPlanAnswer = 'readAgain' | 'continueWithout' | 'stop';

/** How many repositories the message names; it counts the rest. */
const namedLimit = 10;

/**
 * Says why nothing is planned as long as the lists of images are incomplete, and what can be done about it.
 *
 * @param unread At least one repository.
 * @param count Number of repositories, including those that were read.
 */
export async function askAboutUnread(
  { log }: Pick<Services, 'log'>,
  unread: readonly UnreadRepository[],
  count: number,
): Promise<RefusedPlanAnswer> {
  unread.forEach(({ error }) => {
    log.warn(error.message);
  });
  const readAgain = l10n.t('Read Again');
  const continueWithout =
    unread.length === 1 ? l10n.t('Continue Without It') : l10n.t('Continue Without Them');
  const showLog = l10n.t('Show Log');
  const answer = await vscode.window.showWarningMessage(
    messageText(unread, count),
    { modal: true, detail: detailText(unread, count) },
    readAgain,
    ...(unread.length < count ? [continueWithout] : []),
    showLog,
  );
  switch (answer) {
    case readAgain:
      return 'readAgain';
    case continueWithout:
      return 'continueWithout';
    case showLog:
      log.show();
      return 'stop';
    default:
      return 'stop';
  }
}

function messageText(unread: readonly UnreadRepository[], count: number): string {
  const [only, another] = unread;
  return only !== undefined && another === undefined
    ? l10n.t('The images in {0} could not be read completely.', formatRepository(only.repository))
    : l10n.t(
        'The images in {0} of {1} repositories could not be read completely.',
        numberText(unread.length),
        numberText(count),
      );
}

function detailText(unread: readonly UnreadRepository[], count: number): string {
  const [only, another] = unread;
  const reasons =
    only !== undefined && another === undefined
      ? [reasonText(only)]
      : unread
          .slice(0, namedLimit)
          .map((each) => l10n.t('{0}: {1}', formatRepository(each.repository), reasonText(each)));
  const more = unread.length - namedLimit;
  return [
    ...reasons,
    ...(more > 0 ? [l10n.t('… and {0} more', numberText(more))] : []),
    count === 1
      ? l10n.t('Nothing was planned, because images in use could be missing from the list.')
      : l10n.t('Deletions can be planned only from a complete list of images.'),
  ].join('\n\n');
}

function reasonText({ error }: UnreadRepository): string {
  return describeError(error);
}
