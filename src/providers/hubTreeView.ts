import * as vscode from 'vscode';
import { treeViewId } from '../contributions';
import { Disposable } from '../util/dispose';
import { ActivityDecorations } from './activityDecorations';
import type { HubTreeProvider } from './hubTreeProvider';
import type { Node } from './nodes';
import { viewDescription, viewMessage, viewTitle } from './viewDescription';

const { t } = vscode.l10n;

/**
 * The editor takes about 15 milliseconds to draw the head of the view anew. Whoever opens a repository waits for its rows,
 * so the head follows when they had time to come.
 */
const headDelayMs = 250;

/** The view in the side bar: its rows, their badges and what stands beside its title. */
export class HubTreeView extends Disposable {
  readonly view: vscode.TreeView<Node>;
  readonly #tree: HubTreeProvider;
  #lastReportedSelection: readonly Node[] = [];
  #headTimer: ReturnType<typeof setTimeout> | undefined;

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
   * The rows that are selected. The editor names none while the rows around them are read again, though they are drawn as
   * selected all the time; then these are the ones it reported last.
   */
  get selection(): readonly Node[] {
    const { selection } = this.view;
    return selection.length > 0 ? selection : this.#lastReportedSelection;
  }

  /** Opens what is above the row, scrolls to it, selects and opens it. */
  async reveal(node: Node): Promise<void> {
    await this.view.reveal(node, { select: true, focus: true, expand: true });
  }

  override dispose(): void {
    clearTimeout(this.#headTimer);
    super.dispose();
  }

  #describeLater(): void {
    clearTimeout(this.#headTimer);
    this.#headTimer = setTimeout(() => this.#describe(), headDelayMs);
  }

  /** Only what is new: the editor draws the head of the view again for each, and what it was asked for meanwhile waits. */
  #describe(): void {
    clearTimeout(this.#headTimer);
    const { shownView } = this.#tree;
    const description = viewDescription(shownView, t);
    if (description !== this.view.description) {
      this.view.description = description;
    }
    const title = viewTitle(shownView, t);
    if (title !== this.view.title) {
      this.view.title = title;
    }
    const message = viewMessage(shownView, t);
    if (message !== this.view.message) {
      this.view.message = message;
    }
  }
}
