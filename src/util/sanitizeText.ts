/**
 * Controls, line and paragraph separators, zero-width characters and those that turn the direction of text, halves of
 * characters, private ones, all that a font leaves out (variation selectors, Hangul fillers), and blanks that look like a
 * space and are none, the empty Braille pattern among them.
 */
const invisible = /[\p{Cc}\p{Cf}\p{DI}\p{Zl}\p{Zp}\p{Co}\p{Cs}\u2800]|(?! )\p{Zs}/gu;
/** The same, where JSON writes controls by itself and its layout has line breaks. */
const invisibleInJson = /[\p{Cf}\p{DI}\p{Zl}\p{Zp}\p{Co}\p{Cs}\x7f-\x9f\u2800]|(?! )\p{Zs}/gu;
/** What makes the editor draw `[text](address)` as a link in a message, and `$(name)` as an icon in a row to pick. */
const linkOrIcon = /(?<=[\]$])\(/g;

/** The text in one line, with everything that cannot be seen or turns the text around written out: `\u{202E}`. */
export function sanitizeText(text: string): string {
  return text.replace(invisible, writtenOut);
}

/** As {@link sanitizeText}, for sentences, which may have several lines. */
export function sanitizeLines(text: string): string {
  return text.split('\n').map(sanitizeText).join('\n');
}

/**
 * As {@link sanitizeText}, for what the editor draws itself: messages, questions, rows to pick. They know links, commands
 * among them, and icons; nothing of a server may become one.
 */
export function sanitizeLabel(text: string): string {
  return sanitizeText(text).replace(linkOrIcon, writtenOut);
}

/** The same for JSON, where it still means the same. */
export function escapeInvisibleJson(json: string): string {
  return json.replace(invisibleInJson, (character) =>
    Array.from({ length: character.length }, (_, index) => unitEscape(character.charCodeAt(index))).join(''),
  );
}

function writtenOut(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`;
}

function unitEscape(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
