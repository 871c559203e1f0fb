import assert from 'node:assert/strict';
import { plainText } from '../../../src/hub/plainText';

describe('plainText', () => {
  const cases: [rule: string, text: string, expected: string | undefined][] = [
    ['keeps a sentence', 'Incorrect authentication credentials', 'Incorrect authentication credentials'],
    ['keeps what only looks a little like markup', '1 < 2 and a <= b', '1 < 2 and a <= b'],
    ['makes one line of several', 'first\r\n  second\tthird\u2028fourth', 'first second third fourth'],
    ['removes escape sequences', '\u001b[31mred\u0007', '[31mred'],
    ['removes marks that turn the direction', 'user\u202egnp.exe\u2066', 'user gnp.exe'],
    ['removes invisible characters', 'a\u200b\ufeffb', 'a b'],
    ['removes an address', 'Get http://hub-internal:8080/x?y=1: refused', 'Get … refused'],
    ['removes what looks like a bearer token', 'token eyJhbGciOi.eyJzdWIi.c2ln is old', 'token … is old'],
    ['removes what looks like an access token', 'no dckr_pat_AbC-123 here', 'no … here'],
    ['rejects a page', '<!DOCTYPE html><html><body>Oops</body></html>', undefined],
    ['rejects markup inside a text', 'sorry: <b>Oops</b>', undefined],
    ['rejects what is blank', ' \n\u200b ', undefined],
  ];
  for (const [rule, text, expected] of cases) {
    it(rule, () => {
      assert.equal(plainText(text), expected);
    });
  }

  it('removes the secrets it is given', () => {
    assert.equal(plainText('pass word hunter2 for hunter2', ['', 'hunter2']), 'pass word … for …');
  });

  it('cuts a long text between characters', () => {
    const cut = plainText('😀'.repeat(400)) ?? '';
    assert.equal(Array.from(cut).length, 300);
    assert.match(cut, /^(?:😀){299}…$/u);
  });

  it('looks at no more than the beginning of a very long text', () => {
    assert.equal(plainText('a.'.repeat(5_000_000))?.length, 300);
  });
});
