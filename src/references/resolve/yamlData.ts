import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type Alias,
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  Parser,
  type YAMLMap,
} from 'yaml';
import type { DataDocuments, DataEntry, DataMap, DataNode } from './dataNode';
import { commentUsage } from './comments';
import { joinedKeys } from './joinedImage';
import type { Region } from './structure';

/** Parsed in one turn: a file of 250 kB has a hundred thousand. Only a document in which the last of them stands is built as a whole. */
const lexemesATurn = 2000;

/**
 * Reads all documents of a YAML text. Aliases become what their anchors stand for, at the place of the anchor.
 *
 * @throws The text is not YAML, such as a template of Helm, or it is nested too deeply.
 */
export async function readYaml(text: string): Promise<DataDocuments> {
  const documents: DataNode[] = [];
  const comments = new Comments();
  for await (const { errors, contents } of documentsIn(text, comments)) {
    const [error] = errors;
    if (error !== undefined) throw error;
    const node = new Converter().convert(contents);
    if (node !== undefined) documents.push(node);
  }
  return { documents, comments: comments.regions };
}

/** As the package parses all documents of a text, but in more than one turn. */
async function* documentsIn(text: string, comments: Comments): AsyncIterable<Document.Parsed> {
  const parser = new Parser();
  const composer = new Composer({
    strict: false,
    uniqueKeys: false,
    logLevel: 'silent',
    keepSourceTokens: false,
    prettyErrors: false,
  });
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) yield* composer.next(token);
    comments.add(lexeme);
    lexemes += 1;
    if (lexemes % lexemesATurn === 0) await nextTurn();
  }
  for (const token of parser.end()) yield* composer.next(token);
  yield* composer.end();
}

/** Says before the text of a scalar that it is none of the other tokens. */
const scalarMark = '\x1F';
/** Tokens that are not in the text. */
const markPattern = /^[\x02\x18\x1F]$/;

/** Finds the comments among the tokens of a YAML text. */
class Comments {
  readonly regions: Region[] = [];
  #start = 0;
  #before = '';

  add(token: string): void {
    const start = this.#start;
    const end = markPattern.test(token) ? start : start + token.length;
    if (token.startsWith('#') && this.#before !== scalarMark)
      this.regions.push({ start, end, usage: commentUsage(token) });
    this.#start = end;
    this.#before = token;
  }
}

class Converter {
  readonly #anchors = new Map<string, DataNode>();

  convert(node: Node | null): DataNode | undefined {
    if (isAlias(node)) return this.#target(node);
    const converted = this.#convertOwn(node);
    const anchor = node?.anchor;
    if (anchor !== undefined && converted !== undefined) this.#anchors.set(anchor, converted);
    return converted;
  }

  #target(alias: Alias): DataNode | undefined {
    return this.#anchors.get(alias.source);
  }

  #convertOwn(node: Node | null): DataNode | undefined {
    if (isMap(node)) return this.#convertMap(node);
    if (isSeq(node)) {
      const items = node.items.flatMap((item) => this.convert(item as Node | null) ?? []);
      return { kind: 'list', items, isTagged: node.tag?.startsWith('!') === true };
    }
    if (!isScalar(node) || !node.range) return undefined;
    const [start, end] = node.range;
    const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
    return {
      kind: 'scalar',
      value: node.source ?? String(node.value),
      start,
      end,
      isPlain: node.type === 'PLAIN',
      isBlock,
    };
  }

  #convertMap(map: YAMLMap): DataMap {
    const entries: DataEntry[] = [];
    const merged = new Map<string, DataEntry>();
    for (const { key, value } of map.items as readonly { key: Node | null; value: Node | null }[]) {
      const name = this.convert(key);
      const converted = this.convert(value);
      if (name?.kind !== 'scalar' || converted === undefined) continue;
      if (name.value === '<<') addMerged(merged, converted);
      else entries.push({ key: name.value, keyRange: name, value: converted });
    }
    for (const { key } of entries) merged.delete(key);
    return { kind: 'map', entries, merged: [...merged.values()] };
  }
}

/** Only what may be joined is taken over, so that chains of merged maps stay small. The first of several wins. */
function addMerged(merged: Map<string, DataEntry>, node: DataNode): void {
  if (node.kind === 'list') for (const item of node.items) if (item.kind === 'map') addMerged(merged, item);
  if (node.kind !== 'map') return;
  for (const entry of [...node.entries, ...node.merged]) {
    if (joinedKeys.has(entry.key) && !merged.has(entry.key)) merged.set(entry.key, entry);
  }
}
