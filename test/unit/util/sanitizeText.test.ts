import assert from 'node:assert/strict';
import {
  escapeInvisibleJson,
  sanitizeLabel,
  sanitizeLines,
  sanitizeText,
} from '../../../src/util/sanitizeText';

describe('inert text', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['latest', 'latest'],
    ['<b>&amp;', '<b>&amp;'],
    ['a\u202Eb', 'a\\u{202E}b'],
    ['a\u200Bb\uFEFF', 'a\\u{200B}b\\u{FEFF}'],
    ['a\u001B[31mb', 'a\\u{1B}[31mb'],
    ['a\nb\u2028c', 'a\\u{A}b\\u{2028}c'],
    ['a\u00A0b c', 'a\\u{A0}b c'],
    ['\u{E0041}', '\\u{E0041}'],
    ['a\u3164b\uFE0F\u034F', 'a\\u{3164}b\\u{FE0F}\\u{34F}'],
    ['a\u2800b', 'a\\u{2800}b'],
    ['日本語', '日本語'],
  ];
  for (const [text, expected] of cases) {
    it(`writes out what cannot be seen in ${JSON.stringify(text)}`, () => {
      assert.equal(sanitizeText(text), expected);
    });
  }

  it('writes the same out in JSON, which still means the same', () => {
    const written = escapeInvisibleJson(JSON.stringify('a\u3164b\u202E\u2800'));
    assert.equal(written, '"a\\u3164b\\u202e\\u2800"');
    assert.equal(JSON.parse(written), 'a\u3164b\u202E\u2800');
  });

  it('leaves the lines of a sentence alone', () => {
    assert.equal(sanitizeLines('one\ntwo\u202E'), 'one\ntwo\\u{202E}');
  });

  it('says the same said twice', () => {
    assert.equal(
      sanitizeLabel(sanitizeLabel('a\u202E[b](command:c)')),
      sanitizeLabel('a\u202E[b](command:c)'),
    );
  });
});

describe('an inert label', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['[Retry](command:workbench.action.quit)', '[Retry]\\u{28}command:workbench.action.quit)'],
    ['[docs](https://example.test "t")', '[docs]\\u{28}https://example.test "t")'],
    ['$(trash) latest', '$\\u{28}trash) latest'],
    ['access denied (403)', 'access denied (403)'],
  ];
  for (const [text, expected] of cases) {
    it(`has no link and no icon of ${JSON.stringify(text)}`, () => {
      assert.equal(sanitizeLabel(text), expected);
    });
  }
});
