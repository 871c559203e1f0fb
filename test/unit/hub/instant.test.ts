import assert from 'node:assert/strict';
import { parseInstant } from '../../../src/hub/instant';

describe('instant', () => {
  const known: readonly (readonly [text: string, iso: string])[] = [
    ['2020-12-01T12:00:00Z', '2020-12-01T12:00:00.000Z'],
    ['2020-12-01T12:00:00.1Z', '2020-12-01T12:00:00.100Z'],
    ['2020-12-01T12:00:00.123456789Z', '2020-12-01T12:00:00.123Z'],
    ['2020-12-01T13:30:00+01:30', '2020-12-01T12:00:00.000Z'],
    ['2020-12-01t12:00:00z', '2020-12-01T12:00:00.000Z'],
  ];
  for (const [text, iso] of known) {
    it(`reads ${text}`, () => {
      assert.equal(parseInstant(text)?.toISOString(), iso);
    });
  }

  for (const value of [null, undefined, '', '0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000000000Z']) {
    it(`takes ${JSON.stringify(value)} as not known`, () => {
      assert.equal(parseInstant(value), undefined);
    });
  }

  for (const value of [
    0,
    1_600_000_000,
    'yesterday',
    '2020-12-01',
    '2020-13-01T12:00:00Z',
    '2020-12-01T12:00:00',
    {},
    true,
  ]) {
    it(`rejects ${JSON.stringify(value)}`, () => {
      assert.throws(() => parseInstant(value), RangeError);
    });
  }
});
