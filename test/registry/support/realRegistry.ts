import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startProcess, type RunningProcess } from '../../workbench/childProcess';
import type { SigningKey } from './signingKey';
import { issuer, service, type TokenServer } from './tokenServer';

export interface RealRegistry {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

export interface RealRegistryOptions {
  /** Where it keeps everything; two registries may share it. */
  readonly storage: string;
  /** For its configuration. */
  readonly folder: string;
  readonly canDelete: boolean;
  readonly key: SigningKey;
  readonly tokens: TokenServer;
}

const startLimitMs = 15_000;
const pollMs = 20;

/** Starts Debian's docker-registry on a port of its own choice. */
export async function startRealRegistry(options: RealRegistryOptions): Promise<RealRegistry> {
  await mkdir(options.folder, { recursive: true });
  const file = join(options.folder, 'config.yml');
  await writeFile(file, JSON.stringify(configOf(options))); // JSON is YAML too
  const running = startProcess('docker-registry', ['serve', file]);
  try {
    return { url: await addressOf(running), stop: running.stop };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

function configOf({ storage, canDelete, key, tokens }: RealRegistryOptions) {
  return {
    version: '0.1',
    log: { level: 'info', accesslog: { disabled: true } },
    storage: {
      filesystem: { rootdirectory: storage },
      delete: { enabled: canDelete },
      maintenance: { uploadpurging: { enabled: false } },
    },
    http: { addr: '127.0.0.1:0', secret: 'of no use to anybody' },
    auth: {
      token: { realm: tokens.realm.href, service, issuer, rootcertbundle: key.certificateFile },
    },
  };
}

/** Waits until it answers. It says itself which port it was given, so none can be taken away in between. */
async function addressOf({ child }: RunningProcess): Promise<string> {
  let output = '';
  child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (output += data.toString()));
  const failures: Error[] = [];
  child.once('error', (error) => failures.push(error));
  const deadline = Date.now() + startLimitMs;
  while (failures.length === 0 && child.exitCode === null && Date.now() < deadline) {
    const [, address] = /listening on (127\.0\.0\.1:\d+)/.exec(output) ?? [];
    if (address !== undefined && (await answers(`http://${address}/v2/`))) return `http://${address}`;
    await pause(pollMs);
  }
  throw new Error(`docker-registry does not answer: ${failures[0]?.message ?? output}`);
}

/** Without a token the right answer is a refusal. */
async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).status === 401;
  } catch {
    return false;
  }
}
