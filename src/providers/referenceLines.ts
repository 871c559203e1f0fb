import * as l10n from '@vscode/l10n';
import { hasSearched, type ReferenceSource } from '../hub/codeReferences';
import { delay as realDelay, type Delay } from '../hub/delay';
import { imageReferences, referencedImage } from '../hub/imageReferences';
import { nothingFoundText, referenceCountText } from '../texts/codeReferences';
import { Disposable, type IDisposable } from '../util/dispose';
import { type ImageNode, type Node, type PartNode, repositoryOf } from './nodes';

/** What a tooltip says of the references to an image. */
export interface ReferenceLine {
  readonly text: string;
  /** Whether there are references to show. */
  readonly hasReferences: boolean;
}

type ImageRow = ImageNode | PartNode;

export interface ReferenceLinesOptions {
  readonly references: ReferenceSource;
  /** Drops the tooltip of the row, which is then made again on hover. */
  readonly dropTooltip: (row: Node) => void;
  readonly delay?: Delay;
}

/** How long a tooltip waits for a search, in milliseconds. What else it says is not kept back for longer. */
const patienceMs = 500;
/** Number of rows whose tooltips are kept up to date. */
const rowLimit = 100;

/**
 * How many references there are to the images whose tooltips are shown. When files change, all these tooltips are dropped: that
 * costs no search, and after it nothing listens any more until a tooltip is shown again.
 */
export class ReferenceLines extends Disposable {
  readonly #options: ReferenceLinesOptions;
  readonly #delay: Delay;
  /** Rows whose tooltips say how many references there are, or are about to. */
  readonly #rows = new Map<string, ImageRow>();
  readonly #ending = new AbortController();
  #listener: IDisposable | undefined;

  constructor(options: ReferenceLinesOptions) {
    super();
    this.#options = options;
    this.#delay = options.delay ?? realDelay;
  }

  /**
   * Searches for references to the image of the row. If that takes long, the line says so, and the tooltip is dropped when the
   * search has ended. Never rejects.
   *
   * @param signal Ends the waiting.
   * @returns Undefined if nothing can be said: the search failed or was canceled, or no folder or editor is open.
   */
  async lineOf(row: ImageRow, signal: AbortSignal): Promise<ReferenceLine | undefined> {
    const patience = new AbortController();
    const line = this.#find(row, AbortSignal.any([signal, this.#ending.signal]));
    const late = this.#delay(patienceMs, patience.signal).then(
      () => 'late' as const,
      () => undefined, // not needed any more
    );
    const first = await Promise.race([line, late]);
    patience.abort();
    if (first !== 'late') {
      return first;
    }
    void line.then(() => this.#options.dropTooltip(row));
    return { text: l10n.t('still searching'), hasReferences: false };
  }

  /** Drops all tooltips that say how many references there are, and listens no more. */
  forget(): void {
    const rows = [...this.#rows.values()];
    this.clear();
    rows.forEach((row) => {
      this.#options.dropTooltip(row);
    });
  }

  /** Listens no more: the tooltips are gone. */
  clear(): void {
    this.#rows.clear();
    this.#listener?.dispose();
    this.#listener = undefined;
  }

  override dispose(): void {
    this.#ending.abort();
    this.clear();
    super.dispose();
  }

  async #find(row: ImageRow, signal: AbortSignal): Promise<ReferenceLine | undefined> {
    const repository = repositoryOf(row);
    if (repository === undefined) {
      return undefined;
    }
    try {
      let found;
      do {
        this.#remember(row); // before the search: what changes during it counts as well
        found = await this.#options.references.search([repository], signal);
      } while (!this.#rows.has(row.id) && !signal.aborted);
      if (hasSearched(found.report)) {
        const text = referenceCountText(imageReferences(found, [referencedImage(repository, row.image)]));
        return { text: text ?? nothingFoundText(found.report), hasReferences: text !== undefined };
      }
    } catch {
      // The rest of the tooltip does not depend on it, and commands say why a search fails.
    }
    this.#remove(row);
    return undefined;
  }

  #remember(row: ImageRow): void {
    if (this.#rows.size >= rowLimit) {
      this.forget();
    }
    this.#rows.set(row.id, row);
    this.#listener ??= this.#options.references.onDidChange(() => this.forget());
  }

  #remove({ id }: ImageRow): void {
    this.#rows.delete(id);
    if (this.#rows.size === 0) {
      this.clear();
    }
  }
}
