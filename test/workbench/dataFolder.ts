import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
  readonly remove: () => void;
}

/** All that one run of a workbench needs on disk, in a temporary folder of its own. */
export function makeDataFolder(settings: Settings = {}): DataFolder {
  const root = mkdtempSync(join(tmpdir(), 'hub-images-'));
  const [data, workspace, logs] = [join(root, 'data'), join(root, 'workspace'), join(root, 'logs')];
  for (const folder of [data, workspace, logs]) mkdirSync(folder);
  writeUserSettings(data, settings);
  const remove = () => {
    process.off('exit', remove);
    rmSync(root, { recursive: true, force: true, maxRetries: 3 });
  };
  process.on('exit', remove);
  return { data, workspace, logs, remove };
}

/** The server reads them when it starts. */
export function writeUserSettings(data: string, settings: Settings): void {
  const folder = join(data, 'data/User');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ ...quiet, ...settings }, null, 2));
}

/** As somebody may have put them into a repository that others open. */
export function writeWorkspaceSettings(workspace: string, settings: Settings): void {
  const folder = join(workspace, '.vscode');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings, null, 2));
}
