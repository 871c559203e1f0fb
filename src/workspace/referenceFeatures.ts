import * as vscode from 'vscode';
import type { HubCatalog } from '../catalog/hubCatalog';
import type { FileReference } from '../references/reference';
import { Disposable, disposeAll, type IDisposable, MutableDisposable } from '../util/dispose';
import { DocumentReferences, readableSchemes } from './documentReferences';
import { GoneDigests } from './goneDigests';
import { ImageLists } from './imageLists';
import { pinActionKinds, PinActions } from './pinActions';
import { ReferenceContext } from './referenceContext';
import { ReferenceHover } from './referenceHover';

export interface ReferenceFeaturesOptions {
  readonly catalog: HubCatalog;
  readonly log: Pick<vscode.LogOutputChannel, 'debug'>;
  /** The server's time. */
  readonly now: () => Date;
  readonly setContext: (key: string, value: unknown) => unknown;
}

/** Which of them are on. */
export interface ReferenceParts {
  readonly hovers: boolean;
  readonly hints: boolean;
}

/** What text editors show about references to images, while an account is signed in. */
export class ReferenceFeatures extends Disposable {
  readonly #references = this.register(new DocumentReferences());
  readonly #lists: ImageLists;
  readonly #parts: ReferenceParts;
  readonly #providers = this.register(new MutableDisposable<IDisposable>());

  constructor({ catalog, log, now, setContext }: ReferenceFeaturesOptions, parts: ReferenceParts) {
    super();
    this.#parts = parts;
    this.#lists = this.register(new ImageLists(catalog, now));
    this.register(new ReferenceContext(this.#references, this.#lists, setContext));
    if (parts.hints) {
      this.register(new GoneDigests(this.#references, this.#lists, log));
    }
    this.register(vscode.workspace.onDidChangeWorkspaceFolders(() => this.#provide()));
    this.#provide();
  }

  /**
   * The reference at a position of a document.
   *
   * @throws {HubError} The namespaces of the account could not be read.
   */
  async referenceAt(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<FileReference | undefined> {
    return this.#references.at(document, position, await this.#lists.namespaces());
  }

  /** Another folder may be on another kind of file system. */
  #provide(): void {
    const selector = readableSchemes().map((scheme) => ({ scheme }));
    const hover = new ReferenceHover(this.#references, this.#lists);
    const pin = new PinActions(this.#references, this.#lists);
    const providers = [
      ...(this.#parts.hovers ? [vscode.languages.registerHoverProvider(selector, hover)] : []),
      ...(this.#parts.hints
        ? [
            vscode.languages.registerCodeActionsProvider(selector, pin, {
              providedCodeActionKinds: pinActionKinds,
            }),
          ]
        : []),
    ];
    this.#providers.value = { dispose: () => disposeAll(providers) };
  }
}
