import assert from 'node:assert/strict';
import {
  booleanMessage,
  choiceMessage,
  entryMessage,
  listMessage,
  numberMessage,
  protectionMessage,
} from '../../src/settingMessages';
import {
  type BooleanSetting,
  booleanSettings,
  type NumericSetting,
  numericSettings,
  strictestSettings,
} from '../../src/settingDefinitions';
import {
  readAnyTrue,
  readApi,
  readBoolean,
  readList,
  readLowestNumber,
  readNumber,
} from '../../src/settingValues';

const valid = undefined;
const numericIds = Object.keys(numericSettings) as NumericSetting[]; // keys of a literal object
const booleanIds = Object.keys(booleanSettings) as BooleanSetting[];

describe('the values of settings', () => {
  for (const setting of numericIds) {
    const { minimum, maximum, default: preset } = numericSettings[setting];
    const rule = `"hubImages.${setting}" must be a whole number from ${minimum} to ${maximum}.`;
    const defaulted = `${rule} ${preset ?? 'The default of the server'} is used instead.`;
    const clamped = (used: number) => `${rule} ${used} is used instead.`;
    const rows: readonly (readonly [written: unknown, used: number | null, message: string | undefined])[] = [
      [undefined, preset, valid],
      [minimum, minimum, valid],
      [maximum, maximum, valid],
      [minimum + 1, minimum + 1, valid],
      [minimum - 1, minimum, clamped(minimum)],
      [-5, minimum, clamped(minimum)],
      [maximum + 1, maximum, clamped(maximum)],
      [1e300, maximum, clamped(maximum)],
      [25.5, preset, defaulted],
      [Infinity, preset, defaulted],
      [NaN, preset, defaulted],
      ['', preset, defaulted],
      [String(minimum), preset, defaulted],
      [true, preset, defaulted],
      [false, preset, defaulted],
      [[minimum], preset, defaulted],
      [{}, preset, defaulted],
      [null, preset, preset === null ? valid : defaulted],
    ];
    for (const [written, used, message] of rows) {
      it(`use ${used} for ${describeValue(written)} of ${setting}`, () => {
        const reading = readNumber(setting, written);
        assert.equal(reading.used, used);
        assert.equal(reading.isValid ? undefined : numberMessage(setting, reading.used), message);
      });
    }
  }

  for (const setting of booleanIds) {
    const { default: preset, ifInvalid } = booleanSettings[setting];
    const invalid = `"hubImages.${setting}" must be true or false. ${ifInvalid} is used instead.`;
    const rows: readonly (readonly [written: unknown, used: boolean, message: string | undefined])[] = [
      [undefined, preset, valid],
      [true, true, valid],
      [false, false, valid],
      ['false', ifInvalid, invalid],
      ['true', ifInvalid, invalid],
      ['', ifInvalid, invalid],
      [0, ifInvalid, invalid],
      [1, ifInvalid, invalid],
      [null, ifInvalid, invalid],
      [[], ifInvalid, invalid],
      [{}, ifInvalid, invalid],
    ];
    for (const [written, used, message] of rows) {
      it(`use ${used} for ${describeValue(written)} of ${setting}`, () => {
        const reading = readBoolean(setting, written);
        assert.equal(reading.used, used);
        assert.equal(reading.isValid ? undefined : booleanMessage(setting, reading.used), message);
      });
    }
  }

  it('read no index from the registry, and ask to type a name, where it is not clear what is meant', () => {
    assert.equal(booleanSettings['registry.readIndexes'].ifInvalid, false);
    assert.equal(booleanSettings['confirmation.typeNameForActiveOrTagged'].ifInvalid, true);
  });

  it('search for references before a deletion where it is not clear what is meant', () => {
    assert.equal(booleanSettings['references.searchBeforeDeleting'].ifInvalid, true);
  });

  const limits: readonly (readonly [
    person: unknown,
    workspace: readonly unknown[],
    used: number,
    isValid: boolean,
  ])[] = [
    [undefined, [], 25, true],
    [undefined, [undefined, undefined], 25, true],
    [undefined, [5], 5, true],
    [undefined, [100], 25, true],
    [100, [], 100, true],
    [100, [50, 10], 10, true],
    [10, [50, undefined], 10, true],
    [25.5, [], 25, false],
    [25.5, [100], 25, false],
    [25.5, [10], 10, false],
    ['100', [], 25, false],
    [null, [], 25, false],
    [-1, [], 0, false],
    [99_999, [], 10_000, false],
    [99_999, [undefined, 12_000], 10_000, false],
    [100, [25.5], 25, false],
    [100, ['none'], 25, false],
    [100, [null], 25, false],
    [10, ['none'], 10, false],
    [10, [undefined, -1], 0, false],
  ];
  for (const [person, workspace, used, isValid] of limits) {
    it(`ask to type a name above ${used} images for ${describeValue(person)} of the person and [${workspace.map(describeValue).join(', ')}] of the workspace`, () => {
      assert.deepEqual(readLowestNumber({ person, workspace }), { used, isValid });
    });
  }

  const switches: readonly (readonly [
    person: unknown,
    workspace: readonly unknown[],
    used: boolean,
    isValid: boolean,
  ])[] = [
    [undefined, [], true, true],
    [undefined, [false], true, true],
    [false, [], false, true],
    [false, [undefined, false], false, true],
    [false, [undefined, true], true, true],
    [true, [false], true, true],
    ['false', [], true, false],
    [null, [], true, false],
    [0, [false], true, false],
    [false, ['false'], true, false],
    [false, [undefined, 0], true, false],
  ];
  for (const setting of strictestSettings) {
    for (const [person, workspace, used, isValid] of switches) {
      it(`use ${used} for ${describeValue(person)} of the person and [${workspace.map(describeValue).join(', ')}] of the workspace for ${setting}`, () => {
        assert.deepEqual(readAnyTrue(setting, { person, workspace }), { used, isValid });
      });
    }
  }

  const lists: readonly (readonly [written: unknown, used: readonly unknown[], isValid: boolean])[] = [
    [undefined, [], true],
    [[], [], true],
    [['acme', 7], ['acme', 7], true],
    ['acme', ['acme'], true],
    [7, [], false],
    [true, [], false],
    [null, [], false],
    [{}, [], false],
  ];
  for (const [written, used, isValid] of lists) {
    it(`take ${describeValue(written)} for the list ${JSON.stringify(used)}`, () => {
      assert.deepEqual(readList(written), { used, isValid });
    });
  }

  it('use "auto" where "api" is not one of the choices', () => {
    assert.deepEqual(readApi(undefined), { used: 'auto', isValid: true });
    assert.deepEqual(readApi('auto'), { used: 'auto', isValid: true });
    assert.deepEqual(readApi('registry'), { used: 'registry', isValid: true });
    assert.deepEqual(readApi('regsitry'), { used: 'auto', isValid: false });
    assert.deepEqual(readApi(null), { used: 'auto', isValid: false });
  });
});

describe('messages about settings', () => {
  it('name what is used', () => {
    assert.equal(
      choiceMessage('api', ['auto', 'registry'], 'auto'),
      '"hubImages.api" must be one of "auto", "registry". "auto" is used instead.',
    );
    assert.equal(
      listMessage('namespaces'),
      '"hubImages.namespaces" must be a list of strings. An empty list is used instead.',
    );
    assert.equal(
      entryMessage('namespaces', 7, new TypeError('not a string')),
      '"hubImages.namespaces" has an invalid entry, which is ignored: 7. It is not a string.',
    );
  });

  it('name the entries of "hubImages.protect" that are not patterns', () => {
    assert.equal(
      protectionMessage(['acme', 7, { a: 1 }, null]),
      'No deletion can be planned, because the setting "hubImages.protect" has invalid entries: "acme", 7, {"a":1}, null. Each entry must have the form namespace/name or namespace/name:tag. Correct the setting, then try again.',
    );
  });

  it('name five entries, count the rest, and cut long ones', () => {
    const message = protectionMessage(['', 'b'.repeat(500), 3, 4, 5, 6, 7]);
    assert.match(message, /entries: "", "b{79}, 3, 4, 5 and 2 more\. /);
  });

  it('turn nothing that is written in a setting into a link or an icon', () => {
    const message = protectionMessage(['[x](command:y)', '$(trash)', '\u202Eabc']);
    assert.doesNotMatch(message, /\]\(|\$\(|\u202E/);
  });
});

/** As JSON, where there is JSON for it. */
function describeValue(value: unknown): string {
  return typeof value === 'number' || value === undefined ? String(value) : JSON.stringify(value);
}
