import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Credentials } from '../../../src/hub/session/credentials';
import { runProgram } from '../../workbench/childProcess';

/** How skopeo reaches a registry. */
export interface SkopeoOptions {
  /** Such as `127.0.0.1:5000`, without TLS. */
  readonly host: string;
  /** Nobody's when missing. */
  readonly credentials?: Credentials | undefined;
  /** For its own files. */
  readonly folder: string;
}

/** What it says of an image. */
export interface InspectedImage {
  readonly Digest: string;
  readonly RepoTags: readonly string[];
  readonly Os: string;
  readonly Architecture: string;
  readonly Layers: readonly string[];
}

/**
 * skopeo, as a person runs it. Everything rejects with its output where it fails.
 *
 * A reference is a tag with a colon or a digest with an at sign before it, such as `:latest` or `@sha256:…`.
 */
export class Skopeo {
  readonly #options: SkopeoOptions;

  constructor(options: SkopeoOptions) {
    this.#options = options;
  }

  async listTags(name: string): Promise<readonly string[]> {
    const output = await this.#run('list-tags', ['--tls-verify=false', this.#address(name)]);
    return (JSON.parse(output) as { readonly Tags: readonly string[] | null }).Tags ?? [];
  }

  async inspect(name: string, reference: string): Promise<InspectedImage> {
    const output = await this.#run('inspect', ['--tls-verify=false', this.#address(name, reference)]);
    return JSON.parse(output) as InspectedImage;
  }

  /** @returns The manifest as it is stored. */
  async inspectRaw(name: string, reference: string): Promise<string> {
    return this.#run('inspect', ['--raw', '--tls-verify=false', this.#address(name, reference)]);
  }

  /** @param layout Folder with an OCI image layout. */
  async copyIn(layout: string, name: string, reference: string, ...options: string[]): Promise<void> {
    await this.#copy([
      '--dest-tls-verify=false',
      ...options,
      `oci:${layout}`,
      this.#address(name, reference),
    ]);
  }

  async copyOut(name: string, reference: string, layout: string): Promise<void> {
    await this.#copy(['--src-tls-verify=false', this.#address(name, reference), `oci:${layout}`]);
  }

  /** From one repository to another of the same registry. */
  async copyWithin(from: string, to: string, reference: string): Promise<void> {
    const insecure = ['--src-tls-verify=false', '--dest-tls-verify=false'];
    await this.#copy([...insecure, this.#address(from, reference), this.#address(to, reference)]);
  }

  async delete(name: string, reference: string): Promise<void> {
    await this.#run('delete', ['--tls-verify=false', this.#address(name, reference)]);
  }

  #copy(args: readonly string[]): Promise<string> {
    return this.#run('copy', ['--quiet', '--all', ...args]);
  }

  async #run(command: string, args: readonly string[]): Promise<string> {
    const { host, credentials, folder } = this.#options;
    const auths = credentials === undefined ? {} : { [host]: { auth: encode(credentials) } };
    const authFile = join(folder, `auth-${credentials?.username ?? ''}.json`); // an argument could be read in the list of processes
    await writeFile(authFile, JSON.stringify({ auths }));
    const env = { PATH: process.env['PATH'], HOME: folder, XDG_RUNTIME_DIR: folder, TMPDIR: folder };
    return runProgram('skopeo', ['--insecure-policy', command, '--authfile', authFile, ...args], env);
  }

  #address(name: string, reference = ''): string {
    return `docker://${this.#options.host}/${name}${reference}`;
  }
}

function encode({ username, password }: Credentials): string {
  return Buffer.from(`${username}:${password}`).toString('base64');
}
