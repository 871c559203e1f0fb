import * as vscode from 'vscode';
import { version } from '../package.json';
import { SecretAccounts } from './auth/secretAccounts';
import { HubCatalog } from './catalog/hubCatalog';
import { ViewOptions } from './catalog/viewOptions';
import { registerCommands } from './commands';
import { AccountsProvider } from './connection/accountsProvider';
import { Connections } from './connection/connections';
import { FolderIndexStore } from './connection/folderIndexStore';
import { IndexReadNotice } from './connection/indexReadNotice';
import { PauseCountdown } from './connection/pauseCountdown';
import { runSandbox } from './connection/sandboxModule';
import { DeletionHistory } from './history/deletionHistory';
import { Overviews } from './overview/overviews';
import { HubTreeProvider } from './providers/hubTreeProvider';
import { HubTreeView } from './providers/hubTreeView';
import { ImageDetails } from './providers/imageDetails';
import { reportSettingProblems } from './settingProblems';
import { Settings } from './settings';

/** Builds the objects and wires them. Nothing is asked of a server before somebody looks. */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Hub Images', { log: true });
  const settings = new Settings();
  const setContext = (key: string, value: unknown) =>
    vscode.commands.executeCommand('setContext', key, value);
  const pauses = new PauseCountdown();
  const connections = new Connections({
    accountsOf: (origin) => new SecretAccounts(context.secrets, origin),
    settings,
    log,
    runSandbox,
    indexStoreOf: (origin) =>
      new FolderIndexStore(vscode.Uri.joinPath(context.globalStorageUri, 'indexes').fsPath, origin),
    onDidWait: pauses.show,
    setContext,
  });
  const { now } = connections;
  const viewOptions = new ViewOptions(context.globalState);
  const catalog = new HubCatalog({ connections, settings, viewOptions, log, now });
  const tree = new HubTreeProvider({ catalog, connections, settings, viewOptions, log, now, setContext });
  const history = new DeletionHistory({
    folder: vscode.Uri.joinPath(context.globalStorageUri, 'deletions'),
    extensionVersion: version,
    connections,
    settings,
    log,
    now: () => new Date(), // held against the times of files
    onDidReconcile: (repositories) => {
      repositories.forEach((repository) => void tree.refreshRepository(repository));
    },
  });
  const imageDetails = new ImageDetails(now);
  const overviews = new Overviews();
  const treeView = new HubTreeView(tree, now);
  context.subscriptions.push(
    connections,
    tree,
    catalog,
    treeView,
    imageDetails,
    overviews,
    history,
    AccountsProvider.register(connections),
    new IndexReadNotice(connections.onDidReadIndexes),
    reportSettingProblems(settings),
    registerCommands({
      extensionUri: context.extensionUri,
      connections,
      settings,
      catalog,
      tree,
      treeView,
      viewOptions,
      imageDetails,
      overviews,
      history,
      log,
      now,
    }),
    pauses,
    settings,
    log, // the last, for the others write to it while they end
  );
  connections
    .restore()
    .then(() => {
      history.recoverInterruptedRuns();
    })
    .catch((error: unknown) => {
      log.error(error instanceof Error ? error : String(error));
    });
}
