import * as vscode from 'vscode';
import type { FileReference, SourceText } from '../references/reference';
import { Disposable } from '../util/dispose';
import { rangeOf } from '../util/referenceRange';
import { readCurrentText } from './search/currentText';

/** UTF-16 code units. Nobody writes a longer text by hand, and finding its references would take too long for a hover. */
const textLimit = 1_000_000;

/** The references of one version of a document. */
interface Resolved {
  readonly version: number;
  /** As they are sorted in a text. */
  readonly namespaces: string;
  readonly references: Promise<readonly FileReference[]>;
  /** Addresses of the other files that were read for them. */
  readonly siblings: Set<string>;
}

const none: readonly FileReference[] = [];

/** What open documents refer to, found once for each version of a document. */
export class DocumentReferences extends Disposable {
  readonly #resolved = new Map<string, Resolved>();

  constructor() {
    super();
    this.register(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#resolved.delete(uri.toString())),
    );
    this.register(vscode.workspace.onDidChangeTextDocument(({ document }) => this.#forget(document.uri)));
    this.register(vscode.workspace.onDidSaveTextDocument(({ uri }) => this.#forget(uri)));
  }

  /** The references to repositories of these namespaces, and all digests without a repository. */
  async of(
    document: vscode.TextDocument,
    namespaces: ReadonlySet<string>,
  ): Promise<readonly FileReference[]> {
    if (!isReadable(document)) {
      return none;
    }
    const key = document.uri.toString();
    const names = [...namespaces].sort().join(' ');
    const known = this.#resolved.get(key);
    if (known?.version === document.version && known.namespaces === names) {
      return known.references;
    }
    const siblings = new Set<string>();
    const references = resolve(document, namespaces, siblings);
    this.#resolved.set(key, { version: document.version, namespaces: names, references, siblings });
    return references;
  }

  /** The reference at a position. */
  async at(
    document: vscode.TextDocument,
    position: vscode.Position,
    namespaces: ReadonlySet<string>,
  ): Promise<FileReference | undefined> {
    const references = await this.of(document, namespaces);
    return references.find((reference) => rangeOf(reference).contains(position));
  }

  /** The file may be one that references of others were resolved with. */
  #forget(uri: vscode.Uri): void {
    const changed = uri.toString();
    for (const [key, { siblings }] of this.#resolved) {
      if (siblings.has(changed)) {
        this.#resolved.delete(key);
      }
    }
  }
}

/**
 * Which documents are read: files, texts that are not saved yet, and whatever the folders of the workspace are made of. Not the
 * output, the log, or an earlier state of a file.
 */
export function readableSchemes(): readonly string[] {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme);
  return [...new Set(['file', 'untitled', ...folders])];
}

/** Whether references are looked for in the document. */
export function isReadable(document: vscode.TextDocument): boolean {
  return readableSchemes().includes(document.uri.scheme) && document.getText().length <= textLimit;
}

async function resolve(
  document: vscode.TextDocument,
  namespaces: ReadonlySet<string>,
  siblings: Set<string>,
): Promise<readonly FileReference[]> {
  const { resolveReferences } = await import('../references/resolve/resolveReferences');
  return resolveReferences(sourceOf(document, siblings), { hasNamespace: (name) => namespaces.has(name) });
}

/** @param siblings Receives the addresses of the files that are read besides. */
function sourceOf(document: vscode.TextDocument, siblings: Set<string>): SourceText {
  return {
    path: pathOf(document),
    text: document.getText(),
    readSibling: async (name) => {
      if (document.isUntitled) {
        return undefined;
      }
      const uri = vscode.Uri.joinPath(document.uri, '..', name);
      siblings.add(uri.toString());
      return readCurrentText(uri);
    },
  };
}

/** Names of files by language, so that a text without a file has a format. */
const fileNames: Readonly<Record<string, string>> = {
  dockerfile: 'Dockerfile',
  dockercompose: 'compose.yaml',
  yaml: 'untitled.yaml',
  json: 'untitled.json',
  jsonc: 'untitled.jsonc',
  markdown: 'untitled.md',
  shellscript: 'untitled.sh',
  makefile: 'Makefile',
};

function pathOf(document: vscode.TextDocument): string {
  return document.isUntitled
    ? (fileNames[document.languageId] ?? 'untitled.txt')
    : vscode.workspace.asRelativePath(document.uri, false);
}
