import type * as vscode from 'vscode';
import type { HubCatalog } from '../catalog/hubCatalog';
import type { ViewOptions } from '../catalog/viewOptions';
import type { Connections } from '../connection/connections';
import type { DeletionHistory } from '../history/deletionHistory';
import type { ImageApiKind } from '../hub/autoImageApi';
import type { ReferenceSource } from '../hub/codeReferences';
import type { Overviews } from '../overview/overviews';
import type { HubTreeProvider } from '../providers/hubTreeProvider';
import type { HubTreeView } from '../providers/hubTreeView';
import type { ImageDetails } from '../providers/imageDetails';
import type { Node } from '../providers/nodes';
import type { Settings } from '../settings';
import type { HiddenMessages } from '../util/hiddenMessages';
import type { ReferencesView } from '../workspace/referencesView';
import type { LanguageFeatures } from '../workspace/languageFeatures';
import type { ShownReference } from './shownReference';

/** The objects that commands work with. The entry point creates them once. */
export interface Services {
  readonly extensionUri: vscode.Uri;
  readonly connections: Connections;
  readonly settings: Settings;
  /** What has been read from the server in use. */
  readonly catalog: HubCatalog;
  /** The rows, and nothing but rows. */
  readonly tree: Pick<
    HubTreeProvider,
    | 'selectedRepository'
    | 'findRepositoryNode'
    | 'findImageNode'
    | 'refresh'
    | 'refreshRepository'
    | 'refreshNamespace'
    | 'loadMore'
    | 'onDidBeginRefresh'
    | 'isRow'
    | 'tooltips'
  >;
  readonly treeView: Pick<HubTreeView, 'readSelection' | 'reveal'>;
  readonly viewOptions: ViewOptions;
  readonly imageDetails: ImageDetails;
  readonly overviews: Overviews;
  readonly history: DeletionHistory;
  /** Where the code that is open in the editor refers to images. */
  readonly references: ReferenceSource;
  readonly referencesView: Pick<ReferencesView, 'show'>;
  readonly languageFeatures: Pick<LanguageFeatures, 'referenceAt'>;
  readonly hiddenMessages: HiddenMessages;
  readonly log: vscode.LogOutputChannel;
  readonly now: () => Date;
}

/**
 * What a command applies to:
 *
 * - `rows`: rows of the tree, from a menu, an inline button or a key binding
 * - `palette`: nothing yet, so the command asks; a link that starts the sandbox answers with `api`, and a hover over a reference
 *   with `reference`
 */
export type Target =
  | { readonly kind: 'rows'; readonly rows: readonly Node[] }
  | { readonly kind: 'palette'; readonly api?: ImageApiKind; readonly reference?: ShownReference };

/** Carries out a command. What it throws is logged and shown by the caller. */
export type CommandHandler = (services: Services, target: Target) => Promise<void>;
