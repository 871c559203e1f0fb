import { parseProtectionSetting } from './hub/deletion/protectionSetting';
import { parseNamespaceName, parseRepositoryRef } from './hub/names';
import {
  type NumericSetting,
  numericSettings,
  type SettingId,
  strictestSettings,
} from './settingDefinitions';
import {
  booleanMessage,
  choiceMessage,
  entryMessage,
  listMessage,
  numberMessage,
  protectionMessage,
} from './settingMessages';
import {
  apiChoices,
  readAnyTrue,
  readApi,
  readBoolean,
  readEntry,
  readList,
  readLowestNumber,
  readNumber,
  type SettingReading,
  type WrittenValues,
} from './settingValues';

/** A value that cannot be used. */
export interface SettingProblem {
  readonly setting: SettingId;
  /** For the person who wrote the setting: what is wrong, and what is used instead. */
  readonly message: string;
}

/** The settings as they were written. */
export interface WrittenSettings {
  /** The value in force. */
  read(setting: SettingId): unknown;
  written(setting: SettingId): WrittenValues;
}

/** Finds every value that is out of bounds or cannot be read. */
export function settingProblems(settings: WrittenSettings): readonly SettingProblem[] {
  return [
    ...apiProblems(settings),
    ...numberProblems(settings),
    ...booleanProblems(settings),
    ...protectProblems(settings),
    ...listProblems('namespaces', parseNamespaceName, settings),
    ...listProblems('repositories', parseRepositoryRef, settings),
  ];
}

function apiProblems(settings: WrittenSettings): readonly SettingProblem[] {
  const { used, isValid } = readApi(settings.read('api'));
  return isValid ? [] : [{ setting: 'api', message: choiceMessage('api', apiChoices, used) }];
}

function numberProblems(settings: WrittenSettings): readonly SettingProblem[] {
  return (Object.keys(numericSettings) as NumericSetting[]) // keys of a literal object
    .map((setting) => ({ setting, ...numberReading(setting, settings) }))
    .filter(({ isValid }) => !isValid)
    .map(({ setting, used }) => ({ setting, message: numberMessage(setting, used) }));
}

function numberReading(setting: NumericSetting, settings: WrittenSettings): SettingReading<number | null> {
  return setting === 'confirmation.typeNameAboveImages'
    ? readLowestNumber(settings.written(setting))
    : readNumber(setting, settings.read(setting));
}

function booleanProblems(settings: WrittenSettings): readonly SettingProblem[] {
  const others = ['registry.readIndexes', 'references.hovers', 'references.hints'] as const;
  return [
    ...others.map((setting) => ({ setting, ...readBoolean(setting, settings.read(setting)) })),
    ...strictestSettings.map((setting) => ({ setting, ...readAnyTrue(setting, settings.written(setting)) })),
  ]
    .filter(({ isValid }) => !isValid)
    .map(({ setting, used }) => ({ setting, message: booleanMessage(setting, used) }));
}

function protectProblems(settings: WrittenSettings): readonly SettingProblem[] {
  const { person, workspace } = settings.written('protect');
  const protect = parseProtectionSetting([person, ...workspace]);
  return protect.kind === 'valid'
    ? []
    : [{ setting: 'protect', message: protectionMessage(protect.entries) }];
}

function listProblems(
  setting: 'namespaces' | 'repositories',
  parse: (text: string) => unknown,
  settings: WrittenSettings,
): readonly SettingProblem[] {
  const { used, isValid } = readList(settings.read(setting));
  const problems: SettingProblem[] = isValid ? [] : [{ setting, message: listMessage(setting) }];
  for (const entry of used) {
    try {
      readEntry(entry, parse);
    } catch (error) {
      problems.push({ setting, message: entryMessage(setting, entry, error) });
    }
  }
  return problems;
}
