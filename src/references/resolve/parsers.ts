import type { Interest, SourceText } from '../reference';
import type { DataDocuments } from './dataNode';
import { fileName, type Format } from './format';
import type { Lines } from './lines';
import type { Structure } from './structure';
import type { Lookup } from './variables';

/** What a parser needs besides the text. */
export interface ParserContext {
  readonly lines: Lines;
  readonly interest: Interest;
}

/** @throws The text is not what its name says. */
type Parse = (source: SourceText, context: ParserContext) => Promise<Structure> | Structure;
type ParserName = NonNullable<Format['parser']>;

/** Load what reads a format, with the first text that has it. */
export type Parsers = Readonly<Record<ParserName, () => Promise<Parse>>>;

/**
 * Characters up to which a file is parsed. What people write is shorter; parsers take seconds for much more. That of
 * Dockerfiles reads all in one turn.
 */
export const parserLimits: Readonly<Record<ParserName, number>> = {
  dockerfile: 64 * 1_024,
  hcl: 256 * 1_024,
  yaml: 256 * 1_024,
  json: 256 * 1_024,
};

export const parsers: Parsers = {
  async dockerfile() {
    const { readDockerfile } = await import('./dockerfile');
    return ({ text }, { lines, interest }) => readDockerfile(text, lines, interest);
  },
  async hcl() {
    const { readHcl } = await import('./hcl');
    return ({ text }) => readHcl(text);
  },
  async yaml() {
    const { readYaml } = await import('./yamlData');
    return dataParser(readYaml);
  },
  async json() {
    const { readJson } = await import('./jsonData');
    return dataParser(readJson);
  },
};

async function dataParser(read: (text: string) => Promise<DataDocuments> | DataDocuments): Promise<Parse> {
  const { dataStructure } = await import('./dataStructure');
  const { readEnvironment } = await import('./environment');
  return async (source, { interest }) => {
    const { documents, comments } = await read(source.text);
    const lookup = await lookupOf(source, readEnvironment);
    return dataStructure(documents, comments, { path: source.path, interest, lookup });
  };
}

/** Only Compose reads a file for its variables. */
async function lookupOf(
  { path, text, readSibling }: SourceText,
  readEnvironment: (text: string) => ReadonlyMap<string, string>,
): Promise<Lookup> {
  const isCompose = /^(?:docker-)?compose\b.*\.ya?ml$/.test(fileName(path)) || /^services:/m.test(text);
  const environment = isCompose && text.includes('$') ? await readSibling('.env') : undefined;
  if (environment === undefined) return () => undefined;
  const values = readEnvironment(environment);
  return (name) => values.get(name);
}
