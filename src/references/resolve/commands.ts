import type { Range, Usage } from './structure';

/** What a command does with the images that it names. */
interface Verb {
  /** All of its operands, or those from this number on, counted from 0. */
  readonly producedFrom?: number;
  /** Only operands before this number. */
  readonly producedBefore?: number;
  /** Whether `-t` and `--tag` name what is built. */
  readonly hasTagFlag?: true;
}

interface Command {
  readonly verb: Verb;
  operands: number;
  flag: string;
}

const use: Verb = {};
const build: Verb = { hasTagFlag: true };
const copy: Verb = { producedFrom: 1 };
const push: Verb = { producedFrom: 0 };

const uses = [
  'run',
  'create',
  'pull',
  'from',
  'inspect',
  'history',
  'save',
  'rmi',
  'rm',
  'scout',
  'image-size',
  'cat',
];
const engineVerbs: ReadonlyMap<string, Verb> = new Map([
  ...uses.map((name) => [name, use] as const),
  ['push', push],
  ['tag', copy],
  ['commit', copy],
  ['build', build],
  ['b', build],
  ['bud', build],
]);
const copierVerbs: ReadonlyMap<string, Verb> = new Map([
  ...['pull', 'inspect', 'manifest', 'digest', 'export', 'list-tags', 'ls', 'delete'].map(
    (name) => [name, use] as const,
  ),
  ['copy', copy],
  ['cp', copy],
  ['sync', copy],
  ['push', push],
  ['append', build],
  ['tag', use],
]);
const programs: ReadonlyMap<string, ReadonlyMap<string, Verb>> = new Map([
  ...['docker', 'podman', 'nerdctl', 'buildah', 'img'].map((name) => [name, engineVerbs] as const),
  ...['skopeo', 'crane', 'regctl', 'oras'].map((name) => [name, copierVerbs] as const),
  ['pack', new Map([['build', { producedBefore: 1 }]])],
]);
/** Commands of their own below a program, in which the same words mean something else. */
const groupVerbs: Readonly<Record<string, ReadonlyMap<string, Verb>>> = {
  imagetools: new Map([
    ['create', build],
    ['inspect', use],
  ]),
  manifest: new Map([
    ['create', { producedBefore: 1 }],
    ['push', push],
    ['inspect', use],
  ]),
};

const wordPattern = /[^\s"'`,;|&()[\]]+|[;|&]/g;
const producedFlags = new Set(['--destination', '--cache-to', '--output', '-o']);
/** Options of the program itself before a verb, with their values. */
const verbReach = 8;

/**
 * What shell commands in a line do with its words. Strings and lists of strings are read in the same way, since programs in
 * other languages start commands with them.
 */
export class Commands {
  readonly #words: readonly (Range & { readonly usage: Usage | undefined; readonly operand: boolean })[];

  /** @param line With the lines that continue it. */
  constructor(text: string, line: Range) {
    this.#words = readWords(text, line);
  }

  /**
   * @param image Where it stands.
   * @returns `undefined` if no known command uses it as an image.
   */
  usageOf(image: Range): Usage | undefined {
    let low = 0;
    let high = this.#words.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#words[middle]?.start ?? 0) <= image.start) low = middle;
      else high = middle - 1;
    }
    const word = this.#words[low];
    if (word === undefined || image.start >= word.end) return undefined;
    // an option such as --env=IMAGE=acme/web is not what a command runs
    return word.usage === 'use' && word.start < image.start && !word.operand ? undefined : word.usage;
  }
}

function readWords(text: string, line: Range) {
  const words: (Range & { usage: Usage | undefined; operand: boolean })[] = [];
  let command: Command | undefined;
  let pending:
    { readonly verbs: ReadonlyMap<string, Verb>; readonly group?: string; readonly left: number } | undefined;
  for (const { index, 0: word } of text.slice(line.start, line.end).matchAll(wordPattern)) {
    const start = line.start + index;
    if (word === '\\') continue;
    if (/^[;|&]$/.test(word)) {
      command = pending = undefined;
      continue;
    }
    if (command !== undefined) {
      words.push({ start, end: start + word.length, ...readOperand(command, word) });
      continue;
    }
    const name = programName(word);
    const verbs = programs.get(name);
    if (verbs !== undefined) {
      pending = { verbs, left: verbReach };
    } else if (pending !== undefined) {
      const verb = pending.verbs.get(name);
      const group = groupVerbs[name];
      if (group !== undefined) pending = { verbs: group, left: verbReach };
      else if (verb !== undefined) command = { verb, operands: 0, flag: '' };
      else pending = pending.left > 0 ? { ...pending, left: pending.left - 1 } : undefined;
    }
    words.push({
      start,
      end: start + word.length,
      usage: flagUsage(word, words.at(-1), text),
      operand: false,
    });
  }
  return words;
}

function readOperand(command: Command, word: string): { usage: Usage | undefined; operand: boolean } {
  const { verb, flag } = command;
  const [option = '', value] = word.split('=', 2);
  if (word.startsWith('-')) {
    command.flag = value === undefined ? option : '';
    return { usage: value === undefined ? undefined : flagged(verb, option), operand: true };
  }
  command.flag = '';
  const usage = flagged(verb, flag);
  if (usage !== undefined) return { usage, operand: true };
  const number = command.operands++;
  const { producedFrom = Infinity, producedBefore = 0, hasTagFlag } = verb;
  if (number >= producedFrom || number < producedBefore) return { usage: 'produced', operand: true };
  return {
    usage:
      hasTagFlag === true
        ? word.startsWith('name=') || word.startsWith('ref=')
          ? 'produced'
          : undefined
        : 'use',
    operand: false,
  };
}

function flagged({ hasTagFlag }: Verb, flag: string): Usage | undefined {
  if (producedFlags.has(flag)) return 'produced';
  if (flag === '--image') return 'use';
  return hasTagFlag === true && (flag === '-t' || flag === '--tag') ? 'produced' : undefined;
}

/** Options that name images whatever the command is. */
function flagUsage(word: string, before: Range | undefined, text: string): Usage | undefined {
  const option = word.startsWith('--') ? word.slice(0, Math.max(0, word.indexOf('='))) : '';
  const flag = option === '' && before !== undefined ? text.slice(before.start, before.end) : option;
  if (flag === '--destination') return 'produced';
  return flag === '--image' ? 'use' : undefined;
}

/** `docker` of `/usr/bin/docker`, `@docker` in Make, `$(DOCKER)`, and `${DOCKER}`. */
function programName(word: string): string {
  return word
    .slice(word.lastIndexOf('/') + 1)
    .replace(/^[@$\-{]+|\}$/g, '')
    .toLowerCase();
}
