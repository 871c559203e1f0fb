/**
 * The settings that package.json declares, with their bounds and defaults. A unit test compares the two.
 */

export const settingIds = [
  'apiUrl',
  'api',
  'registry.readIndexes',
  'namespaces',
  'repositories',
  'activityWindowDays',
  'references.hovers',
  'references.hints',
  'deleteBatchSize',
  'requestTimeoutSeconds',
  'protect',
  'confirmation.typeNameAboveImages',
  'confirmation.typeNameForActiveOrTagged',
  'references.searchBeforeDeleting',
  'history.keepDays',
  'history.maxMegabytes',
] as const;
export type SettingId = (typeof settingIds)[number];

/** Bounds and defaults of the numeric settings. */
export const numericSettings = {
  /** `null` leaves the decision to Docker Hub. */
  activityWindowDays: { minimum: 1, maximum: 3650, default: null },
  deleteBatchSize: { minimum: 1, maximum: 25, default: 25 },
  requestTimeoutSeconds: { minimum: 1, maximum: 600, default: 30 },
  'confirmation.typeNameAboveImages': { minimum: 0, maximum: 10_000, default: 25 },
  'history.keepDays': { minimum: 1, maximum: 3650, default: 365 },
  'history.maxMegabytes': { minimum: 1, maximum: 1000, default: 50 },
} as const satisfies Partial<Record<SettingId, { minimum: number; maximum: number; default: number | null }>>;
export type NumericSetting = keyof typeof numericSettings;

/** What the switches mean where they are not written, and where they are neither `true` nor `false`. */
export const booleanSettings = {
  'registry.readIndexes': { default: true, ifInvalid: false },
  'confirmation.typeNameForActiveOrTagged': { default: true, ifInvalid: true },
  'references.searchBeforeDeleting': { default: true, ifInvalid: true },
  'references.hovers': { default: true, ifInvalid: false },
  'references.hints': { default: true, ifInvalid: false },
} as const satisfies Partial<Record<SettingId, { default: boolean; ifInvalid: boolean }>>;
export type BooleanSetting = keyof typeof booleanSettings;

/** Switches that a workspace and its folders can only switch on. */
export const strictestSettings = [
  'confirmation.typeNameForActiveOrTagged',
  'references.searchBeforeDeleting',
] as const satisfies readonly BooleanSetting[];
export type StrictestSetting = (typeof strictestSettings)[number];
