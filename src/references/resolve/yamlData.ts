import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type Node,
  parseAllDocuments,
  type YAMLMap,
} from 'yaml';
import type { DataEntry, DataMap, DataNode } from './dataNode';
import { commentUsage } from './comments';
import { joinedKeys } from './joinedImage';
import type { Region } from './structure';

/**
 * Reads all documents of a YAML text. Aliases become what their anchors stand for, at the place of the anchor.
 *
 * @throws The text is not YAML, such as a template of Helm, or it is nested too deeply.
 */
export function readYaml(text: string): readonly DataNode[] {
  const documents = parseAllDocuments(text, {
    strict: false,
    uniqueKeys: false,
    logLevel: 'silent',
    keepSourceTokens: false,
    prettyErrors: false,
  });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.contents === null ? [] : (new Converter().convert(document.contents) ?? []);
  });
}

/** Says before the text of a scalar that it is none of the other tokens. */
const scalarMark = '\x1F';
/** Tokens that are not in the text. */
const markPattern = /^[\x02\x18\x1F]$/;

/** Finds the comments of a YAML text. */
export function yamlComments(text: string): Region[] {
  const regions: Region[] = [];
  let start = 0;
  let before = '';
  for (const token of new Lexer().lex(text)) {
    const end = markPattern.test(token) ? start : start + token.length;
    if (token.startsWith('#') && before !== scalarMark)
      regions.push({ start, end, usage: commentUsage(token) });
    start = end;
    before = token;
  }
  return regions;
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
