import * as vscode from 'vscode';
import type { FoundReferences, SearchOptions } from '../../hub/codeReferences';
import type { Delay } from '../../hub/delay';
import type { RepositoryRef } from '../../hub/names';
import { ReferenceIndex } from '../../references/index/referenceIndex';
import { resolveReferences } from '../../references/resolve/resolveReferences';
import { Disposable, disposeAll } from '../../util/dispose';
import { excludingSettings, openFolders, placeOf } from './openFolders';
import { addressesIn } from './openDocuments';
import { isCodeOfPerson, openTexts } from './openTexts';
import { unloadedFiles } from './unloadedFiles';
import { watchFiles } from './watchFiles';

/** Changes that follow each other this fast are reported as one. */
const quietMs = 300;

export interface WorkspaceIndexOptions {
  readonly log: { warn(message: string): void };
  readonly delay: Delay;
  /** Called when another search may find something else. */
  readonly onChange: () => void;
}

/** What the open folders and editors refer to. It is kept up to date until it is disposed. */
export class WorkspaceIndex extends Disposable {
  readonly #options: WorkspaceIndexOptions;
  readonly #index: ReferenceIndex;
  readonly #ended = new AbortController();
  /** Addresses of open texts that were changed since they were opened or saved. */
  readonly #unsaved = new Set<string>();
  #isReporting = false;

  constructor(options: WorkspaceIndexOptions) {
    super();
    this.#options = options;
    this.#index = new ReferenceIndex(
      { folders: openFolders, texts: openTexts, unloaded: unloadedFiles },
      {
        resolve: resolveReferences,
        onError: (path, error) => options.log.warn(`references in ${path} cannot be read: ${String(error)}`),
      },
    );
    this.register({ dispose: () => this.#ended.abort() });
    this.#watch();
  }

  /** @throws The reason of the signal. */
  search(
    repositories: readonly RepositoryRef[],
    signal: AbortSignal,
    options?: SearchOptions,
  ): Promise<FoundReferences> {
    return this.#index.search(repositories, signal, options);
  }

  #watch(): void {
    const { workspace } = vscode;
    this.register(
      watchFiles({
        onFile: (uri) => this.#fileHasChanged(uri),
        onFolders: () => this.#everythingHasChanged(),
      }),
    );
    const subscriptions = [
      workspace.onDidChangeConfiguration((change) => {
        if (excludingSettings.some((setting) => change.affectsConfiguration(setting))) {
          this.#everythingHasChanged();
        }
      }),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0) return;
        this.#unsaved.add(document.uri.toString());
        this.#textHasChanged(document.uri);
      }),
      workspace.onDidSaveTextDocument(({ uri }) => this.#unsaved.delete(uri.toString())),
      workspace.onDidOpenTextDocument(({ uri }) => this.#textReplacesFile(uri)),
      workspace.onDidCloseTextDocument(({ uri }) => {
        this.#textReplacesFile(uri);
        this.#unsaved.delete(uri.toString());
      }),
      vscode.window.tabGroups.onDidChangeTabs(({ opened, closed }) => {
        for (const address of [...opened, ...closed].flatMap(addressesIn)) {
          this.#textReplacesFile(vscode.Uri.parse(address));
        }
      }),
    ];
    this.register({ dispose: () => disposeAll(subscriptions) });
  }

  #fileHasChanged(uri: vscode.Uri): void {
    const place = placeOf(uri);
    if (place === undefined) return;
    if (place.path === '') this.#everythingHasChanged();
    else if (this.#index.hasChanged(place.folder, place.path)) this.#report();
  }

  /** Files beside it may depend on it. */
  #textHasChanged(uri: vscode.Uri): void {
    if (!isCodeOfPerson(uri)) return;
    const place = placeOf(uri);
    if (place !== undefined) this.#index.hasChanged(place.folder, place.path);
    this.#report();
  }

  /** The text takes the place of its file from now on, or no longer. That matters if the file has another text, or is not searched. */
  #textReplacesFile(uri: vscode.Uri): void {
    if (!isCodeOfPerson(uri)) return;
    const place = placeOf(uri);
    const isSearched = place !== undefined && this.#index.isSearched(place.folder, place.path);
    if (!isSearched || this.#unsaved.has(uri.toString())) this.#textHasChanged(uri);
  }

  #everythingHasChanged(): void {
    this.#index.hasChangedAltogether();
    this.#report();
  }

  /** Reports all changes of a while at once. */
  #report(): void {
    if (this.#isReporting) return;
    this.#isReporting = true;
    this.#options.delay(quietMs, this.#ended.signal).then(
      () => {
        this.#isReporting = false;
        this.#options.onChange();
      },
      () => undefined, // it was disposed
    );
  }
}
