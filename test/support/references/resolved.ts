import type { FileReference } from '../../../src/references/reference';
import { resolveReferences } from '../../../src/references/resolve/resolveReferences';

/** Resolves the references of a text to repositories of `acme`. */
export function resolved(
  path: string,
  text: string,
  siblings: Readonly<Record<string, string>> = {},
  namespaces: readonly string[] = ['acme'],
): Promise<readonly FileReference[]> {
  return resolveReferences(
    { path, text, readSibling: (name) => Promise.resolve(siblings[name]) },
    { hasNamespace: (namespace) => namespaces.includes(namespace) },
  );
}

/** Says in one line what was found, such as `3 exact acme/web:1.2 by default`. */
export function described({ line, kind, repository = '', tag, digest, isDefault }: FileReference): string {
  const pin = digest === undefined ? '' : `@${digest.slice(0, 9)}`;
  return `${line} ${kind} ${repository}${tag === undefined ? '' : `:${tag}`}${pin}${isDefault ? ' by default' : ''}`;
}

/** Returns the text that a reference is about. */
export function textAt(text: string, { line, column, length }: FileReference): string {
  return (text.replace('\uFEFF', '').split(/\r\n|\r|\n/)[line - 1] ?? '').slice(
    column - 1,
    column - 1 + length,
  );
}
