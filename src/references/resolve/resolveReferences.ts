import type { FileReference, Interest, SourceText } from '../reference';
import { commentRegions } from './comments';
import { findDigests } from './digests';
import { type Format, formatOf } from './format';
import { Lines } from './lines';
import { findNames } from './names';
import { findOpenNames } from './openNames';
import { type ParserContext, parserLimits, type Parsers, parsers as allParsers } from './parsers';
import { scan } from './scan';
import type { Structure } from './structure';

/**
 * Finds the references in a file to images of the namespaces of interest, and all digests that stand without a name.
 *
 * What a parser does not understand is read line by line.
 *
 * @returns In the order of line and column, each once. The text there is the reference without its scheme, such as `docker://`;
 * where a name and its tag are two values, it is the name.
 * @throws A parser could not be loaded.
 */
export async function resolveReferences(
  source: SourceText,
  interest: Interest,
  parsers: Parsers = allParsers,
): Promise<readonly FileReference[]> {
  const text = source.text.startsWith('\uFEFF') ? source.text.slice(1) : source.text;
  const format = formatOf(source.path);
  if (!mayRefer(text, format, interest)) return [];
  const lines = new Lines(text);
  const structure = await structureOf({ ...source, text }, { format, lines, interest, parsers });
  return inOrder(scan(text, lines, structure, interest));
}

/** Whether it has a name or a digest, or names may be put together of what it has. */
function mayRefer(text: string, { parser }: Format, interest: Interest): boolean {
  if (findNames(text, interest).next().done !== true || findDigests(text).next().done !== true) return true;
  if (findOpenNames(text).next().done !== true) return true;
  if (interest.hasNamespace('library') && parser !== undefined) return true;
  if (parser === 'dockerfile') return /^[ \t]*ARG[ \t]/im.test(text);
  return (parser === 'yaml' || parser === 'json') && (text.includes('repository') || text.includes('$'));
}

async function structureOf(
  source: SourceText,
  { format, parsers, ...context }: ParserContext & { readonly format: Format; readonly parsers: Parsers },
): Promise<Structure> {
  const { text } = source;
  if (format.usage !== undefined) return { regions: [], joined: [], claimed: [], elsewhere: format.usage };
  if (format.parser !== undefined && text.length <= parserLimits[format.parser]) {
    const parse = await parsers[format.parser]();
    try {
      return await parse(source, context);
    } catch {
      // it is not what its name says, or a template, or nested too deeply
    }
  }
  return {
    regions: format.comments === undefined ? [] : commentRegions(text, format.comments),
    joined: [],
    claimed: [],
    elsewhere: 'text',
    ...(format.hasKeys === undefined ? {} : { hasKeys: format.hasKeys }),
  };
}

function inOrder(references: readonly FileReference[]): readonly FileReference[] {
  const sorted = references.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return sorted.filter((reference, index) => !isSame(reference, sorted[index - 1]));
}

function isSame(a: FileReference, b: FileReference | undefined): boolean {
  return (
    a.line === b?.line &&
    a.column === b.column &&
    a.kind === b.kind &&
    a.repository === b.repository &&
    a.tag === b.tag &&
    a.digest === b.digest
  );
}
