import * as v from 'valibot';
import type { DeletionRight } from '../deletionRight';
import { type Digest, parseDigest } from '../digest';
import { HubError, isHubError } from '../errors';
import { apiPath } from '../http/apiPath';
import { type HubAnswer, type HubFetch, HubHttp, type HubHttpOptions } from '../http/http';
import type { PullQuota } from '../imageApi';
import { formatRepository, type RepositoryRef } from '../names';
import { type Credentials, isOrganisationToken } from '../session/credentials';
import { count, decode, digest, nullableList, object, protocolError, text } from '../wireShape';
import { kindOf } from './manifestKind';
import type { IndexEntry, ManifestContent, ManifestDeletion, ManifestHead, Registry } from './registry';
import { grantIn, grantOf, includesDelete } from './registryGrant';
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
  object({ digest, size: v.nullish(count), platform: v.nullish(platform) }),
  v.transform((wire): IndexEntry => ({
    digest: wire.digest,
    size: wire.size ?? undefined,
    platform: platformText(wire.platform ?? {}),
    isAttestation: wire.platform?.os === 'unknown' && wire.platform.architecture === 'unknown',
  })),
);
/** An index of OCI or Docker, or any other manifest; every field is optional somewhere. */
const manifestBody = object({
  mediaType: v.nullish(text),
  manifests: v.optional(nullableList(indexEntry)),
  subject: v.nullish(object({ digest })),
});
const referrersBody = object({ manifests: nullableList(object({ digest })) });
const tagsBody = object({ tags: nullableList(text) });

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
  #pullQuota: PullQuota | undefined;

  constructor(options: RegistryClientOptions) {
    this.#options = options;
    const { realm, service, credentials, timeoutMs, log, now = () => new Date(), fetch } = options;
    this.#tokens = new RegistryTokens({ realm, service, credentials, timeoutMs, log, now, fetch });
  }

  get pullQuota(): PullQuota | undefined {
    return this.#pullQuota;
  }

  /** @throws {HubError} `gone`: a 404 that does not come from a registry that knows the repository. */
  async head(
    repository: RepositoryRef,
    reference: string,
    signal?: AbortSignal,
  ): Promise<ManifestHead | undefined> {
    const path = manifestPath(repository, reference);
    const answer = await this.#withToken(repository, (http) => http.head(path, { accept: [404], signal }));
    if (answer.status !== 404) {
      return readHead(answer, reference);
    }
    if (saysManifestUnknown(answer)) {
      return undefined;
    }
    throw new HubError('gone', { method: 'HEAD', path, status: 404 });
  }

  async readManifest(
    repository: RepositoryRef,
    wanted: Digest,
    signal?: AbortSignal,
  ): Promise<ManifestContent | undefined> {
    try {
      const answer = await this.#withToken(repository, (http) =>
        http.get(manifestPath(repository, wanted), {}, signal),
      );
      const body = decode(manifestBody, answer);
      const mediaType = answer.headers.get('content-type') ?? body.mediaType ?? '';
      const entries = body.manifests; // null is an index without manifests, as Go writes it
      if (kindOf(mediaType) === 'index' && entries === undefined) {
        throw protocolError(answer, 'manifests: missing');
      }
      return { mediaType, entries: entries ?? [], subject: body.subject?.digest };
    } catch (error) {
      if (isHubError(error, 'notFound')) {
        return undefined;
      }
      throw error;
    }
  }

  async referrers(
    repository: RepositoryRef,
    subject: Digest,
    signal?: AbortSignal,
  ): Promise<readonly Digest[] | undefined> {
    const { namespace, name } = repository;
    const path = withColons(apiPath`/v2/${namespace}/${name}/referrers/${subject}`);
    const found = new Set<Digest>();
    let query: Readonly<Record<string, string>> = {};
    for (;;) {
      try {
        const answer = await this.#withToken(repository, (http) => http.get(path, query, signal));
        const before = found.size;
        decode(referrersBody, answer).manifests.forEach((entry) => found.add(entry.digest));
        const next = nextQuery(answer.headers.get('link'));
        if (next === undefined) {
          return [...found];
        }
        if (found.size === before) {
          throw protocolError(answer, 'link: leads in a circle');
        }
        query = next;
      } catch (error) {
        // A registry without this route answers 404 or 405, with or without a body.
        if (isHubError(error) && (error.status === 404 || error.status === 405)) {
          return undefined;
        }
        throw error;
      }
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
      if (tags.size === before) {
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
    return includesDelete(grantOf(token, formatRepository(repository)));
  }

  async deletionRight(repository: RepositoryRef): Promise<DeletionRight> {
    const credentials = await this.#options.credentials();
    if (credentials === undefined) {
      return 'accessTokenNeeded';
    }
    const grant = grantIn(await this.#tokens.tokenFor(repository), formatRepository(repository));
    if (grant === undefined || grant.isAnonymous) {
      return 'unknown';
    }
    if (includesDelete(grant)) {
      return 'granted';
    }
    if (isOrganisationToken(credentials.password)) {
      return 'organizationToken';
    }
    const isOwner = repository.namespace === credentials.username.toLowerCase(); // so the account may delete
    return isOwner ? (grant.actions.includes('push') ? 'tokenWithoutDelete' : 'readOnlyToken') : 'notGranted';
  }

  async deleteManifest(
    repository: RepositoryRef,
    target: Digest,
    signal?: AbortSignal,
  ): Promise<ManifestDeletion> {
    try {
      const http = this.#clientOf(repository);
      this.#noted(await http.delete(manifestPath(repository, target), { signal }));
      return { kind: 'deleted' };
    } catch (error) {
      if (!isHubError(error) || error.neverSent) {
        throw error;
      }
      const reason = error.reason === undefined ? {} : { reason: error.reason };
      switch (error.kind) {
        case 'notFound': // only the registry's own word is about the manifest
          return { kind: error.code === 'MANIFEST_UNKNOWN' ? 'gone' : 'unconfirmed', ...reason };
        case 'forbidden':
          return { kind: /referenced/i.test(error.reason ?? '') ? 'stillReferenced' : 'denied', ...reason };
        case 'unauthenticated':
          this.#tokens.forget(repository);
          throw error;
        case 'rateLimited':
          throw error; // rejected before it was processed
        case 'gone': // the route, not the manifest
        case 'rejected':
          return { kind: 'unsupported', ...reason };
        default:
          return { kind: 'unconfirmed', ...reason };
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
      return this.#noted(await send(http));
    } catch (error) {
      if (!isHubError(error, 'unauthenticated')) {
        throw error;
      }
      this.#tokens.forget(repository);
      return this.#noted(await send(http));
    }
  }

  #noted(answer: HubAnswer): HubAnswer {
    this.#pullQuota = quotaOf(answer.headers.get('ratelimit-remaining')) ?? this.#pullQuota;
    return answer;
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

function manifestPath({ namespace, name }: RepositoryRef, reference: string): string {
  return withColons(apiPath`/v2/${namespace}/${name}/manifests/${reference}`);
}

/** The registry does not accept a percent-encoded colon in a digest. */
function withColons(path: string): string {
  return path.replace(/%3A/gi, ':');
}

function platformText({ os, architecture, variant }: v.InferOutput<typeof platform>): string | undefined {
  return [os, architecture, variant].filter(Boolean).join('/') || undefined;
}

/** A registry answers in JSON about a manifest that it does not have, and in plain text about a route. */
function saysManifestUnknown({ headers }: HubAnswer): boolean {
  const isRegistry = headers.get('docker-distribution-api-version') !== null;
  return isRegistry && /^application\/json\b/i.test(headers.get('content-type') ?? '');
}

/**
 * The query of the link to the next page, without its address, which could be that of another server.
 *
 * @returns `undefined` if there is no next page.
 */
function nextQuery(link: string | null): Readonly<Record<string, string>> | undefined {
  const [, target] = /<([^>]*)>\s*;\s*rel="?next"?/.exec(link ?? '') ?? [];
  const query = target?.split('?')[1];
  return query === undefined ? undefined : Object.fromEntries(new URLSearchParams(query));
}

/** @param header Such as `20;w=21600`, with the window in seconds. */
function quotaOf(header: string | null): PullQuota | undefined {
  const [, remaining, windowSeconds] = /^(\d+)(?:;w=(\d+))?$/.exec(header ?? '') ?? [];
  return remaining === undefined
    ? undefined
    : {
        remaining: Number(remaining),
        windowSeconds: windowSeconds === undefined ? undefined : Number(windowSeconds),
      };
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
  return { digest: found, mediaType, kind: kindOf(mediaType) };
}
