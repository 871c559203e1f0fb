import * as v from 'valibot';
import { type Digest, parseDigest } from '../digest';
import { HubError, isHubError } from '../errors';
import { apiPath } from '../http/apiPath';
import { type HubAnswer, type HubFetch, HubHttp, type HubHttpOptions } from '../http/http';
import { formatRepository, type RepositoryRef } from '../names';
import type { Credentials } from '../session/credentials';
import { count, decode, digest, emptyableList, list, object, protocolError, text } from '../wireShape';
import { isIndexType } from './listWire';
import type { IndexEntry, ManifestDeletion, ManifestHead, Registry } from './registry';
import { grantOf } from './registryGrant';
import { RegistryTokens } from './registryTokens';

/** How to reach a registry and sign in to it. */
export interface RegistryClientOptions extends Omit<
  HubHttpOptions,
  'accessToken' | 'onUnauthenticated' | 'tokenScheme' | 'mediaTypes'
> {
  /** URL of the token service. Credentials are sent only there. */
  readonly realm: URL;
  /** Such as `registry.docker.io`. */
  readonly service: string;
  /** Credentials of the signed-in user; `undefined` for anonymous access. */
  readonly credentials: () => Promise<Credentials | undefined>;
  readonly fetch?: HubFetch;
}

/** All formats in which the registry stores manifests. */
const mediaTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  '*/*;q=0.1', // otherwise a registry answers 404 for manifests in other formats
].join(', ');

/** Number of tags per page. */
const tagsPageSize = 1000;

const platform = object({
  os: v.nullish(text),
  architecture: v.nullish(text),
  variant: v.nullish(text),
});
const indexEntry = v.pipe(
  object({ digest, mediaType: v.nullish(text, ''), size: v.nullish(count), platform: v.nullish(platform) }),
  v.transform((wire): IndexEntry => ({
    digest: wire.digest,
    mediaType: wire.mediaType,
    size: wire.size ?? undefined,
    platform:
      [wire.platform?.os, wire.platform?.architecture, wire.platform?.variant].filter(Boolean).join('/') ||
      undefined,
    isAttestation: wire.platform?.os === 'unknown' && wire.platform.architecture === 'unknown',
  })),
);
const indexBody = object({ manifests: list(indexEntry) });
const tagsBody = object({ tags: emptyableList(text) });

/**
 * Client of the registry API. Each repository has its own token.
 *
 * @see OCI distribution specification; for deletion, the API of Docker's registry
 */
export class RegistryClient implements Registry {
  readonly #options: RegistryClientOptions;
  readonly #tokens: RegistryTokens;
  /** By full repository name, because each repository has its own token. */
  readonly #clients = new Map<string, HubHttp>();

  constructor(options: RegistryClientOptions) {
    this.#options = options;
    const { realm, service, credentials, timeoutMs, log, now = () => new Date(), fetch } = options;
    this.#tokens = new RegistryTokens({ realm, service, credentials, timeoutMs, log, now, fetch });
  }

  async head(
    repository: RepositoryRef,
    reference: string,
    signal?: AbortSignal,
  ): Promise<ManifestHead | undefined> {
    const answer = await this.#withToken(repository, (http) =>
      http.head(manifestPath(repository, reference), { accept: [404], signal }),
    );
    return answer.status === 404 ? undefined : readHead(answer, reference);
  }

  async readIndex(
    repository: RepositoryRef,
    index: Digest,
    signal?: AbortSignal,
  ): Promise<readonly IndexEntry[] | undefined> {
    try {
      const answer = await this.#withToken(repository, (http) =>
        http.get(manifestPath(repository, index), {}, signal),
      );
      return decode(indexBody, answer).manifests;
    } catch (error) {
      if (isHubError(error, 'notFound')) {
        return undefined;
      }
      throw error;
    }
  }

  async listTags(repository: RepositoryRef, signal?: AbortSignal): Promise<readonly string[]> {
    const path = apiPath`/v2/${repository.namespace}/${repository.name}/tags/list`;
    const tags = new Set<string>();
    for (let last: string | undefined; ;) {
      const query = { n: tagsPageSize, last };
      const answer = await this.#withToken(repository, (http) => http.get(path, query, signal));
      const { tags: page } = decode(tagsBody, answer);
      const before = tags.size;
      page.forEach((tag) => tags.add(tag));
      last = page.at(-1);
      const hasNext = /rel="?next"?/.test(answer.headers.get('link') ?? '');
      if (!hasNext) {
        return [...tags];
      }
      if (tags.size === before || last === undefined) {
        throw protocolError(answer, 'link: leads in a circle');
      }
    }
  }

  /** @throws {HubError} `accessTokenNeeded`: there are no credentials for the registry. */
  async mayDelete(repository: RepositoryRef): Promise<boolean> {
    const { credentials, realm } = this.#options;
    if ((await credentials()) === undefined) {
      throw new HubError('accessTokenNeeded', { method: 'GET', path: realm.pathname });
    }
    const token = await this.#tokens.tokenFor(repository);
    const { actions, isAnonymous } = grantOf(token, formatRepository(repository));
    return !isAnonymous && (actions.includes('delete') || actions.includes('*'));
  }

  async deleteManifest(
    repository: RepositoryRef,
    target: Digest,
    signal?: AbortSignal,
  ): Promise<ManifestDeletion> {
    try {
      await this.#withToken(repository, (http) => http.delete(manifestPath(repository, target), { signal }));
      return 'deleted';
    } catch (error) {
      if (!isHubError(error) || error.neverSent) {
        throw error;
      }
      switch (error.kind) {
        case 'notFound':
          return 'gone';
        case 'forbidden':
          return /referenced/i.test(error.reason ?? '') ? 'stillReferenced' : 'denied';
        case 'unauthenticated':
          return 'denied';
        case 'rateLimited':
          throw error; // rejected before it was processed
        case 'rejected':
          return 'unsupported';
        default:
          return 'unconfirmed';
      }
    }
  }

  dispose(): void {
    for (const http of this.#clients.values()) {
      http.dispose();
    }
  }

  /** Retries with a new token after a 401, which means that the request had no effect. */
  async #withToken(
    repository: RepositoryRef,
    send: (http: HubHttp) => Promise<HubAnswer>,
  ): Promise<HubAnswer> {
    const http = this.#clientOf(repository);
    try {
      return await send(http);
    } catch (error) {
      if (!isHubError(error, 'unauthenticated')) {
        throw error;
      }
      this.#tokens.forget(repository);
      return send(http);
    }
  }

  #clientOf(repository: RepositoryRef): HubHttp {
    const name = formatRepository(repository);
    const known = this.#clients.get(name);
    if (known !== undefined) {
      return known;
    }
    const http = new HubHttp({
      ...this.#options,
      accessToken: () => this.#tokens.tokenFor(repository),
      tokenScheme: 'Bearer',
      mediaTypes,
    });
    this.#clients.set(name, http);
    return http;
  }
}

/** The registry does not accept a percent-encoded colon in a digest. */
function manifestPath({ namespace, name }: RepositoryRef, reference: string): string {
  return apiPath`/v2/${namespace}/${name}/manifests/${reference}`.replace(/%3A/gi, ':');
}

function readHead(answer: HubAnswer, reference: string): ManifestHead {
  const reported = answer.headers.get('docker-content-digest');
  const mediaType = answer.headers.get('content-type') ?? '';
  let found: Digest;
  try {
    found = parseDigest(reported ?? '');
  } catch {
    throw protocolError(answer, 'docker-content-digest: expected a digest');
  }
  if (reference.includes(':') && found !== reference) {
    throw protocolError(answer, 'docker-content-digest: of another manifest');
  }
  return { digest: found, mediaType, isIndex: isIndexType(mediaType) };
}
