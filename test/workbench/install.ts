import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { runProgram } from './childProcess';
import { isAlive, withLock } from './lock';
import { workbenchVersions, type VersionName, type WorkbenchVersion } from './versions';

/** Where @vscode/test-electron keeps what it downloads too. */
const CACHE = '.vscode-test';
/** Built with the tools. */
const FILE_LOGGER = 'out/tools/fileLogger.cjs';
/** Followed by the id of the process that fills the folder. */
const PARTIAL = '.partial-';

export interface Installation {
  readonly version: WorkbenchVersion;
  /** The Node that runs the server. */
  readonly node: string;
  readonly serverMain: string;
}

export function isInstalled(name: VersionName): boolean {
  return existsSync(folderOf(workbenchVersions[name]));
}

/** A VS Code of this version, fetched with npm where it is not there yet. */
export async function installWorkbench(name: VersionName, log = console.log): Promise<Installation> {
  const version = workbenchVersions[name];
  const folder = folderOf(version);
  if (!existsSync(folder)) {
    await withLock(`${folder}.lock`, async () => fetchUnlessThere(version, folder, log), log);
  }
  const vscode = join(folder, 'node_modules/code-server/lib/vscode');
  replaceFile(join(vscode, 'node_modules/@vscode/spdlog/index.js'), FILE_LOGGER);
  return {
    version,
    node: join(
      folder,
      'node_modules',
      nodePackage(),
      'bin',
      process.platform === 'win32' ? 'node.exe' : 'node',
    ),
    serverMain: join(vscode, 'out/server-main.js'),
  };
}

async function fetchUnlessThere(
  version: WorkbenchVersion,
  folder: string,
  log: (line: string) => void,
): Promise<void> {
  if (existsSync(folder)) return;
  const startedAt = Date.now();
  log(
    `Fetching VS Code ${version.vscode} into ${CACHE}/ with npm, once: ${version.sizeMB} MB on disk, 15 to 90 seconds …`,
  );
  // What was interrupted is begun anew; npm keeps what it had already downloaded in its cache.
  removePartialInstallations();
  const partial = `${folder}${PARTIAL}${process.pid}`;
  mkdirSync(partial, { recursive: true });
  writeFileSync(join(partial, 'package.json'), '{ "private": true }\n');
  await npmInstall(
    partial,
    `code-server@${version.codeServer}`,
    `${nodePackage()}@${String(version.nodeMajor)}`,
  );
  await npmInstall(join(partial, 'node_modules/code-server/lib/vscode'), '--omit=dev');
  renameSync(partial, folder);
  log(`Fetched VS Code ${version.vscode} in ${Math.round((Date.now() - startedAt) / 1000)} seconds`);
}

/** Unless it is the same already; at once, because another run may be reading it. */
function replaceFile(file: string, source: string): void {
  if (readFileSync(file).equals(readFileSync(source))) return;
  const beside = `${file}${PARTIAL}${process.pid}`;
  cpSync(source, beside);
  renameSync(beside, file);
}

function removePartialInstallations(): void {
  for (const name of readdirSync(CACHE).filter((entry) => entry.includes(PARTIAL))) {
    if (!isAlive(Number(name.split(PARTIAL)[1]))) rmSync(join(CACHE, name), { recursive: true, force: true });
  }
}

/** Install scripts would compile native modules that neither the workbench nor the extension host needs. */
async function npmInstall(folder: string, ...args: readonly string[]): Promise<void> {
  const npm = process.env['npm_execpath'];
  const [command, ...first] = npm === undefined ? ['npm'] : [process.execPath, npm];
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--no-progress'];
  await runProgram(command, [...first, 'install', ...options, ...args], environmentOfNpm(), folder);
}

/** Without what an npm that started us says about its own project. */
function environmentOfNpm(): NodeJS.ProcessEnv {
  const own = /^(npm_package_|npm_lifecycle_|npm_config_(local_prefix|prefix)$|INIT_CWD$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}

function folderOf({ codeServer }: WorkbenchVersion): string {
  return resolve(CACHE, `workbench-${codeServer}`);
}

/** npm's package of the Node binary for this system. */
function nodePackage(): string {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  return `node-${system}-${process.arch}`;
}
