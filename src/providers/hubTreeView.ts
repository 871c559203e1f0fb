import * as vscode from 'vscode';
import { treeViewId } from '../contributions';
import { Disposable } from '../util/dispose';
import { ActivityDecorations } from './activityDecorations';
import { DrawnRows } from './drawnRows';
import type { HubTreeProvider } from './hubTreeProvider';
import type { Node } from './nodes';
import { unfinishedText, viewDescription, viewMessage, viewTitle } from './texts/view';

/**
 * Drawing the header of the view takes the editor about 15 milliseconds. When a repository is opened, its rows come
 * first, and the header follows.
 */
const headerDelayMs = 250;

/** The view in the side bar: its rows, their badges, and its title, description and message. */
export class HubTreeView extends Disposable {
  readonly view: vscode.TreeView<Node>;
  readonly #tree: HubTreeProvider;
  readonly #rows: DrawnRows;
  #lastReportedSelection: readonly Node[] = [];
  /** Resolves when it is known what the selection that was reported last consists of. */
  #knownSelection: Promise<void> = Promise.resolve();
  #headerTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(tree: HubTreeProvider, now: () => Date) {
    super();
    this.#tree = tree;
    this.#rows = this.register(new DrawnRows(tree));
    this.view = this.register(
      vscode.window.createTreeView(treeViewId, {
        treeDataProvider: this.#rows,
        canSelectMany: true,
        showCollapseAll: true,
      }),
    );
    const decorations = this.register(new ActivityDecorations(tree, now));
    this.register(vscode.window.registerFileDecorationProvider(decorations));
    this.register(this.view.onDidExpandElement(({ element }) => tree.didExpand(element)));
    this.register(this.view.onDidCollapseElement(({ element }) => tree.didCollapse(element)));
    this.register(
      this.view.onDidChangeVisibility(({ visible }) => {
        if (!visible) {
          tree.tooltips.forget();
        }
      }),
    );
    this.register(
      this.view.onDidChangeSelection(({ selection }) => {
        this.#lastReportedSelection = selection;
        tree.didSelect(selection);
        this.#knownSelection = this.#completeSelection(selection);
      }),
    );
    this.register(tree.onDidChangeShownView(() => this.#describe()));
    this.register(tree.onDidChangeShownRepository(() => this.#describeLater()));
    this.#describe();
  }

  /**
   * The selected rows. While the rows around them are read again, the editor reports none although it draws them as
   * selected; then these are the rows that it reported last.
   */
  get selection(): readonly Node[] {
    const { selection } = this.view;
    return selection.length > 0 ? selection : this.#lastReportedSelection;
  }

  /** The same. If rows were selected while they were read again, it waits until the editor knows which these are. */
  async readSelection(): Promise<readonly Node[]> {
    await this.#knownSelection;
    return this.selection;
  }

  /**
   * A selection that is reported while rows are drawn again lacks those of them that are in it: the editor knows them only
   * afterwards, and does not report the selection again.
   */
  async #completeSelection(reported: readonly Node[]): Promise<void> {
    await this.#rows.whenDrawn(this.view);
    const { selection } = this.view;
    if (this.#lastReportedSelection === reported && selection.length > reported.length) {
      this.#lastReportedSelection = selection;
      this.#tree.didSelect(selection);
    }
  }

  /** Shows in the badge of the view how many deletions are not over although none of them is under way. */
  showUnfinished(count: number): void {
    this.view.badge = count === 0 ? undefined : { value: count, tooltip: unfinishedText(count) };
  }

  /** Opens the parents of the row, scrolls to it, selects it, and opens it unless it is that of an image. */
  async reveal(node: Node): Promise<void> {
    await this.view.reveal(node, { select: true, focus: true, expand: node.kind !== 'image' });
  }

  override dispose(): void {
    clearTimeout(this.#headerTimer);
    super.dispose();
  }

  #describeLater(): void {
    clearTimeout(this.#headerTimer);
    this.#headerTimer = setTimeout(() => this.#describe(), headerDelayMs);
  }

  /** Sets only what changed: the editor draws the header again for each assignment, and other requests wait for it. */
  #describe(): void {
    clearTimeout(this.#headerTimer);
    const { shownView } = this.#tree;
    const description = viewDescription(shownView);
    if (description !== this.view.description) {
      this.view.description = description;
    }
    const title = viewTitle(shownView);
    if (title !== this.view.title) {
      this.view.title = title;
    }
    const message = viewMessage(shownView);
    if (message !== this.view.message) {
      this.view.message = message;
    }
  }
}
