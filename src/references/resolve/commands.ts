import type { Range, Usage } from './structure';

/** What a command does with the images that it names. */
interface Verb {
  /** Which of its operands are. Where an option may have a value, in doubt the word is used: a use that is missed costs more. */
  readonly produced?: 'all' | 'first' | 'last';
  /** Whether `-t` and `--tag` name what is built. */
  readonly hasTagFlag?: true;
}

interface Command {
  readonly verb: Verb;
  operands: number;
  flag: string;
  /** The operand that was read last. */
  last: Word | undefined;
}

interface Word extends Range {
  usage: Usage | undefined;
  readonly operand: boolean;
}

const use: Verb = {};
const build: Verb = { hasTagFlag: true };
const copy: Verb = { produced: 'last' };
const push: Verb = { produced: 'all' };

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
  ['pack', new Map([['build', { produced: 'first', hasTagFlag: true }]])],
]);
/** Commands of their own below a program, in which the same words mean something else. */
const groupVerbs: Readonly<Record<string, ReadonlyMap<string, Verb>>> = {
  imagetools: new Map([
    ['create', build],
    ['inspect', use],
  ]),
  manifest: new Map([
    ['create', { produced: 'first' }],
    ['push', push],
    ['inspect', use],
  ]),
};

/** Variables of Make and expressions of workflows are parts of words. */
const wordPattern = /(?:\$?\{\{[^{}\n]{0,200}\}\}|\$\(\w{1,100}\)|[^\s"'`,;|&()[\]])+|[;|&]/g;
/** Options without a value, behind which an operand may stand. */
const switches = new Set(['--publish', '--amend', '-a', '--insecure', '--trust-builder', '--clear-cache']);
const producedFlags = new Set(['--destination', '--cache-to', '--output', '-o']);
/** Options of the program itself before a verb, with their values. */
const verbReach = 8;

/**
 * What shell commands in a line do with its words. Strings and lists of strings are read in the same way, since programs in
 * other languages start commands with them.
 */
export class Commands {
  readonly #words: readonly Word[];

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
  const words: Word[] = [];
  let command: Command | undefined;
  let pending:
    { readonly verbs: ReadonlyMap<string, Verb>; readonly group?: string; readonly left: number } | undefined;
  for (const { index, 0: word } of text.slice(line.start, line.end).matchAll(wordPattern)) {
    const start = line.start + index;
    if (word === '\\') continue;
    if (/^[;|&]$/.test(word)) {
      endCommand(command);
      command = pending = undefined;
      continue;
    }
    if (command !== undefined) {
      const isOperand = !/^(?:-|\d?[<>])/.test(word);
      const operand: Word = { start, end: start + word.length, ...readOperand(command, word) };
      // what is put together of several strings ends with the last of them
      const isPart = command.last !== undefined && !/[\s,]/.test(text.slice(command.last.end, start));
      if (isOperand && !isPart) command.last = operand;
      words.push(operand);
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
      else if (verb !== undefined) command = { verb, operands: 0, flag: '', last: undefined };
      else pending = pending.left > 0 ? { ...pending, left: pending.left - 1 } : undefined;
    }
    words.push({
      start,
      end: start + word.length,
      usage: flagUsage(word, words.at(-1), text),
      operand: false,
    });
  }
  endCommand(command);
  return words;
}

/** Only at the end it is known which operand is the last. */
function endCommand(command: Command | undefined): void {
  if (command?.verb.produced === 'last' && command.last !== undefined && command.operands > 1)
    command.last.usage = 'produced';
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
  const { produced, hasTagFlag } = verb;
  if (produced === 'first' && flag !== '' && !switches.has(flag)) return { usage: 'use', operand: true };
  const number = command.operands++;
  if (produced === 'all' || (produced === 'first' && number === 0))
    return { usage: 'produced', operand: true };
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
    .replace(/^[@$\-{(]+|[)}]$/g, '')
    .toLowerCase();
}
