import assert from 'node:assert/strict';
import { previewOf } from '../../../src/workspace/referenceResults/linePreview';

/** The preview, with the highlight in brackets. */
function shown(line: string, reference: string): string {
  const place = { column: line.indexOf(reference) + 1, length: reference.length };
  const { text, highlight } = previewOf(line, place);
  const [start, end] = highlight;
  return `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
}

describe('the preview of a line', () => {
  it('has no space around it', () => {
    assert.equal(shown('    image: acme/api:1.0  \r', 'acme/api:1.0'), 'image: [acme/api:1.0]');
  });

  it('is cut before a reference that is far to the right, and after it', () => {
    const line = `${'x'.repeat(50)} image: acme/api:1.0 ${'y'.repeat(300)}`;
    const text = shown(line, 'acme/api:1.0');
    assert.equal(text, `…${'x'.repeat(22)} image: [acme/api:1.0] ${'y'.repeat(199)}…`);
  });

  it('writes out what cannot be seen, and still marks the reference', () => {
    assert.equal(
      shown('a\u202eb acme/api:1.0 \u202e', 'acme/api:1.0'),
      'a\\u{202E}b [acme/api:1.0] \\u{202E}',
    );
  });

  it('marks what is left where the line is shorter now', () => {
    assert.deepEqual(previewOf('acme', { column: 3, length: 10 }), { text: 'acme', highlight: [2, 4] });
    assert.deepEqual(previewOf('', { column: 3, length: 10 }), { text: '', highlight: [0, 0] });
  });
});
