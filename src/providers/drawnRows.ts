import type * as vscode from 'vscode';
import { Disposable } from '../util/dispose';
import type { Node } from './nodes';

/**
 * Gives the rows to the editor, and knows when the editor has drawn the changes of rows that were announced to it.
 *
 * The editor has no event for that. But before it asks for the parent of a row that is to be revealed, it waits until then.
 * This class asks it to reveal an object that is not a row and never returns the parent, so that nothing is revealed.
 */
export class DrawnRows extends Disposable implements vscode.TreeDataProvider<Node> {
  readonly #rows: vscode.TreeDataProvider<Node>;
  /** What to do when the editor asks for the parent of these. */
  readonly #probes = new Map<unknown, () => void>();

  /** Number of changes that were announced. */
  #announced = 0;

  readonly onDidChangeTreeData;

  constructor(
    rows: vscode.TreeDataProvider<Node> &
      Required<Pick<vscode.TreeDataProvider<Node>, 'onDidChangeTreeData'>>,
  ) {
    super();
    this.#rows = rows;
    this.onDidChangeTreeData = rows.onDidChangeTreeData;
    this.register(rows.onDidChangeTreeData(() => (this.#announced += 1)));
  }

  /** Resolves when every change that was announced is drawn: at once if there is none. */
  async whenDrawn(view: Pick<vscode.TreeView<Node>, 'reveal'>): Promise<void> {
    let announced: number;
    do {
      announced = this.#announced;
      await this.#whenAsked(view);
    } while (announced !== this.#announced && !this.isDisposed);
  }

  async #whenAsked(view: Pick<vscode.TreeView<Node>, 'reveal'>): Promise<void> {
    const probe = {} as Node; // no row, and used only as a key
    const isAskedFor = new Promise<void>((resolve) => this.#probes.set(probe, resolve));
    // If the editor ended without asking, then it would not be waited for in vain.
    const isRefused = Promise.resolve(view.reveal(probe, { select: false, focus: false })).catch(
      () => undefined,
    );
    await Promise.race([isAskedFor, isRefused]);
    this.#probes.delete(probe);
  }

  getTreeItem(node: Node): vscode.TreeItem | Thenable<vscode.TreeItem> {
    return this.#rows.getTreeItem(node);
  }

  getChildren(node?: Node): vscode.ProviderResult<Node[]> {
    return this.#rows.getChildren(node);
  }

  getParent(node: Node): vscode.ProviderResult<Node> {
    const didAsk = this.#probes.get(node);
    if (didAsk === undefined) {
      return this.#rows.getParent?.(node);
    }
    didAsk();
    return new Promise(() => undefined);
  }

  resolveTreeItem(
    item: vscode.TreeItem,
    node: Node,
    token: vscode.CancellationToken,
  ): vscode.ProviderResult<vscode.TreeItem> {
    return this.#rows.resolveTreeItem?.(item, node, token);
  }
}
