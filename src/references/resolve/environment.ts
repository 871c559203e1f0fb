import { referenceLengthLimit, unknownPart } from '../imageReference';
import { expand } from './variables';

const linePattern = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.]*)[ \t]*=(.*)$/gm;

/** Reads the values of a `.env` file. Those that use values before them are put together as Compose does. */
export function readEnvironment(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [, name = '', padded = ''] of text.replaceAll('\r', '').matchAll(linePattern)) {
    const value = padded.trim();
    const [, quote, quoted] = /^(["'])(.*)\1/.exec(value) ?? [];
    const plain = quoted ?? withoutComment(value);
    const { text: expanded } =
      quote === "'" ? { text: plain } : expand(plain, (variable) => values.get(variable));
    // values of values may double with each line
    values.set(name, expanded.length > referenceLengthLimit ? unknownPart : expanded);
  }
  return values;
}

function withoutComment(value: string): string {
  const comment = value.search(/[ \t]#/);
  return comment === -1 ? value : value.slice(0, comment).trimEnd();
}
