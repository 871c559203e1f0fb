import { imageApiKinds, type ImageApiKind } from './hub/autoImageApi';
import {
  booleanSettings,
  numericSettings,
  type BooleanSetting,
  type NumericSetting,
  type StrictestSetting,
} from './settingDefinitions';

/** What a setting is taken to be, whatever was written. */
export interface SettingReading<T> {
  readonly used: T;
  /** Whether what was written is used as it was written. A setting that is not written is valid. */
  readonly isValid: boolean;
}

/** What is written for a setting, by who wrote it; `undefined`: nothing. */
export interface WrittenValues {
  readonly person: unknown;
  /** Of the workspace and of each of its folders. */
  readonly workspace: readonly unknown[];
}

type NumberOf<Id extends NumericSetting> = number | (typeof numericSettings)[Id]['default'];

/** Reads a whole number: the nearest bound if it is out of bounds, its default if it is anything else. */
export function readNumber<Id extends NumericSetting>(
  setting: Id,
  written: unknown,
): SettingReading<NumberOf<Id>> {
  const { minimum, maximum, default: preset } = numericSettings[setting];
  const used = Number.isInteger(written) ? Math.min(maximum, Math.max(minimum, Number(written))) : preset;
  return { used, isValid: written === undefined || written === used };
}

/** Reads a switch: the safe choice if it is neither `true` nor `false`. */
export function readBoolean(setting: BooleanSetting, written: unknown): SettingReading<boolean> {
  const { default: preset, ifInvalid } = booleanSettings[setting];
  if (written === undefined) {
    return { used: preset, isValid: true };
  }
  return typeof written === 'boolean'
    ? { used: written, isValid: true }
    : { used: ifInvalid, isValid: false };
}

/** Reads `confirmation.typeNameAboveImages`, which a workspace can only lower. */
export function readLowestNumber({ person, workspace }: WrittenValues): SettingReading<number> {
  const readings = [person, ...workspace.filter(isWritten)].map((written) =>
    readNumber('confirmation.typeNameAboveImages', written),
  );
  return {
    used: Math.min(...readings.map(({ used }) => used)),
    isValid: readings.every(({ isValid }) => isValid),
  };
}

/** Reads a switch that a workspace can only switch on. */
export function readAnyTrue(
  setting: StrictestSetting,
  { person, workspace }: WrittenValues,
): SettingReading<boolean> {
  const readings = [person, ...workspace.filter(isWritten)].map((written) => readBoolean(setting, written));
  return {
    used: readings.some(({ used }) => used),
    isValid: readings.every(({ isValid }) => isValid),
  };
}

/** Reads a list. A string counts as a list with one entry; anything else is invalid and counts as an empty list. */
export function readList(written: unknown): SettingReading<readonly unknown[]> {
  if (Array.isArray(written)) {
    return { used: written, isValid: true };
  }
  return typeof written === 'string'
    ? { used: [written], isValid: true }
    : { used: [], isValid: written === undefined };
}

/**
 * Parses one entry of a list.
 *
 * @throws {TypeError} It is not a string.
 * @throws Whatever `parse` throws.
 */
export function readEntry<T>(entry: unknown, parse: (text: string) => T): T {
  if (typeof entry !== 'string') {
    throw new TypeError('not a string');
  }
  return parse(entry);
}

/** What `api` can be. */
export const apiChoices = ['auto', ...imageApiKinds] as const;

/** Reads `api`: `auto` if it is not one of {@link apiChoices}. */
export function readApi(written: unknown): SettingReading<'auto' | ImageApiKind> {
  const used = apiChoices.find((choice) => choice === written);
  return { used: used ?? 'auto', isValid: written === undefined || used !== undefined };
}

function isWritten(value: unknown): boolean {
  return value !== undefined;
}
