import { inHexadecimal, inName, inNameEnds, inVariable, isIn } from './byteClasses';
import type { NamespaceTable } from './namespaceTable';

/** Hexadecimal digits of a digest. */
const digestLength = 64;
const dash = byteOf('-');
const slash = byteOf('/');
const backslash = byteOf('\\');
const dollar = byteOf('$');
const brace = byteOf('{');
/** Of ${NAME}, $(NAME), {{ name }} and %NAME%. */
const closings = ['}', ')', '%'].map(byteOf);
/** Of \n, \r and \t. */
const escapes = ['n', 'r', 't'].map(byteOf);

/** Bytes that two pieces of a file must share, so that what lies across their border is in one of them. */
export const overlapBytes = 1024;

/**
 * Tells from its bytes, piece by piece, whether a file may refer to a repository of certain namespaces, or contains a digest.
 * It may be wrong in one direction only: a file that does not refer to anything is read in vain. These are candidates:
 *
 * - the namespace with a slash on either side, as in `acme/web` and `docker.io/acme`
 * - the namespace anywhere, and a variable before a slash anywhere, as in `ARG OWNER=acme` and `FROM $OWNER/web`
 * - both behind a line break or tab as strings write them, as in `"\nacme/web"`
 * - exactly 64 hexadecimal digits in a row
 *
 * If images of the namespace `library` count, which is never written, every file is one.
 *
 * Only slashes and every 64th byte are looked at closely, whatever the number of namespaces.
 */
export class CandidateScanner {
  readonly #namespaces: NamespaceTable;
  #hasName = false;
  #hasVariablePath = false;

  constructor(namespaces: NamespaceTable) {
    this.#namespaces = namespaces;
  }

  /** Forgets the file before. */
  begin(): void {
    this.#hasName = false;
    this.#hasVariablePath = false;
  }

  /**
   * Scans a piece of a file.
   *
   * @param isWhole Whether the file has no other pieces.
   * @returns Whether the file is a candidate. The rest of it does not have to be scanned then.
   */
  scan(piece: Uint8Array, isWhole: boolean): boolean {
    if (this.#namespaces.hasDefault || hasDigest(piece) || this.#hasPath(piece)) return true;
    // other pieces may have the variable
    if (!this.#hasName && (this.#hasVariablePath || !isWhole)) this.#hasName = this.#findName(piece);
    return this.#hasName && this.#hasVariablePath;
  }

  /** Whether a namespace stands beside a slash. */
  #hasPath(bytes: Uint8Array): boolean {
    for (let at = bytes.indexOf(slash); at !== -1; at = bytes.indexOf(slash, at + 1)) {
      if (this.#isNameBefore(bytes, bytes[at - 1] === backslash ? at - 1 : at)) return true; // JSON may write \/
      if (this.#isNameBehind(bytes, at + 1)) return true;
    }
    return false;
  }

  #isNameBefore(bytes: Uint8Array, end: number): boolean {
    let start = end;
    while (isIn(inName, bytes, start - 1)) start -= 1;
    if (!this.#hasVariablePath) this.#hasVariablePath = isVariableBefore(bytes, start, end);
    if (this.#isName(bytes, start, end)) return true;
    if (isEscapeAt(bytes, start - 1)) return this.#isName(bytes, start + 1, end);
    if (bytes[start - 1] !== brace || bytes[start - 2] !== dollar) return false;
    const operator = bytes.subarray(start, end).indexOf(dash); // of ${name-acme/web}
    return operator !== -1 && this.#isName(bytes, start + operator + 1, end);
  }

  #isNameBehind(bytes: Uint8Array, start: number): boolean {
    let end = start;
    while (isIn(inName, bytes, end)) end += 1;
    return bytes[end] !== slash && this.#isName(bytes, start, end);
  }

  /** Whether there is a namespace anywhere. */
  #findName(bytes: Uint8Array): boolean {
    for (let start = 0; start < bytes.length; start += 1) {
      let end = start;
      while (isIn(inName, bytes, end)) end += 1;
      if (this.#isName(bytes, start, end)) return true;
      if (isEscapeAt(bytes, start - 1) && this.#isName(bytes, start + 1, end)) return true;
      start = end;
    }
    return false;
  }

  /** What stands before the first letter or digit is not part of a name. */
  #isName(bytes: Uint8Array, start: number, end: number): boolean {
    let begin = start;
    while (begin < end && !isIn(inNameEnds, bytes, begin)) begin += 1;
    return begin < end && this.#namespaces.has(bytes, begin, end);
  }
}

/** Whether a line break or tab is written there as in a string: its letter is not part of a name. */
function isEscapeAt(bytes: Uint8Array, index: number): boolean {
  const letter = bytes[index + 1];
  return bytes[index] === backslash && letter !== undefined && escapes.includes(letter);
}

/** @param start Of the component of a path that ends before a slash; it may be empty. */
function isVariableBefore(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end) {
    const byte = bytes[start - 1];
    if (byte !== undefined && closings.includes(byte)) return true;
  }
  let begin = start;
  while (isIn(inVariable, bytes, begin - 1)) begin -= 1;
  return bytes[begin - 1] === dollar;
}

/** Digits that are as long as a digest cover one of the bytes that are looked at. */
function hasDigest(bytes: Uint8Array): boolean {
  for (let at = digestLength - 1; at < bytes.length; at += digestLength) {
    if (!isIn(inHexadecimal, bytes, at)) continue;
    let start = at;
    while (isIn(inHexadecimal, bytes, start - 1)) start -= 1;
    let end = at + 1;
    while (isIn(inHexadecimal, bytes, end)) end += 1;
    if (end - start === digestLength) return true;
    at = end; // longer ones are looked at once
  }
  return false;
}

function byteOf(character: string): number {
  return character.charCodeAt(0);
}
