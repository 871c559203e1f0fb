import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { plainRepeats, plainScenes, plainTitle, type PlainScene } from './plainScenes';

interface SceneNode {
  readonly kind: 'scene';
  readonly scene: PlainScene;
  readonly title: string;
}

interface RowNode {
  readonly kind: 'row';
  readonly title: string;
}

type PlainNode = SceneNode | RowNode;

/**
 * A tree as an extension has it that does nothing: its rows have a label, a description and an icon, and take no time but
 * that of the server. What this takes, the editor takes.
 */
export class PlainRows implements vscode.TreeDataProvider<PlainNode> {
  getTreeItem({ kind, title }: PlainNode): vscode.TreeItem {
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    const item = new vscode.TreeItem(title, kind === 'scene' ? Collapsed : None);
    if (kind === 'row') {
      item.description = 'inactive · last pushed 400 days ago';
      item.iconPath = new vscode.ThemeIcon('package');
    }
    return item;
  }

  async getChildren(node?: PlainNode): Promise<PlainNode[]> {
    if (node === undefined) {
      return Object.values(plainScenes).flatMap((scene) =>
        Array.from({ length: plainRepeats }, (_, index): SceneNode => {
          return { kind: 'scene', scene, title: plainTitle(scene, index + 1) };
        }),
      );
    }
    if (node.kind === 'row') {
      return [];
    }
    await delay(node.scene.afterMs);
    return Array.from({ length: node.scene.rows }, (_, index) => ({ kind: 'row', title: `build-${index}` }));
  }
}
