import { digestOf } from '../../../src/sandbox/digestOf';
import { ociImageType, ociIndexType } from '../../../src/sandbox/mediaTypes';

/** A manifest as a client pushes it. */
export interface TestDocument {
  readonly mediaType: string;
  readonly digest: string;
  readonly document: string;
}

/** An image with nothing but a configuration. */
export function imageDocument(config: string, fields: object = {}): TestDocument {
  const descriptor = {
    mediaType: 'application/vnd.oci.image.config.v1+json',
    digest: digestOf(config),
    size: config.length,
  };
  return documentOf(ociImageType, { config: descriptor, layers: [], ...fields });
}

export function indexDocument(
  parts: readonly (TestDocument & { readonly entry?: object })[],
  fields: object = {},
): TestDocument {
  const manifests = parts.map(({ mediaType, digest, document, entry }) => ({
    mediaType,
    digest,
    size: document.length,
    ...entry,
  }));
  return documentOf(ociIndexType, { manifests, ...fields });
}

/** With white space as another program might have it, so that only the very bytes have the digest. */
function documentOf(mediaType: string, fields: object): TestDocument {
  const document = `${JSON.stringify({ schemaVersion: 2, mediaType, ...fields }, undefined, 3)}\n`;
  return { mediaType, digest: digestOf(document), document };
}

/** Sends requests to the registry of a sandbox, as thinly as can be. */
export class TestRegistry {
  readonly #url: string;
  readonly #authorization: string | undefined;

  /** @param account Nobody when it is missing. */
  constructor(url: string, account?: { readonly username: string; readonly password: string }) {
    this.#url = url;
    this.#authorization =
      account && `Basic ${Buffer.from(`${account.username}:${account.password}`).toString('base64')}`;
  }

  /** @param scopes Such as `repository:demo/app:pull`. */
  async token(...scopes: readonly string[]): Promise<string> {
    const url = new URL('/token?service=registry.docker.io', this.#url);
    scopes.forEach((scope) => {
      url.searchParams.append('scope', scope);
    });
    const headers = this.#authorization === undefined ? {} : { authorization: this.#authorization };
    const { token } = (await (await fetch(url, { headers })).json()) as { readonly token: string };
    return token;
  }

  /**
   * Sends it with a token for all that may be done in the repository.
   *
   * @param path What follows the name of the repository.
   */
  async send(name: string, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('authorization', `Bearer ${await this.token(`repository:${name}:pull,push,delete`)}`);
    return fetch(new URL(`/v2/${name}/${path}`, this.#url), { ...init, headers });
  }

  /** @returns Its digest. */
  async pushBlob(name: string, content: string): Promise<string> {
    const digest = digestOf(content);
    const headers = { 'content-type': 'application/octet-stream' };
    const path = `blobs/uploads/?digest=${digest}`;
    await this.send(name, path, { method: 'POST', headers, body: content });
    return digest;
  }

  /** @param reference A tag or a digest. */
  async putManifest(
    name: string,
    reference: string,
    { mediaType, document }: TestDocument,
  ): Promise<Response> {
    const headers = { 'content-type': mediaType };
    return this.send(name, `manifests/${reference}`, { method: 'PUT', headers, body: document });
  }
}
