import type { ImageName } from '../imageReference';
import type { Interest } from '../reference';

/** A name behind a variable that may hold its namespace, as in `$OWNER/web:1`. */
export interface OpenName {
  /** Offset of the name. */
  readonly start: number;
  readonly name: string;
}

/**
 * A tag or a digest must follow: paths such as `$HOME/web` would be too many. What the variable is called, and what the language
 * writes around it, does not matter.
 */
const namePattern =
  /(?:\}|\)|\$[A-Za-z_]\w{0,100})\/(?<name>[a-z0-9]+(?:[._-]{1,2}[a-z0-9]+){0,20})(?=[:@][\w$"'{(<%])/g;
const wordPattern = /(?<![\w.-])[a-z0-9]+(?:[._-]{1,2}[a-z0-9]+)*(?![\w-])/g;
/** People use few; more would only cost time. */
const namespaceLimit = 8;

/** Finds the names of images behind variables. */
export function* findOpenNames(text: string): Generator<OpenName, void, void> {
  for (const { index, 0: whole, groups } of text.matchAll(namePattern)) {
    const name = groups?.['name'] ?? '';
    yield { start: index + whole.length - name.length, name };
  }
}

/** Returns the namespaces of interest that stand somewhere in the text, so that a variable may hold them. */
export function namespacesIn(text: string, { hasNamespace }: Interest): readonly string[] {
  const found = new Set<string>();
  for (const [word] of text.matchAll(wordPattern)) {
    if (hasNamespace(word)) found.add(word);
    if (found.size === namespaceLimit) break;
  }
  return [...found];
}

/** An image of the namespace, if the variable holds it. */
export function openImage(namespace: string, name: string): ImageName {
  return {
    registry: 'unknown',
    repository: `${namespace}/${name}`,
    tag: undefined,
    digest: undefined,
    isOpen: true,
  };
}

/** Whether the text before a name is that of another registry, or of a longer path. */
export function isElsewhere(before: string): boolean {
  const word = /[^\s"'`=,;]*$/.exec(before)?.[0] ?? '';
  return word.includes('://') || /^(?:\.|\/|[^$/{}]*[.:][^$/{}]*\/(?<!docker\.io\/))/.test(word);
}
