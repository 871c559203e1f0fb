import * as vscode from 'vscode';
import { treeViewId } from '../contributions';
import { Disposable } from '../util/dispose';
import { ActivityDecorations } from './activityDecorations';
import type { HubTreeProvider } from './hubTreeProvider';
import type { Node } from './nodes';
import { viewDescription, viewMessage, viewTitle } from './texts/view';

/**
 * Drawing the header of the view takes the editor about 15 milliseconds. When a repository is opened, its rows come
 * first, and the header follows.
 */
const headerDelayMs = 250;

/** The view in the side bar: its rows, their badges, and its title, description and message. */
export class HubTreeView extends Disposable {
  readonly view: vscode.TreeView<Node>;
  readonly #tree: HubTreeProvider;
  #lastReportedSelection: readonly Node[] = [];
  #headerTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(tree: HubTreeProvider, now: () => Date) {
    super();
    this.#tree = tree;
    this.view = this.register(
      vscode.window.createTreeView(treeViewId, {
        treeDataProvider: tree,
        canSelectMany: true,
        showCollapseAll: true,
      }),
    );
    const decorations = this.register(new ActivityDecorations(tree, now));
    this.register(vscode.window.registerFileDecorationProvider(decorations));
    this.register(this.view.onDidExpandElement(({ element }) => tree.didExpand(element)));
    this.register(this.view.onDidCollapseElement(({ element }) => tree.didCollapse(element)));
    this.register(
      this.view.onDidChangeSelection(({ selection }) => {
        this.#lastReportedSelection = selection;
        tree.didSelect(selection);
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

  /** Opens the parents of the row, scrolls to it, selects and opens it. */
  async reveal(node: Node): Promise<void> {
    await this.view.reveal(node, { select: true, focus: true, expand: true });
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
