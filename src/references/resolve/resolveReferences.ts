import type { FileReference, Interest, SourceText } from '../reference';
import { commentRegions } from './comments';
import { findDigests } from './digests';
import { fileName, type Format, formatOf } from './format';
import { Lines } from './lines';
import { findNames } from './names';
import { findOpenNames } from './openNames';
import { scan } from './scan';
import type { Structure } from './structure';
import type { Lookup } from './variables';

/** Characters up to which a file is parsed. What people write is shorter; parsers take seconds for much more. */
const parserLimit = 256 * 1_024;

/**
 * Finds the references in a file to images of the namespaces of interest, and all digests that stand without a name.
 *
 * It never fails: what a parser does not understand is read line by line.
 *
 * @returns In the order of line and column, each once. The text there is the reference without its scheme, such as `docker://`;
 * where a name and its tag are two values, it is the name.
 */
export async function resolveReferences(
  source: SourceText,
  interest: Interest,
): Promise<readonly FileReference[]> {
  const text = source.text.startsWith('\uFEFF') ? source.text.slice(1) : source.text;
  const format = formatOf(source.path);
  if (!mayRefer(text, format, interest)) return [];
  const lines = new Lines(text);
  const structure = await structureOf({ ...source, text }, format, lines, interest);
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
  format: Format,
  lines: Lines,
  interest: Interest,
): Promise<Structure> {
  const { text } = source;
  if (format.usage !== undefined) return { regions: [], joined: [], claimed: [], elsewhere: format.usage };
  if (text.length <= parserLimit) {
    try {
      const parsed = await parse(source, format, lines, interest);
      if (parsed !== undefined) return parsed;
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

async function parse(
  source: SourceText,
  { parser }: Format,
  lines: Lines,
  interest: Interest,
): Promise<Structure | undefined> {
  const { text, path } = source;
  switch (parser) {
    case undefined:
      return undefined;
    case 'dockerfile':
      return (await import('./dockerfile')).readDockerfile(text, lines, interest);
    case 'hcl':
      return (await import('./hcl')).readHcl(text);
    case 'yaml':
    case 'json': {
      const [documents, comments] = await (parser === 'yaml' ? readAsYaml(text) : readAsJson(text));
      const { dataStructure } = await import('./dataStructure');
      return dataStructure(documents, comments, { path, interest, lookup: await lookupOf(source) });
    }
  }
}

async function readAsYaml(text: string) {
  const { readYaml, yamlComments } = await import('./yamlData');
  return [readYaml(text), yamlComments(text)] as const;
}

async function readAsJson(text: string) {
  const { readJson } = await import('./jsonData');
  return [readJson(text), commentRegions(text, 'slash')] as const;
}

/** Only Compose reads a file for its variables. */
async function lookupOf({ path, text, readSibling }: SourceText): Promise<Lookup> {
  const isCompose = /^(?:docker-)?compose\b.*\.ya?ml$/.test(fileName(path)) || /^services:/m.test(text);
  const environment = isCompose && text.includes('$') ? await readSibling('.env') : undefined;
  if (environment === undefined) return () => undefined;
  const { readEnvironment } = await import('./environment');
  const values = readEnvironment(environment);
  return (name) => values.get(name);
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
