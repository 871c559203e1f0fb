import * as vscode from 'vscode';
import { version } from '../package.json';
import { SecretAccounts } from './auth/secretAccounts';
import { HubCatalog } from './catalog/hubCatalog';
import { ViewOptions } from './catalog/viewOptions';
import { registerCommands } from './commands';
import { displayConnections } from './connection/connectionDisplay';
import { Connections } from './connection/connections';
import { runSandbox } from './connection/sandboxModule';
import { contextKeys } from './contributions';
import { DeletionHistory } from './history/deletionHistory';
import { HubTreeProvider } from './providers/hubTreeProvider';
import { HubTreeView } from './providers/hubTreeView';
import { reportSettingProblems } from './settingProblems';
import { Settings } from './settings';
import { setLanguage } from './texts/language';
import { HiddenMessages } from './util/hiddenMessages';
import { LanguageFeatures } from './workspace/languageFeatures';
import { WorkspaceReferences } from './workspace/workspaceReferences';

/** Builds the objects and wires them. Nothing is asked of a server before somebody looks. */
export function activate(context: vscode.ExtensionContext): void {
  setLanguage({ tag: vscode.env.language, translations: vscode.l10n.bundle });
  const { extensionUri, globalState, globalStorageUri, secrets, subscriptions } = context;
  const log = vscode.window.createOutputChannel('Hub Images', { log: true });
  const settings = new Settings();
  const setContext = (key: string, value: unknown) =>
    vscode.commands.executeCommand('setContext', key, value);
  const hiddenMessages = new HiddenMessages(globalState);
  const connections = new Connections({
    accountsOf: SecretAccounts.storedIn(secrets),
    storageFolder: globalStorageUri.fsPath,
    settings,
    log,
    runSandbox,
    hiddenMessages,
    setContext,
  });
  const { now } = connections;
  const viewOptions = new ViewOptions(globalState, (origin) => {
    const { current } = connections;
    return current?.kind === 'sandbox' && current.origin === origin;
  });
  const catalog = new HubCatalog({ connections, settings, viewOptions, log, now });
  const references = new WorkspaceReferences({ log });
  const tree = new HubTreeProvider({
    catalog,
    connections,
    references,
    settings,
    viewOptions,
    log,
    now,
    setContext,
  });
  const treeView = new HubTreeView(tree, now);
  const history = new DeletionHistory({
    folder: vscode.Uri.joinPath(globalStorageUri, 'deletions'),
    extensionVersion: version,
    connections,
    settings,
    log,
    now: () => new Date(), // held against the times of files
  });
  const languageFeatures = new LanguageFeatures({ connections, catalog, settings, log, setContext });
  const objects = {
    connections,
    catalog,
    tree,
    treeView,
    viewOptions,
    history,
    references,
    languageFeatures,
    settings,
    hiddenMessages,
    log,
  };
  subscriptions.push(
    ...[connections, tree, catalog, treeView, history, references, languageFeatures],
    history.onDidReconcile(({ repositories }) => {
      repositories.forEach((repository) => void tree.refreshRepository(repository));
    }),
    history.onDidCountUnfinished((count) => treeView.showUnfinished(count)),
    displayConnections(connections),
    reportSettingProblems(settings, hiddenMessages),
    registerCommands({ ...objects, extensionUri, now }),
    settings,
    hiddenMessages,
    log, // the last, for the others write to it while they end
  );
  void setContext(contextKeys.isActivated, true);
  connections.restore().then(
    () => history.recoverInterruptedRuns(),
    (error: unknown) => log.error(error instanceof Error ? error : String(error)),
  );
}
