import { unknownPart } from '../imageReference';

/** Returns the value of a variable; `undefined` if it is not known. */
export type Lookup = (name: string) => string | undefined;

/** A text whose variables have been replaced. */
export interface Expanded {
  /** {@link unknownPart} stands where a value is not known. */
  readonly text: string;
  /** Whether the environment may decide on another value. */
  readonly isDefault: boolean;
}

/** Defaults of defaults of variables; what is nested deeper is unknown. */
const depthLimit = 8;
/** What {@link variableEnd} looks for. */
const beginningPattern = /[$#\\{%<*]/;
const bracedPattern = /^([A-Za-z_]\w*)(?:(:?[-=?+])([^]*))?$/;
/** Of dev containers, such as `${localEnv:NAME:default}`. */
const editorVariablePattern = /^(?:localEnv|containerEnv|env):\w+(?::([^]*))?$/;
const plainNamePattern = /[A-Za-z_]\w*/y;
const placeholderPattern = /%(?:[svdq]|\w+%)|<<?[^<>\r\n]{0,100}>>?|\*+/y;

/** Replaces variables as shells, Compose, and Dockerfiles write them. Those of templates and of other languages are unknown. */
export function expand(text: string, lookup: Lookup, depth = 0): Expanded {
  let expanded = '';
  let isDefault = false;
  let done = 0;
  for (let at = text.search(beginningPattern); at !== -1 && at < text.length; at++) {
    const end = variableEnd(text, at);
    if (end === at) continue;
    const value = valueOf(text.slice(at, end), lookup, depth);
    expanded += text.slice(done, at) + value.text;
    isDefault ||= value.isDefault;
    done = end;
    at = end - 1;
  }
  return { text: expanded + text.slice(done), isDefault };
}

/** Returns the offset behind the variable or placeholder that begins there, or the same offset if none does. */
export function variableEnd(text: string, at: number): number {
  switch (text[at]) {
    case '$':
      if (text[at + 1] === '{') return endOfPair(text, at + 1, at);
      if (text[at + 1] === '(') return endOfPair(text, at + 1, at);
      return endOfMatch(plainNamePattern, text, at + 1, at);
    case '#':
      return text[at + 1] === '{' ? endOfPair(text, at + 1, at) : at;
    case '\\':
      return text[at + 1] === '(' ? endOfPair(text, at + 1, at) : at;
    case '{':
      return endOfPair(text, at, at);
    case '%':
    case '<':
    case '*':
      return endOfMatch(placeholderPattern, text, at, at);
    default:
      return at;
  }
}

function valueOf(variable: string, lookup: Lookup, depth: number): Expanded {
  const unknown = { text: unknownPart, isDefault: false };
  if (!variable.startsWith('$') || depth === depthLimit) return unknown;
  const inner = variable.startsWith('${') ? variable.slice(2, -1) : variable.slice(1);
  const fallback = editorVariablePattern.exec(inner)?.[1];
  if (fallback !== undefined) return { ...expand(fallback, lookup, depth + 1), isDefault: true };
  const [, name = '', operator = '', argument = ''] = bracedPattern.exec(inner) ?? [];
  if (name === '') return unknown;
  const value = lookup(name);
  const isSet = operator.startsWith(':') ? value !== undefined && value !== '' : value !== undefined;
  if (operator.endsWith('+'))
    return isSet
      ? { ...expand(argument, lookup, depth + 1), isDefault: true }
      : { text: '', isDefault: true };
  if (isSet) return { text: value ?? '', isDefault: true };
  return /[-=]$/.test(operator) ? { ...expand(argument, lookup, depth + 1), isDefault: true } : unknown;
}

/** Characters of an expression; longer ones are not followed to their end. */
const expressionLimit = 400;

function endOfPair(text: string, open: number, otherwise: number): number {
  const [opening, closing] = text[open] === '(' ? ['(', ')'] : ['{', '}'];
  const limit = Math.min(text.length, open + expressionLimit);
  for (let at = open, level = 0; at < limit; at++) {
    const character = text[at];
    if (character === '\n') break;
    if (character === opening) level++;
    if (character === closing && --level === 0) return at + 1;
  }
  return otherwise;
}

function endOfMatch(pattern: RegExp, text: string, at: number, otherwise: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : otherwise;
}
