import type * as vscode from 'vscode';
import type { ReferenceSource } from '../hub/codeReferences';
import { Disposable } from '../util/dispose';
import type { Node } from './nodes';
import type { ReferenceLine, ReferenceLines } from './referenceLines';
import type { RowFacts } from './rowFacts';

export interface RowTooltipsOptions {
  readonly references: ReferenceSource;
  /** Drops the tooltip of the row, which is then made again on hover. */
  readonly dropTooltip: (row: Node) => void;
}

/** Makes the tooltips of rows on hover. What makes them is loaded with the first. */
export class RowTooltips extends Disposable {
  readonly #options: RowTooltipsOptions;
  /** Rows whose tooltip was asked for, by their ids. */
  readonly #rows = new Map<string, Node>();
  #referenceLines: ReferenceLines | undefined;

  constructor(options: RowTooltipsOptions) {
    super();
    this.#options = options;
  }

  /**
   * The tooltip of the row. What it says of references in the workspace never keeps back the rest for long.
   *
   * @returns Undefined if the row has none, or it is no longer wanted.
   */
  async tooltipOf(
    row: Node,
    facts: RowFacts,
    token: vscode.CancellationToken | undefined,
  ): Promise<vscode.MarkdownString | undefined> {
    this.#rows.set(row.id, row);
    const cancellation = new AbortController();
    const cancelling = token?.onCancellationRequested(() => {
      cancellation.abort();
    });
    const [{ rowTooltip }, references] = await Promise.all([
      import('./tooltips'),
      this.#referenceLineOf(row, cancellation.signal),
    ]);
    cancelling?.dispose();
    return token?.isCancellationRequested === true ? undefined : rowTooltip(row, facts, references);
  }

  /** The row with this id, if its tooltip was asked for. */
  rowOf(id: string): Node | undefined {
    return this.#rows.get(id);
  }

  /** Nobody sees the tooltips: they are made again when somebody does. */
  forget(): void {
    this.#referenceLines?.forget();
  }

  /** The rows are gone. */
  clear(): void {
    this.#rows.clear();
    this.#referenceLines?.clear();
  }

  async #referenceLineOf(row: Node, signal: AbortSignal): Promise<ReferenceLine | undefined> {
    if (row.kind !== 'image' && row.kind !== 'part') {
      return undefined;
    }
    const { ReferenceLines } = await import('./referenceLines');
    this.#referenceLines ??= this.register(new ReferenceLines(this.#options));
    return this.#referenceLines.lineOf(row, signal);
  }
}
