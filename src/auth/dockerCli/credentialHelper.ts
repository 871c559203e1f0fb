import { execFile, type ExecFileException } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { parse as parsePath } from 'node:path';
import { getSystemErrorMap } from 'node:util';
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

/** What helpers say where they have nothing. */
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
  const output = await run(source, server, options).catch((error: unknown) => {
    throw startFailure(error, source);
  });
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
        cwd: workingFolder(),
        timeout: timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: outputLimitBytes,
        ...(signal !== undefined && { signal }),
      },
      (error, stdout, stderr) => {
        if (error === null) {
          resolve(stdout);
        } else if (notFound.test(stdout) || (stdout.trim() === '' && notFound.test(stderr))) {
          resolve(undefined);
        } else {
          reject(failureOf(program, error, { stdout, stderr }, signal));
        }
      },
    );
    child.stdin?.on('error', () => undefined); // it may end without reading
    child.stdin?.end(server);
  });
}

/**
 * Never a folder whose programs somebody else chose. In a container the home folder may be missing, which would look as if
 * the helper were.
 */
function workingFolder(): string {
  const home = homedir();
  return existsSync(home) ? home : parsePath(process.execPath).dir;
}

interface HelperOutput {
  readonly stdout: string;
  readonly stderr: string;
}

function failureOf(
  source: string,
  error: ExecFileException,
  output: HelperOutput,
  signal: AbortSignal | undefined,
): Error {
  if (signal?.aborted === true) {
    return new HubError('cancelled', { method: 'GET', path: source, neverSent: true });
  }
  if (error.code === 'ENOENT') {
    return new DockerCliError('helperMissing', { source });
  }
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') {
    return new DockerCliError('helperGarbage', { source });
  }
  if (error.killed === true) {
    return new DockerCliError('helperSilent', { source });
  }
  if (typeof error.code === 'string') {
    return new DockerCliError('helperNotStarted', { source, reason: systemReason(error.code) });
  }
  return new DockerCliError('helperFailed', { source, reason: helperReason(output) ?? ending(error) });
}

/** Most failures to start a program are thrown at once, and not reported to its callback. */
function startFailure(error: unknown, source: string): unknown {
  const code = error instanceof Error && 'syscall' in error && 'code' in error ? error.code : undefined;
  return typeof code === 'string'
    ? new DockerCliError('helperNotStarted', { source, reason: systemReason(code) })
    : error;
}

/** @returns Such as `permission denied (EACCES)`. */
function systemReason(code: string): string {
  const [, words] = [...getSystemErrorMap().values()].find(([name]) => name === code) ?? [];
  return words === undefined ? code : `${words} (${code})`;
}

/**
 * Why it failed: by the protocol on standard output, but many helpers and the shell write to standard error. What looks
 * like an answer or names a secret is left out.
 */
function helperReason({ stdout, stderr }: HelperOutput): string | undefined {
  return [stdout, stderr].map((text) => plainText(withoutSecrets(text))).find((text) => text !== undefined);
}

function withoutSecrets(text: string): string {
  const harmless = text.replace(/\{[^]*/, ' ').split('\n');
  return harmless.filter((line) => !/\b(?:secret|password|token)"?\s*[:=]/i.test(line)).join('\n');
}

/** In the words of the shell: nothing better is known. */
function ending({ code, signal }: ExecFileException): string {
  return typeof signal !== 'string' ? `exit status ${String(code)}` : `signal ${signal}`;
}

function read(output: string, source: string): v.InferOutput<typeof answer> {
  try {
    return v.parse(answer, JSON.parse(output));
  } catch {
    throw new DockerCliError('helperGarbage', { source });
  }
}
