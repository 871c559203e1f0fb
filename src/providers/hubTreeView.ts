import * as vscode from 'vscode';
import { treeViewId } from '../contributions';
import { Disposable } from '../util/dispose';
import { ActivityDecorations } from './activityDecorations';
import type { HubTreeProvider } from './hubTreeProvider';
import type { Node } from './nodes';
import { viewDescription, viewMessage, viewTitle } from './viewDescription';

const { t } = vscode.l10n;

/** The view in the side bar: its rows, their badges and what stands beside its title. */
export class HubTreeView extends Disposable {
  readonly view: vscode.TreeView<Node>;

  constructor(tree: HubTreeProvider, now: () => Date) {
    super();
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
    this.register(this.view.onDidChangeSelection(({ selection }) => tree.didSelect(selection)));
    this.register(tree.onDidChangeShownView(() => this.#describe(tree)));
    this.#describe(tree);
  }

  #describe(tree: HubTreeProvider): void {
    const { shownView } = tree;
    this.view.title = viewTitle(shownView, t);
    this.view.description = viewDescription(shownView, t);
    this.view.message = viewMessage(shownView, t);
  }
}
