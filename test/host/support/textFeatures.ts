import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Settings } from '../../../src/settings';
import { LanguageFeatures, type LanguageFeaturesOptions } from '../../../src/workspace/languageFeatures';
import { HubTreeFixture } from '../../support/hubTree';
import { digestOf } from '../../support/images';
import type { SandboxFixture } from '../../support/sandbox';

/** No image of the sandbox has it. */
export const gone = digestOf('a digest that never was');

/** The features of text editors, on a tree. */
export class TextFeatures implements vscode.Disposable {
  readonly context = new Map<string, unknown>();
  readonly #settings = new Settings();
  readonly #folder = mkdtempSync(join(tmpdir(), 'hub-images-references-'));
  readonly options: LanguageFeaturesOptions;
  readonly features: LanguageFeatures;
  /** Loading the code of the features, the last time. */
  loaded: Promise<unknown> = Promise.resolve();
  #aheadMs = 0;
  #documents = 0;

  private constructor(readonly fixture: HubTreeFixture) {
    const { catalog } = fixture;
    this.options = {
      catalog,
      connections: {
        get current() {
          return catalog.server?.connection;
        },
        now: () => new Date(Date.now() + this.#aheadMs),
        onDidChange: (listener, thisArg) =>
          catalog.onDidChange(({ kind }) => {
            if (kind === 'serverChanged') listener.call(thisArg);
          }),
      },
      settings: this.#settings,
      setContext: (key, value) => this.context.set(key, value),
      log: { debug: () => undefined, error: (error) => assert.fail(String(error)) },
    };
    this.features = new LanguageFeatures(this.options, () => {
      const loading = import('../../../src/workspace/referenceFeatures');
      this.loaded = loading;
      return loading;
    });
  }

  static async open(sandbox: SandboxFixture, api: 'management' | 'registry'): Promise<TextFeatures> {
    const features = new TextFeatures(await HubTreeFixture.open(sandbox, { api }));
    await features.loaded; // the features take it first
    return features;
  }

  /** The time of the features passes, not that of the catalog. */
  advance(ms: number): void {
    this.#aheadMs += ms;
  }

  /** A file of its own. */
  async document(text: string, name = 'compose.yaml'): Promise<vscode.TextDocument> {
    this.#documents += 1;
    const folder = join(this.#folder, String(this.#documents)); // the name tells what the file is
    mkdirSync(folder);
    const path = join(folder, name);
    writeFileSync(path, text);
    return vscode.workspace.openTextDocument(vscode.Uri.file(path));
  }

  /** Closes the editors and saves their texts: they would be written again after their folder is gone. */
  async close(): Promise<void> {
    await Promise.all(
      vscode.workspace.textDocuments
        .filter(({ isDirty, isUntitled }) => isDirty && !isUntitled)
        .map((one) => one.save()),
    );
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    this.dispose();
  }

  dispose(): void {
    this.features.dispose();
    this.#settings.dispose();
    this.fixture.dispose();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** What the editor shows on hover over the first place where the document has the text. */
export async function hoverOver(document: vscode.TextDocument, text: string): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    document.positionAt(document.getText().indexOf(text) + 1),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))
    .filter((value) => value.includes('hubImages.reference.show') || value.startsWith('**Repository'))
    .join('\n')
    .replaceAll('\\', '')
    .replaceAll('&nbsp;', ' ');
}

/** The quick fixes that the editor offers for a part of the document when a person asks for them. */
export async function actionsIn(
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<vscode.CodeAction[]> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
  );
  return actions.filter(({ title }) => title.startsWith('Pin '));
}

/** The same at the first place where the document has the text. */
export async function actionsAt(document: vscode.TextDocument, text: string): Promise<vscode.CodeAction[]> {
  const position = document.positionAt(document.getText().indexOf(text) + 1);
  return actionsIn(document, new vscode.Range(position, position));
}

export const hintsIn = ({ uri }: vscode.TextDocument): readonly vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Hub Images');

/** Resolves when the document has so many hints. */
export function hinted(document: vscode.TextDocument, count: number): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (hintsIn(document).length === count) {
        listener.dispose();
        resolve();
      }
    };
    const listener = vscode.languages.onDidChangeDiagnostics(check);
    check();
  });
}

/**
 * Resolves when everything that is visible was looked at once more after the document had its hints: texts are looked at in
 * rounds, and the next round finds a second digest in it.
 */
export async function lookedAtAll(editor: vscode.TextEditor): Promise<void> {
  await hinted(editor.document, 1);
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), `again: acme/billing@${gone}\n`));
  await hinted(editor.document, 2);
}
