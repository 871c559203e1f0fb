import * as vscode from 'vscode';
import type { Connections } from '../connection/connections';
import type { FileReference } from '../references/reference';
import { affectsSetting, type Settings } from '../settings';
import { Disposable, MutableDisposable } from '../util/dispose';
import type { ReferenceFeatures, ReferenceFeaturesOptions } from './referenceFeatures';

export interface LanguageFeaturesOptions extends Omit<ReferenceFeaturesOptions, 'log'> {
  readonly connections: Pick<Connections, 'current' | 'onDidChange'>;
  readonly settings: Pick<Settings, 'showsReferenceHovers' | 'showsReferenceHints'>;
  readonly log: Pick<vscode.LogOutputChannel, 'debug' | 'error'>;
}

/** Hovers, hints and quick fixes for references to images. They are loaded when an account is signed in, unless they are off. */
export class LanguageFeatures extends Disposable {
  readonly #options: LanguageFeaturesOptions;
  readonly #features = this.register(new MutableDisposable<ReferenceFeatures>());
  /** What is on: `undefined` while nothing is. */
  #state: string | undefined;
  /** Of loading: what is loaded too late is not taken. */
  #generation = 0;

  constructor(options: LanguageFeaturesOptions) {
    super();
    this.#options = options;
    this.register(options.connections.onDidChange(() => void this.#follow()));
    this.register(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (affectsSetting(change, 'references.hovers', 'references.hints')) {
          void this.#follow();
        }
      }),
    );
    void this.#follow();
  }

  get areLoaded(): boolean {
    return this.#features.value !== undefined;
  }

  /**
   * The reference at a position of a document; `undefined` also if nobody is signed in, or if everything is off.
   *
   * @throws {HubError} The namespaces of the account could not be read.
   */
  async referenceAt(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<FileReference | undefined> {
    return this.#features.value?.referenceAt(document, position);
  }

  /** Another account is the concern of the catalog: what is loaded stays. */
  async #follow(): Promise<void> {
    const { connections, settings } = this.#options;
    const parts = { hovers: settings.showsReferenceHovers, hints: settings.showsReferenceHints };
    const isOn = connections.current !== undefined && (parts.hovers || parts.hints);
    const state = isOn ? JSON.stringify(parts) : undefined;
    if (state === this.#state) {
      return;
    }
    this.#state = state;
    this.#features.value = undefined;
    this.#generation += 1;
    const generation = this.#generation;
    if (state === undefined) {
      return;
    }
    try {
      const loaded = await import('./referenceFeatures');
      if (generation === this.#generation && !this.isDisposed) {
        this.#features.value = new loaded.ReferenceFeatures(this.#options, parts);
      }
    } catch (error) {
      this.#options.log.error(error instanceof Error ? error : String(error));
    }
  }
}
