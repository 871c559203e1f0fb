import {
  parseImageReference,
  prefixLength,
  schemeLength,
  unknownPart,
  type ImageName,
} from '../imageReference';
import { isEscape } from './names';
import { expand, variableEnd, type Lookup } from './variables';

/** A word of a text that names an image. */
export interface ImageToken {
  readonly image: ImageName;
  /** Whether it begins with a scheme such as `docker://`, which only images have. */
  readonly hasScheme: boolean;
  /** Whether the environment may decide on another image. */
  readonly isDefault: boolean;
  /** Offset of its first character, behind a scheme. */
  readonly start: number;
  readonly end: number;
}

/** Characters on each side of a name that are looked at. */
const reach = 600;
/** Characters of a placeholder such as `<registry>`. */
const placeholderLimit = 60;
const quotes = '"\'`';
/** `${NAME:-`, of which the image is the default, and how dev containers write it. */
const operatorPattern = /^(?:[A-Za-z_]\w{0,200}:?[-=+]|(?:localEnv|containerEnv):\w{1,200}:)/;
/** Behind a string that another one is appended to. */
const appendPattern = /["'`](?:\$|\s{0,20}(?:\+(?!\+)|~|\.\.|\.\s{0,20}["'$]))/y;
const controlPattern = /^\{\{-?\s*(?:if|else|end|range|with|define|block)\b/;

/**
 * Reads the word around a name.
 *
 * @param from Offset of the name.
 * @param low Offset before which the word cannot begin, such as that of the line.
 * @param high Offset at which it ends at the latest.
 * @returns `image: undefined` if the word is none, such as a path or a URL.
 */
export function readImageToken(
  text: string,
  from: number,
  [low, high]: readonly [low: number, high: number],
  lookup: Lookup,
): ImageToken | { readonly image: undefined; readonly end: number } {
  const wordStart = leftEdge(text, from, Math.max(low, from - reach));
  const operator = operatorLength(text, wordStart, from);
  const end = rightEdge(text, from, Math.min(high, from + reach));
  const start = wordStart + operator;
  const word = text.slice(start, end).replace(/\.$/, '');
  const isPartOfUrl = '?&=#%~!+'.includes(text[start - 1] ?? ' ') && isInUrl(text, start, low);
  if (isPartOfUrl || isEnclosed(text, start, end)) return { image: undefined, end };
  const { text: expanded, isDefault } = expand(word, lookup);
  const image = parseImageReference(
    (isAppended(text, start, word) ? unknownPart : '') +
      expanded +
      (/[:@]$/.test(word) || isContinued(text, end) ? unknownPart : ''),
  );
  if (image === undefined) return { image, end };
  return {
    image,
    hasScheme: schemeLength(word) > 0,
    isDefault: isDefault || operator > 0,
    start: start + prefixLength(word),
    end: start + word.replace(/[:@]$/, '').length,
  };
}

function leftEdge(text: string, from: number, low: number): number {
  let at = from;
  for (let next = stepLeft(text, at, low); next < at; next = stepLeft(text, at, low)) at = next;
  return at;
}

function stepLeft(text: string, at: number, low: number): number {
  if (at <= low) return at;
  const character = text[at - 1] ?? '';
  if (isTokenCharacter(character)) return isEscape(text, at - 1) ? at : at - 1;
  if (character === '$') return /[A-Za-z_]/.test(text[at] ?? '') ? at - 1 : at;
  if (character === '%') return /^[svdq]\//.test(text.slice(at, at + 2)) ? at - 1 : at;
  if (character === '}' || character === ')') return startOfPair(text, at, low);
  if (character === '>' && text[at] === '/') {
    const first = Math.max(low, at - placeholderLimit);
    const open = text.slice(first, at).lastIndexOf('<');
    return open === -1 ? at : first + open;
  }
  return at;
}

/** Returns the offset of the variable that ends before the offset; the same offset if it is none. */
function startOfPair(text: string, at: number, low: number): number {
  const [opening, closing] = text[at - 1] === ')' ? ['(', ')'] : ['{', '}'];
  for (let start = at - 1, level = 0; start >= low; start--) {
    if (text[start] === closing) level++;
    if (text[start] !== opening || --level > 0) continue;
    const before = text[start - 1] ?? '';
    const variable = start > low && '$#\\'.includes(before) && before !== '' ? start - 1 : start;
    const isControl = controlPattern.test(text.slice(start, Math.min(at, start + 40)));
    return isControl || (opening === '(' && variable === start) ? at : variable;
  }
  return at;
}

function rightEdge(text: string, from: number, high: number): number {
  let at = from;
  while (at < high) {
    const character = text[at] ?? '';
    const next = isTokenCharacter(character)
      ? at + 1
      : character === '<' && !/[:@]/.test(text[at - 1] ?? '')
        ? at
        : variableEnd(text, at);
    if (next === at || next > high) break;
    at = next;
  }
  return at;
}

function operatorLength(text: string, start: number, from: number): number {
  if (text[start - 1] !== '{' || text[start - 2] !== '$') return 0;
  return operatorPattern.exec(text.slice(start, from))?.[0].length ?? 0;
}

/** Whether the word is in an address such as `https://example.com/?image=…`. */
function isInUrl(text: string, start: number, low: number): boolean {
  const before = text.slice(Math.max(low, start - reach), start);
  const chunk = before.slice(before.search(/[^\s"'`,;()[\]<>|]*$/));
  return chunk.includes('://') && !/^[^:]*docker(?:-image)?:\/\//.test(chunk);
}

/** Whether it is a piece of a longer word, such as a path of Windows, an npm scope, or the number of an issue on GitHub. */
function isEnclosed(text: string, start: number, end: number): boolean {
  return (
    (/[\p{L}\p{N}\\~^]/u.test(text[start - 1] ?? ' ') && !isEscape(text, start - 1)) ||
    /^(?:#\d|[\p{L}\p{N}~])/u.test(text.slice(end, end + 2))
  );
}

/** Whether something is put before the word, as in `registry + "/acme/web"`. */
function isAppended(text: string, start: number, word: string): boolean {
  return (
    word.startsWith('/') &&
    quotes.includes(text[start - 1] ?? ' ') &&
    /\+\s{0,20}$/.test(text.slice(Math.max(0, start - 22), start - 1))
  );
}

function isContinued(text: string, end: number): boolean {
  appendPattern.lastIndex = end;
  return appendPattern.test(text);
}

function isTokenCharacter(character: string): boolean {
  return /[A-Za-z0-9._/:@-]/.test(character);
}
