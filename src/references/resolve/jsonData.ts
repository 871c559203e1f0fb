import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { commentRegions } from './comments';
import type { DataDocuments, DataEntry, DataNode } from './dataNode';

/**
 * Reads JSON with comments and trailing commas.
 *
 * @throws The text is not JSON, or it is nested too deeply.
 */
export function readJson(text: string): DataDocuments {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  if (root === undefined || errors.length > 0) throw new SyntaxError('not JSON');
  return { documents: [convert(text, root)], comments: commentRegions(text, 'slash') };
}

function convert(text: string, node: Node): DataNode {
  const { type, offset: start, length, children = [] } = node;
  if (type === 'array')
    return { kind: 'list', items: children.map((child) => convert(text, child)), isTagged: false };
  if (type === 'object')
    return { kind: 'map', entries: children.flatMap((child) => convertProperty(text, child)), merged: [] };
  const value = typeof node.value === 'string' ? node.value : text.slice(start, start + length);
  return {
    kind: 'scalar',
    value,
    start,
    end: start + length,
    isPlain: node.type !== 'string',
    isBlock: false,
  };
}

function convertProperty(text: string, { children: [key, value] = [] }: Node): DataEntry[] {
  if (key === undefined || value === undefined) return [];
  const keyRange = { start: key.offset, end: key.offset + key.length };
  return [{ key: String(key.value), keyRange, value: convert(text, value) }];
}
