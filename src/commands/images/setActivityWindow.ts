import * as l10n from '@vscode/l10n';
import { activityWindowLimits } from '../../hub/activity';
import { formatRepository } from '../../hub/names';
import type { Services, Target } from '../../interaction/services';
import { repositoryFrom } from '../../interaction/subjects';
import { windowText } from '../../providers/texts/viewOptions';
import { numberText } from '../../texts/formats';
import { enterText, pickOne } from '../../util/quickInput';

const suggestedDays = [7, 30, 90, 180, 365] as const;

/** Asks within how many days a push or pull makes an image of the repository active. */
export async function setActivityWindow(services: Services, target: Target): Promise<void> {
  const origin = services.connections.current?.origin;
  const repository = await repositoryFrom(
    services,
    target,
    l10n.t('Select the repository to set the activity window of'),
  );
  if (origin === undefined || repository === undefined) {
    return;
  }
  const current = services.viewOptions.get(origin, repository).activityWindowDays;
  const answer = await askDays(services, formatRepository(repository), current);
  if (answer !== undefined) {
    await services.viewOptions.update(origin, repository, { activityWindowDays: answer.days });
  }
}

async function askDays(
  services: Services,
  repository: string,
  current: number | undefined,
): Promise<{ readonly days: number | undefined } | undefined> {
  const item = (label: string, days: number | undefined) => ({
    label,
    ...(days === current && { description: l10n.t('current') }),
    answer: { days },
  });
  const items = [
    item(l10n.t('Use the setting ({0})', windowText(services.settings.activityWindowDays)), undefined),
    ...suggestedDays.map((days) => item(windowText(days), days)),
  ];
  const other = { label: l10n.t('Another number of days…'), answer: undefined };
  const picked = await pickOne([...items, other], {
    placeHolder: l10n.t('Activity window of {0}', repository),
  });
  return picked === other ? askOtherDays(current) : picked?.answer;
}

async function askOtherDays(current: number | undefined): Promise<{ readonly days: number } | undefined> {
  const { minimumDays, maximumDays } = activityWindowLimits;
  const isValid = (text: string) =>
    /^\d+$/.test(text.trim()) && Number(text) >= minimumDays && Number(text) <= maximumDays;
  const entered = await enterText({
    prompt: l10n.t('Number of days: an image pushed or pulled within this time is active.'),
    ...(current !== undefined && { value: String(current) }),
    validateInput: (text) =>
      isValid(text)
        ? undefined
        : l10n.t('Enter a whole number from {0} to {1}.', numberText(minimumDays), numberText(maximumDays)),
  });
  return entered === undefined ? undefined : { days: Number(entered) };
}
