import type { ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { startProcess } from './childProcess';
import type { Installation } from './install';

const START_TIMEOUT_MS = 60_000;

export interface ServerOptions {
  readonly installation: Installation;
  readonly dataFolder: string;
  /** Arguments of its command line besides those that every run has. */
  readonly args?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly logFile: string;
}

export interface Server {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  readonly port: number;
  readonly stop: () => Promise<void>;
  /** Fulfilled when the server has ended, by itself or not. */
  readonly ended: Promise<void>;
}

/** Starts the workbench's server on a port that the system chooses. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { installation, dataFolder, args = [], env, logFile } = options;
  const { child, stop } = startProcess(
    installation.node,
    [
      installation.serverMain,
      ...['--host', '127.0.0.1', '--port', '0'],
      '--without-connection-token',
      '--accept-server-license-terms',
      ...['--telemetry-level', 'off'],
      ...['--server-data-dir', dataFolder],
      ...args,
    ],
    serverEnvironment(env),
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const port = await listeningPort(child, logFile);
    return { origin: `http://127.0.0.1:${port}`, port, stop, ended };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Address of the page that opens a folder.
 *
 * @param payload Heeded only by a server with its driver for smoke tests.
 */
export function pageUrl(
  { origin }: Server,
  folder: string,
  payload?: readonly (readonly [string, string])[],
): string {
  const query = new URLSearchParams({ folder: urlPath(folder) });
  if (payload !== undefined) query.set('payload', JSON.stringify(payload));
  return `${origin}/?${query.toString()}`;
}

/** A path of this system as VS Code writes it in an address: `/c:/folder` on Windows. */
export function urlPath(path: string): string {
  return decodeURIComponent(pathToFileURL(path).pathname);
}

/** Without the variables by which an editor's own terminal would tell the server that it belongs to that editor. */
export function serverEnvironment(env: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const saved = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name),
  );
  return { ...Object.fromEntries(saved), ...env };
}

function listeningPort(child: ChildProcess, logFile: string): Promise<number> {
  const log = createWriteStream(logFile, { flags: 'a' });
  child.stderr?.on('data', (data: Buffer) => log.write(data));
  return new Promise((resolve, reject) => {
    const fail = (reason: string) =>
      reject(new Error(`The workbench's server ${reason}; its output: ${logFile}`));
    const timer = setTimeout(
      () => fail(`did not start in ${START_TIMEOUT_MS / 1000} seconds`),
      START_TIMEOUT_MS,
    );
    child.once('error', ({ message }) => fail(`could not be started: ${message}`));
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with exit code ${String(code)}`);
      log.end();
    });
    if (child.stdout === null) return;
    createInterface(child.stdout).on('line', (line) => {
      log.write(`${line}\n`);
      const [, port] = /Extension host agent listening on (\d+)/.exec(line) ?? [];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
  });
}
