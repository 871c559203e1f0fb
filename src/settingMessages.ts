import * as l10n from '@vscode/l10n';
import { extensionName } from './contributions';
import { type NumericSetting, numericSettings, type SettingId } from './settingDefinitions';
import { numberText } from './texts/formats';
import { invalidNameText } from './texts/names';
import { sanitizeLabel } from './util/sanitizeText';

/** How many entries a message names; it counts the rest. */
const namedLimit = 5;
/** How much of an entry a message shows, in UTF-16 units. */
const entryLimit = 80;

/** Says what a whole number must be, and which one is used. */
export function numberMessage(setting: NumericSetting, used: number | null): string {
  const { minimum, maximum } = numericSettings[setting];
  return used === null
    ? l10n.t(
        '"{0}" must be a whole number from {1} to {2}. The default of the server is used instead.',
        fullName(setting),
        minimum,
        maximum,
      )
    : l10n.t(
        '"{0}" must be a whole number from {1} to {2}. {3} is used instead.',
        fullName(setting),
        minimum,
        maximum,
        used,
      );
}

/** Says that a switch is neither on nor off, and which of the two is used. */
export function booleanMessage(setting: SettingId, isUsed: boolean): string {
  return l10n.t('"{0}" must be true or false. {1} is used instead.', fullName(setting), String(isUsed));
}

/** Says which values are possible, and which one is used. */
export function choiceMessage(setting: SettingId, choices: readonly string[], used: string): string {
  return l10n.t(
    '"{0}" must be one of {1}. {2} is used instead.',
    fullName(setting),
    choices.map(quoted).join(', '),
    quoted(used),
  );
}

/** Says that a value is not a list. */
export function listMessage(setting: SettingId): string {
  return l10n.t('"{0}" must be a list of strings. An empty list is used instead.', fullName(setting));
}

/**
 * Says which entry of a list is ignored.
 *
 * @param error What `readEntry` has thrown.
 */
export function entryMessage(setting: SettingId, entry: unknown, error: unknown): string {
  const reason = error instanceof TypeError ? l10n.t('It is not a string.') : invalidNameText(error);
  return l10n.t(
    '"{0}" has an invalid entry, which is ignored: {1}. {2}',
    fullName(setting),
    shown(entry),
    reason,
  );
}

/** Says which entries of "hubImages.protect" are not patterns, and that nothing can be planned. */
export function protectionMessage(entries: readonly unknown[]): string {
  const named = entries.slice(0, namedLimit).map(shown).join(', ');
  const more = entries.length - namedLimit;
  return l10n.t(
    'No deletion can be planned, because the setting "{0}" has invalid entries: {1}. Each entry must have the form namespace/name or namespace/name:tag. Correct the setting, then try again.',
    fullName('protect'),
    more > 0 ? l10n.t('{0} and {1} more', named, numberText(more)) : named,
  );
}

function fullName(setting: SettingId): string {
  return `${extensionName}.${setting}`;
}

function shown(entry: unknown): string {
  const text = JSON.stringify(entry) as string | undefined; // there is no JSON for `undefined`
  return sanitizeLabel((text ?? String(entry)).slice(0, entryLimit));
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
