import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Credentials } from '../../hub/session/credentials';
import { askHelper, type HelperOptions } from './credentialHelper';
import { DockerCliError } from './dockerCliError';
import { type DockerHubEntry, dockerHubKey, readDockerConfig } from './dockerConfig';

/**
 * What the Docker CLI of this machine signs in to Docker Hub with: by `DOCKER_AUTH_CONFIG` where that names Docker Hub, else
 * by `config.json` in `DOCKER_CONFIG` or in `.docker` of the home folder. Nothing is written.
 *
 * @throws {DockerCliError}
 * @throws {HubError} `cancelled`
 */
export async function dockerCliCredentials(options: HelperOptions): Promise<Credentials> {
  const { DOCKER_AUTH_CONFIG: variable = '', DOCKER_CONFIG: folder = '' } = options.env;
  const ofVariable: DockerHubEntry =
    variable === '' ? { kind: 'none' } : readDockerConfig(variable, 'DOCKER_AUTH_CONFIG');
  const file = join(folder === '' ? join(homedir(), '.docker') : folder, 'config.json');
  const entry = ofVariable.kind === 'credentials' ? ofVariable : await readFileEntry(file);
  const credentials =
    entry.kind === 'helper' ? await askHelper(entry.helper, dockerHubKey, options) : credentialsOf(entry);
  if (credentials === undefined || credentials.username === '') {
    throw new DockerCliError('notSignedIn', { source: file });
  }
  return credentials;
}

function credentialsOf(entry: DockerHubEntry): Credentials | undefined {
  return entry.kind === 'credentials' ? entry.credentials : undefined;
}

async function readFileEntry(file: string): Promise<DockerHubEntry> {
  let json: string;
  try {
    json = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      return { kind: 'none' };
    }
    throw new DockerCliError('malformedConfig', {
      source: file,
      reason: error instanceof Error && 'code' in error ? String(error.code) : 'unreadable',
    });
  }
  return readDockerConfig(json, file);
}
