import type { Region } from './structure';

/** How comments are written: `#`, `//` with `/* … *\/`, `--`, `;`, or `<!-- … -->`. */
export type CommentStyle = 'hash' | 'slash' | 'hashAndSlash' | 'dash' | 'semicolon' | 'markup';

/** What begins there decides what follows: a string, or a comment. Strings hide what looks like a comment. */
const beginnings: Readonly<Record<CommentStyle, RegExp>> = {
  hash: /["'`]|#/g,
  slash: /["'`]|\/\/|\/\*/g,
  hashAndSlash: /["'`]|\/\/|\/\*|#/g,
  dash: /["']|--(?!\S)|\/\*/g,
  semicolon: /^[ \t]*[;#]/gm,
  markup: /<!--/g,
};

/**
 * Finds the comments of a text. Strings end with their line, so that a quotation mark in a text for people hides no more than
 * that; only those in backticks go on where the language says so.
 */
export function commentRegions(text: string, style: CommentStyle): Region[] {
  const beginning = new RegExp(beginnings[style]);
  const regions: Region[] = [];
  /** Marks whose end was looked for in vain: there is none behind either. */
  const endless = new Set<string>();
  for (let match = beginning.exec(text); match !== null; match = beginning.exec(text)) {
    const [mark] = match;
    const start = match.index;
    if (quotes.includes(mark)) {
      const end = mark === '`' && style === 'slash' && !endless.has(mark) ? endOfTemplate(text, start) : -1;
      if (end === -1) endless.add(mark);
      beginning.lastIndex = end === -1 ? endOfString(text, start) : end;
    } else if (isComment(text, start, mark)) {
      const end = endOfComment(text, start, endless.has(mark) ? '' : mark);
      if (end === -1) {
        endless.add(mark);
        continue;
      }
      regions.push({ start, end, usage: commentUsage(text.slice(start, end)) });
      beginning.lastIndex = end;
    }
  }
  return regions;
}

/** Comments for Renovate are its settings; the others are read by people. */
export function commentUsage(comment: string): 'tooling' | 'documentation' {
  return /\brenovate:/.test(comment) ? 'tooling' : 'documentation';
}

const quotes = '"\'`';
const multilineEnds: Readonly<Record<string, string>> = { '/*': '*/', '<!--': '-->' };

/** All but markup begin a comment only where a word could begin: `/etc/*` is a path. */
function isComment(text: string, start: number, mark: string): boolean {
  return mark === '<!--' || /[\s,;=(){}[\]]/.test(text[start - 1] ?? ' ');
}

/** Returns -1 if the comment does not end. */
function endOfComment(text: string, start: number, mark: string): number {
  const ending = multilineEnds[mark];
  if (ending === undefined) return endOfLine(text, start);
  const end = text.indexOf(ending, start + mark.length);
  return end === -1 ? -1 : end + ending.length;
}

/** Returns -1 if it does not end. */
function endOfTemplate(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '`') return at + 1;
    if (text[at] === '\\') at++;
  }
  return -1;
}

function endOfString(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === quote) return at + 1;
    if (character === '\n') return at;
    if (character === '\\' && text[at + 1] !== '\n') at++;
  }
  return text.length;
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end === -1 ? text.length : end;
}
