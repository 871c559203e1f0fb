import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Credentials } from '../../hub/session/credentials';
import { askHelper, type HelperOptions } from './credentialHelper';
import { DockerCliError } from './dockerCliError';
import { type DockerHubEntry, readDockerAuths, readDockerConfig } from './dockerConfig';

/**
 * What the Docker CLI of this machine signs in to Docker Hub with: by `DOCKER_AUTH_CONFIG` where that names Docker Hub, else
 * by `config.json` in `DOCKER_CONFIG` or in `.docker` of the home folder. Nothing is written. As for the CLI, a variable
 * that cannot be read does not hide the file; it is reported where the file has nothing.
 *
 * @throws {DockerCliError}
 * @throws {HubError} `cancelled`
 */
export async function dockerCliCredentials(options: HelperOptions): Promise<Credentials> {
  const variable = readVariable(options.env['DOCKER_AUTH_CONFIG'] ?? '');
  if (!(variable instanceof DockerCliError) && variable.kind === 'credentials') {
    return variable.credentials;
  }
  const file = configFileOf(options.env);
  const credentials = await credentialsOf(await readFileEntry(file), options);
  if (credentials === undefined || credentials.username === '') {
    throw variable instanceof DockerCliError ? variable : new DockerCliError('notSignedIn', { source: file });
  }
  return credentials;
}

/** In a container or in WSL the home folder is that of the Linux user, as it is for the CLI there. */
function configFileOf(env: NodeJS.ProcessEnv): string {
  const { DOCKER_CONFIG: folder = '' } = env;
  const home = env[process.platform === 'win32' ? 'USERPROFILE' : 'HOME'] ?? '';
  return join(folder === '' ? join(home === '' ? homedir() : home, '.docker') : folder, 'config.json');
}

function readVariable(variable: string): DockerHubEntry | DockerCliError {
  try {
    return readDockerAuths(variable, 'DOCKER_AUTH_CONFIG');
  } catch (error) {
    if (error instanceof DockerCliError) {
      return error;
    }
    throw error;
  }
}

async function credentialsOf(
  entry: DockerHubEntry,
  options: HelperOptions,
): Promise<Credentials | undefined> {
  if (entry.kind !== 'helper') {
    return entry.kind === 'credentials' ? entry.credentials : undefined;
  }
  for (const server of entry.servers) {
    const credentials = await askHelper(entry.helper, server, options);
    if (credentials !== undefined) {
      return credentials;
    }
  }
  return undefined;
}

async function readFileEntry(file: string): Promise<DockerHubEntry> {
  let content: Buffer;
  try {
    content = await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return { kind: 'none' };
    }
    throw new DockerCliError('malformedConfig', {
      source: file,
      reason: error instanceof Error && 'code' in error ? String(error.code) : 'unreadable',
    });
  }
  return readDockerConfig(decodeText(content), file);
}

/** PowerShell writes UTF-16 where it is not asked for anything else. */
function decodeText(content: Buffer): string {
  const isUtf16 = content[0] === 0xff && content[1] === 0xfe;
  return content.toString(isUtf16 ? 'utf16le' : 'utf8');
}
