import type { ReferenceSubject } from './referenceResults/subject';
import type { ReferenceSource } from '../hub/codeReferences';
import { Disposable } from '../util/dispose';
import type { ReferenceResults } from './referenceResults/referenceResults';

/** Shows the lines that refer to images. What shows them is loaded with the first. */
export class ReferencesView extends Disposable {
  readonly #references: ReferenceSource;
  #results: Promise<ReferenceResults> | undefined;

  constructor(references: ReferenceSource) {
    super();
    this.#references = references;
  }

  /**
   * Shows them in the editor's own view of references; where that is not available, in a list to pick from.
   *
   * @throws The workspace could not be searched.
   */
  async show(subject: ReferenceSubject, signal: AbortSignal): Promise<void> {
    this.#results ??= this.#load();
    await (await this.#results).show(subject, signal);
  }

  async #load(): Promise<ReferenceResults> {
    const { ReferenceResults } = await import('./referenceResults/referenceResults');
    return this.register(new ReferenceResults(this.#references));
  }
}
