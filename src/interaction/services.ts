import type * as vscode from 'vscode';
import type { Connections } from '../connection/connections';
import type { DeletionHistory } from '../history/deletionHistory';
import type { Overviews } from '../overview/overviews';
import type { HubTreeProvider } from '../providers/hubTreeProvider';
import type { HubTreeView } from '../providers/hubTreeView';
import type { ImageDetails } from '../providers/imageDetails';
import type { Node } from '../providers/nodes';
import type { ViewOptions } from '../providers/viewOptions';
import type { Settings } from '../settings';

/** What commands work with. */
export interface Services {
  readonly extensionUri: vscode.Uri;
  readonly connections: Connections;
  readonly settings: Settings;
  readonly tree: HubTreeProvider;
  readonly treeView: Pick<HubTreeView, 'selection' | 'reveal'>;
  readonly viewOptions: ViewOptions;
  readonly imageDetails: ImageDetails;
  readonly overviews: Overviews;
  readonly history: DeletionHistory;
  readonly log: vscode.LogOutputChannel;
  readonly now: () => Date;
}

/**
 * What a command was called on.
 *
 * - `rows`: rows of the tree, from a menu, an inline button or a key
 * - `palette`: nothing; the command asks
 */
export type Target = { readonly kind: 'rows'; readonly rows: readonly Node[] } | { readonly kind: 'palette' };

export type CommandHandler = (services: Services, target: Target) => Promise<void>;
