import * as vscode from 'vscode';
import type { Connections } from '../connection/connections';
import type { FileReference } from '../references/reference';
import { affectsSetting, type Settings } from '../settings';
import { Disposable, MutableDisposable } from '../util/dispose';
import type * as Module from './referenceFeatures';
import type { ReferenceFeatures, ReferenceFeaturesOptions, ReferenceParts } from './referenceFeatures';

export interface LanguageFeaturesOptions extends Omit<ReferenceFeaturesOptions, 'log' | 'now'> {
  readonly connections: Pick<Connections, 'current' | 'now' | 'onDidChange'>;
  readonly settings: Pick<Settings, 'showsReferenceHovers' | 'showsReferenceHints'>;
  readonly log: Pick<vscode.LogOutputChannel, 'debug' | 'error'>;
}

/** Hovers, hints and quick fixes for references to images. They are loaded when an account is signed in, unless they are off. */
export class LanguageFeatures extends Disposable {
  readonly #options: LanguageFeaturesOptions;
  readonly #features = this.register(new MutableDisposable<ReferenceFeatures>());
  readonly #import: () => Promise<typeof Module>;
  /** What is on, or was last tried: `undefined` while nothing is, and after a failure. */
  #state: string | undefined;
  #loading: Promise<void> = Promise.resolve();
  /** Of loading: what is loaded too late is not taken. */
  #generation = 0;

  constructor(
    options: LanguageFeaturesOptions,
    load = (): Promise<typeof Module> => import('./referenceFeatures'),
  ) {
    super();
    this.#options = options;
    this.#import = load;
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

  /**
   * The reference at a position of a document; `undefined` also if nobody is signed in, or if everything is off.
   *
   * @throws {HubError} The namespaces of the account could not be read.
   */
  async referenceAt(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<FileReference | undefined> {
    await this.#follow(); // loads what could not be loaded before
    return this.#features.value?.referenceAt(document, position);
  }

  /** Another account is the concern of the catalog: what is loaded stays. Never rejects. */
  #follow(): Promise<void> {
    const { connections, settings } = this.#options;
    const parts = { hovers: settings.showsReferenceHovers, hints: settings.showsReferenceHints };
    const isOn = connections.current !== undefined && (parts.hovers || parts.hints);
    const state = isOn ? JSON.stringify(parts) : undefined;
    if (state !== this.#state) {
      this.#state = state;
      this.#features.value = undefined;
      this.#generation += 1;
      this.#loading = isOn ? this.#load(parts, this.#generation) : Promise.resolve();
    }
    return this.#loading;
  }

  async #load(parts: ReferenceParts, generation: number): Promise<void> {
    const isWanted = () => generation === this.#generation && !this.isDisposed;
    try {
      const { ReferenceFeatures } = await this.#import();
      if (isWanted()) {
        const { now } = this.#options.connections;
        this.#features.value = new ReferenceFeatures({ ...this.#options, now }, parts);
      }
    } catch (error) {
      this.#options.log.error(error instanceof Error ? error : String(error));
      if (isWanted()) {
        this.#state = undefined;
      }
    }
  }
}
