/** A VS Code that can be had as an npm package, with the Node that runs it. */
export interface WorkbenchVersion {
  readonly name: 'newest' | 'oldest';
  readonly vscode: string;
  readonly codeServer: string;
  readonly nodeMajor: number;
  /** Name of the dark theme; a version that has renamed it changes older names in the settings. */
  readonly darkTheme: string;
  /** On disk, once installed. */
  readonly sizeMB: number;
}

/** `oldest` is what `engines.vscode` of the manifest promises. */
export const workbenchVersions = {
  newest: {
    name: 'newest',
    vscode: '1.139.1',
    codeServer: '4.139.1',
    nodeMajor: 24,
    darkTheme: 'Dark Modern',
    sizeMB: 780,
  },
  oldest: {
    name: 'oldest',
    vscode: '1.103.2',
    codeServer: '4.103.2',
    nodeMajor: 22,
    darkTheme: 'Default Dark Modern',
    sizeMB: 480,
  },
} as const satisfies Record<string, WorkbenchVersion>;

export type VersionName = keyof typeof workbenchVersions;

export function isVersionName(name: string | undefined): name is VersionName {
  return name !== undefined && Object.hasOwn(workbenchVersions, name);
}
