import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export type Settings = Readonly<Record<string, unknown>>;

/** A quiet workbench: nothing but what is being tested shows itself. */
const quiet: Settings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'security.workspace.trust.startupPrompt': 'never',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

export interface DataFolder {
  /** What the server keeps. */
  readonly data: string;
  /** An empty folder to open. */
  readonly workspace: string;
  /** Where logs go. */
  readonly logs: string;
  /** In the place of the Docker CLI's own folder: no test reads the credentials of whoever runs it. */
  readonly dockerConfig: string;
  /** Where the built-in extensions are looked for that a window does with. */
  readonly builtInExtensions: string;
  /** The user settings. The server reads them when it starts and does not watch them. */
  readonly settingsFile: string;
  readonly remove: () => void;
}

/** All that one run of a workbench needs on disk, in a temporary folder of its own. */
export function makeDataFolder(settings: Settings = {}): DataFolder {
  const root = mkdtempSync(join(tmpdir(), 'hub-images-'));
  const folderNamed = (name: string) => join(root, name);
  const [data, workspace, logs, dockerConfig] = [
    folderNamed('data'),
    folderNamed('workspace'),
    folderNamed('logs'),
    folderNamed('docker'),
  ];
  for (const folder of [data, workspace, logs, dockerConfig]) mkdirSync(folder);
  const settingsFile = join(data, 'data/User/settings.json');
  mkdirSync(dirname(settingsFile), { recursive: true });
  writeFileSync(settingsFile, userSettingsText(settings));
  const remove = () => {
    process.off('exit', remove);
    rmSync(root, { recursive: true, force: true, maxRetries: 3 });
  };
  process.on('exit', remove);
  const builtInExtensions = folderNamed('built-in');
  return { data, workspace, logs, dockerConfig, builtInExtensions, settingsFile, remove };
}

/** On one line, so that an editor that types it adds no indentation of its own. */
export function userSettingsText(settings: Settings): string {
  return JSON.stringify({ ...quiet, ...settings });
}

/** As somebody may have put them into a repository that others open. */
export function writeWorkspaceSettings(workspace: string, settings: Settings): void {
  const folder = join(workspace, '.vscode');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
}
