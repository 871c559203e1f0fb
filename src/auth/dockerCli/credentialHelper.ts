import { execFile, type ExecFileException } from 'node:child_process';
import { homedir } from 'node:os';
import * as v from 'valibot';
import { HubError } from '../../hub/errors';
import { plainText } from '../../hub/plainText';
import type { Credentials } from '../../hub/session/credentials';
import { DockerCliError } from './dockerCliError';

export interface HelperOptions {
  readonly env: NodeJS.ProcessEnv;
  /** How long it may take; it may ask the person to unlock a key. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** What a helper calls a user name where its secret is an identity token. */
const identityTokenUser = '<token>';

/** What helpers say on standard output where they have nothing. */
const notFound = /credentials not found/i;

const outputLimitBytes = 64 * 1024;

const answer = v.object({ Username: v.string(), Secret: v.string() });

/**
 * Asks a credential helper of the Docker CLI: runs `docker-credential-{name} get` with the server on standard input.
 *
 * @returns `undefined` where it has nothing for the server.
 * @throws {DockerCliError} Any problem of a helper, or `identityToken`.
 * @throws {HubError} `cancelled`: the signal aborted.
 * @see docker/docker-credential-helpers, "Development"
 */
export async function askHelper(
  name: string,
  server: string,
  options: HelperOptions,
): Promise<Credentials | undefined> {
  const source = `docker-credential-${name}`;
  if (!/^[\w.-]+$/.test(name)) {
    throw new DockerCliError('helperName', { source });
  }
  const output = await run(source, server, options);
  if (output === undefined) {
    return undefined;
  }
  const { Username: username, Secret: password } = read(output, source);
  // older helpers, such as 0.6.4 of `pass`, say so of what they have not, and call it a success
  if (username === '' && password === '') {
    return undefined;
  }
  if (password === '') {
    throw new DockerCliError('helperGarbage', { source });
  }
  if (username === identityTokenUser) {
    throw new DockerCliError('identityToken', { source });
  }
  return { username, password };
}

/** @returns What it printed; `undefined` where it says that it has nothing. */
function run(
  program: string,
  server: string,
  { env, timeoutMs, signal }: HelperOptions,
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      ['get'],
      {
        env,
        cwd: homedir(), // never a folder whose programs somebody else chose
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: outputLimitBytes,
        ...(signal !== undefined && { signal }),
      },
      (error, stdout) => {
        if (error === null) {
          resolve(stdout);
        } else if (notFound.test(stdout)) {
          resolve(undefined);
        } else {
          reject(failureOf(program, error, stdout, signal));
        }
      },
    );
    child.stdin?.on('error', () => undefined); // it may end without reading
    child.stdin?.end(server);
  });
}

function failureOf(
  source: string,
  error: ExecFileException,
  stdout: string,
  signal: AbortSignal | undefined,
): Error {
  if (signal?.aborted === true) {
    return new HubError('cancelled', { method: 'GET', path: source, neverSent: true });
  }
  if (error.code === 'ENOENT' || error.code === 'EACCES') {
    return new DockerCliError('helperMissing', { source });
  }
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
    return new DockerCliError('helperGarbage', { source });
  }
  if (error.killed === true) {
    return new DockerCliError('helperSilent', { source });
  }
  // a helper that fails prints the reason, and no secret, on standard output
  return new DockerCliError('helperFailed', { source, reason: plainText(stdout) });
}

function read(output: string, source: string): v.InferOutput<typeof answer> {
  try {
    return v.parse(answer, JSON.parse(output));
  } catch {
    throw new DockerCliError('helperGarbage', { source });
  }
}
