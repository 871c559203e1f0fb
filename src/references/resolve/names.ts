import type { Interest } from '../reference';

/** Where `namespace/name` may begin. */
export type NameOffset = number;

/**
 * Finds all places where the name of a namespace of interest stands before a slash. Each character is looked at a fixed number
 * of times, whatever the text is.
 */
export function* findNames(text: string, { hasNamespace }: Interest): Generator<NameOffset, void, void> {
  for (let slash = text.indexOf('/'); slash !== -1; slash = text.indexOf('/', slash + 1)) {
    let start = slash;
    while (start > 0 && isNameCharacter(text.charCodeAt(start - 1)) && slash - start < lengthLimit) start--;
    while (start < slash && !isAlphanumeric(text.charCodeAt(start))) start++;
    if (start < slash && isAlphanumeric(text.charCodeAt(slash + 1))) {
      const offset = hasNamespace(text.slice(start, slash))
        ? start
        : isEscape(text, start) && hasNamespace(text.slice(start + 1, slash))
          ? start + 1
          : defaultStart(text, start, slash, hasNamespace);
      if (offset !== undefined) yield offset;
    }
  }
}

/** Whether the letter ends an escape sequence such as `\n` in a string. */
export function isEscape(text: string, letter: number): boolean {
  return text[letter - 1] === '\\' && /^[ntr]$/.test(text[letter] ?? '');
}

/** Characters of a namespace, and of what may stand before it in one word. */
const lengthLimit = 300;

/** Of `${NAME-acme/web}`, whose name of a variable may look like a part of the namespace. */
function defaultStart(
  text: string,
  start: number,
  slash: number,
  hasNamespace: Interest['hasNamespace'],
): number | undefined {
  const operator = text.indexOf('-', start);
  if (operator === -1 || operator >= slash) return undefined;
  return hasNamespace(text.slice(operator + 1, slash)) ? operator + 1 : undefined;
}

function isNameCharacter(code: number): boolean {
  return isAlphanumeric(code) || code === 0x2d || code === 0x2e || code === 0x5f;
}

function isAlphanumeric(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
}
