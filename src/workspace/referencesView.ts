import type { ReferenceSubject } from './referenceResults/subject';
import type { ReferenceSource } from '../hub/codeReferences';
import { Disposable } from '../util/dispose';
import type { ReferenceResults } from './referenceResults/referenceResults';

/** Shows the lines that refer to images. What shows them is loaded with the first. */
export class ReferencesView extends Disposable {
  readonly #references: ReferenceSource;
  readonly #loadModule: typeof loadResults;
  #results: Promise<ReferenceResults> | undefined;

  /** @param load Loads what shows them. */
  constructor(references: ReferenceSource, load = loadResults) {
    super();
    this.#references = references;
    this.#loadModule = load;
  }

  /**
   * Shows them in the editor's own view of references; where that is not available, in a list to pick from.
   *
   * @throws The workspace could not be searched.
   */
  async show(subject: ReferenceSubject, signal: AbortSignal): Promise<void> {
    this.#results ??= this.#load().catch((error: unknown) => {
      this.#results = undefined; // the next time, it is tried again
      throw error;
    });
    await (await this.#results).show(subject, signal);
  }

  async #load(): Promise<ReferenceResults> {
    const { ReferenceResults } = await this.#loadModule();
    return this.register(new ReferenceResults(this.#references));
  }
}

function loadResults() {
  return import('./referenceResults/referenceResults');
}
