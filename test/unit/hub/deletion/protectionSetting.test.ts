import assert from 'node:assert/strict';
import { isCompletePattern } from '../../../../src/hub/deletion/protection';
import { parseProtectionSetting } from '../../../../src/hub/deletion/protectionSetting';
import { settingProperties } from '../../../support/settingProperties';

const protect =
  settingProperties<{ readonly items: { readonly pattern: string } }>()['hubImages.protect'] ?? assert.fail();
const schema = new RegExp(protect.items.pattern);

describe('the setting "hubImages.protect"', () => {
  const patterns = [
    'acme/api',
    'acme/api:latest',
    'acme/*',
    '*/*:v*',
    '**/api',
    'acme/**',
    'acme/{api,web}:{prod,live}-*',
    'acme/api:v[0-9]?',
    'acme/!(api):*',
    'acme/@(api|web):+(v)*',
    'library/a__b:1.0_rc-1',
  ];
  for (const pattern of patterns) {
    it(`accepts ${pattern}`, () => {
      assert.deepEqual(parseProtectionSetting([[pattern]]), { kind: 'valid', patterns: [pattern] });
      assert.match(pattern, schema);
      assert.ok(isCompletePattern(pattern));
    });
  }

  const otherForms = [
    '',
    ' ',
    'acme',
    'acme/',
    '/api',
    ':latest',
    'acme:latest',
    'acme/api:',
    'acme/api:a:b',
    'acme/api:a/b',
    'docker.io/acme/api',
    'acme/api@sha256:1',
    'acme/api:latest@sha256',
    '\u0430cme/api',
    ' acme/api',
    'acme/api ',
    'acme/api: latest',
    'acme/api,acme/web',
  ];
  for (const text of otherForms) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseProtectionSetting([[text]]), { kind: 'invalid', entries: [text] });
      assert.doesNotMatch(text, schema);
    });
  }

  for (const value of [true, false, 0, 7, null, {}, { 'acme/api': true }]) {
    it(`refuses ${JSON.stringify(value)}, as the value and in a list`, () => {
      assert.deepEqual(parseProtectionSetting([value]), { kind: 'invalid', entries: [value] });
      assert.deepEqual(parseProtectionSetting([[value]]), { kind: 'invalid', entries: [value] });
    });
  }

  it('refuses a list in a list', () => {
    assert.deepEqual(parseProtectionSetting([[['acme/api']]]), { kind: 'invalid', entries: [['acme/api']] });
  });

  it('accepts a string as a list with one pattern', () => {
    assert.deepEqual(parseProtectionSetting(['acme/api']), { kind: 'valid', patterns: ['acme/api'] });
  });

  it('adds the values of all places up', () => {
    assert.deepEqual(parseProtectionSetting([['a/b', 'a/c'], undefined, 'a/d', [], ['a/b']]), {
      kind: 'valid',
      patterns: ['a/b', 'a/c', 'a/d'],
    });
  });

  it('protects nothing where nothing is written', () => {
    assert.deepEqual(parseProtectionSetting([]), { kind: 'valid', patterns: [] });
    assert.deepEqual(parseProtectionSetting([undefined, []]), { kind: 'valid', patterns: [] });
  });

  it('hands out no pattern at all where one entry of any place is invalid', () => {
    assert.deepEqual(parseProtectionSetting([['acme/api', 'acme'], ['acme/web'], 7]), {
      kind: 'invalid',
      entries: ['acme', 7],
    });
  });
});
