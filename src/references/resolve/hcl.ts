import { commentUsage } from './comments';
import { keyUsage } from './keys';
import type { Region, Structure, Usage } from './structure';

/** A block, a list, or a map that is open. */
interface Level {
  /** The first word of a block, the key of a map or list. */
  readonly name: string;
  readonly closing: string;
}

/** People nest less; more would only cost time. */
const depthLimit = 64;
const tokenPattern =
  /(?<heredoc><<-?[A-Za-z_][\w-]{0,100}(?=[ \t]*\r?\n))|(?<=^|[\s,;=:"(){}[\]])(?<comment>#.*|\/\/.*|\/\*)|(?<string>"(?:[^"\\\n]|\\.)*"?)|(?<word>[A-Za-z_][\w.-]*)|(?<mark>[=:{}[\]()])|(?<end>\n)/g;

/** Reads the settings of Terraform, Nomad, Packer, and Bake as far as they tell what a string does. It accepts any text. */
export function readHcl(text: string): Structure {
  const reader = new HclReader(text);
  for (const match of text.matchAll(tokenPattern)) reader.add(match.index, match[0], match.groups ?? {});
  return { regions: reader.regions, joined: [], claimed: [], elsewhere: 'text' };
}

class HclReader {
  readonly regions: Region[] = [];
  readonly #text: string;
  readonly #levels: Level[] = [];
  /** Offset up to which a comment or a text of several lines goes. */
  #skipTo = 0;
  /** First word of the line: a key, or the type of a block. */
  #head = '';
  #key = '';
  /** What stands between the key and a value; a call may make something else of it. */
  #isDirect = false;
  /** Set when a comment does not end: none behind it does. */
  #isEndless = false;

  constructor(text: string) {
    this.#text = text;
  }

  add(
    start: number,
    token: string,
    { heredoc, comment, string, word, mark }: Partial<Record<string, string>>,
  ): void {
    if (start < this.#skipTo) return;
    if (heredoc !== undefined) this.#skipTo = this.#endOfHeredoc(start, heredoc);
    else if (comment !== undefined) this.#addComment(start, token);
    else if (string !== undefined) this.#addString(start, token);
    else if (word !== undefined) this.#addWord(word);
    else if (mark !== undefined) this.#addMark(mark);
    else this.#endLine();
  }

  #addComment(start: number, token: string): void {
    const close = token === '/*' && !this.#isEndless ? this.#text.indexOf('*/', start + 2) : -1;
    if (token === '/*' && close === -1) {
      this.#isEndless = true;
      return;
    }
    const end = token === '/*' ? close + 2 : start + token.length;
    this.#skipTo = end;
    this.regions.push({ start, end, usage: commentUsage(this.#text.slice(start, end)) });
  }

  /** Its text may be a script, in which `#`, `//`, and quotation marks mean something else. */
  #endOfHeredoc(start: number, heredoc: string): number {
    const ending = new RegExp(`^[ \\t]*${heredoc.replace(/^<<-?/, '')}[ \\t]*\r?$`, 'gm');
    ending.lastIndex = start + heredoc.length;
    return ending.test(this.#text) ? ending.lastIndex : this.#text.length;
  }

  #addString(start: number, token: string): void {
    // the key of a map, or the type of a resource
    if (/^(?:|resource|data)$/.test(this.#head)) this.#head = token.slice(1, -1);
    const isDefault = this.#key === 'default' && this.#levels.some(({ name }) => name === 'variable');
    this.regions.push({
      start,
      end: start + token.length,
      usage: this.#usage(),
      ...(isDefault ? { isDefault } : {}),
    });
  }

  #usage(): Usage {
    const list = this.#levels.at(-1);
    const key = list?.closing === ']' ? list.name : this.#key;
    const isTarget = this.#levels.some(({ name }) => name === 'target');
    if (isTarget && /^(?:tags|output|cache-to)$/.test(key)) return 'produced';
    if (this.#head === '' || !this.#isDirect) return 'text';
    const isResource = /^docker_image\b/.test(this.#resource()) && key === 'name';
    const isPushed = /^docker_registry_image\b/.test(this.#resource()) && key === 'name';
    if (isPushed) return 'produced';
    if (isResource || (key === 'image' && this.#isReadByDocker())) return 'use';
    const usage = keyUsage(key);
    return usage === 'use' ? 'named' : (usage ?? 'text');
  }

  /** Of Nomad and of containers; modules have variables such as `tag` beside it. */
  #isReadByDocker(): boolean {
    return /^(?:config|docker_(?:container|service))$/.test(this.#levels.at(-1)?.name ?? '');
  }

  #resource(): string {
    return this.#levels.find(({ name }) => name.startsWith('docker_'))?.name ?? '';
  }

  #endLine(): void {
    if (this.#levels.at(-1)?.closing === ']') return;
    this.#head = '';
    this.#key = '';
  }

  #addWord(word: string): void {
    if (this.#head === '') this.#head = word;
    this.#isDirect = false;
  }

  #addMark(mark: string): void {
    switch (mark) {
      case '=':
      case ':':
        this.#key = this.#head;
        this.#isDirect = true;
        break;
      case '{':
      case '[':
      case '(':
        if (this.#levels.length < depthLimit)
          this.#levels.push({ name: this.#head, closing: mark === '{' ? '}' : mark === '[' ? ']' : ')' });
        if (mark === '{') this.#head = '';
        if (mark === '(') this.#isDirect = false;
        break;
      default:
        if (this.#levels.at(-1)?.closing === mark) this.#levels.pop();
    }
  }
}
