import * as v from 'valibot';
import { HubError, isHubError, isNotOffered } from './errors';
import { apiPath } from './http/apiPath';
import type { HubHttp } from './http/http';
import { LinkedAbort } from './http/linkedAbort';
import { type InconsistentListingError, type ListingRequest, readListing } from './listing/pages';
import { checkNextLink } from './listing/pageShape';
import { readUncounted, type UncountedPage } from './listing/uncountedListing';
import type { Namespace, Repository } from './model';
import { type NamespaceName, parseListedNamespaceName, type RepositoryRef } from './names';
import type { ReadableList } from './readableList';
import type { Account } from './session/session';
import {
  count,
  decode,
  flag,
  instant,
  namespaceName,
  object,
  readableList,
  repositoryName,
  text,
  unlessUnreadable,
} from './wireShape';

const pageSize = 100;

const namespacesAnswer = object({ namespaces: readableList(namespaceName), next: v.nullish(text) });
const organization = object({ orgname: namespaceName });
const repositoryEntry = object({
  name: repositoryName,
  repository_type: v.nullish(text),
  is_private: v.nullish(flag),
  // only displayed, so a wrong value makes no repository unreadable
  storage_size: unlessUnreadable(count),
  last_updated: unlessUnreadable(instant),
  pull_count: unlessUnreadable(count),
});

type RepositoryEntry = v.InferOutput<typeof repositoryEntry>;

/** Reads the namespaces and repositories that are visible to the signed-in account. */
export class HubDirectory {
  readonly #http: HubHttp;
  readonly #onWillReadAgain: (number: number, contradiction: InconsistentListingError) => void;

  /** @param onWillReadAgain Called with the number of the next reading, from 2, when a list contradicted itself. */
  constructor(
    http: HubHttp,
    onWillReadAgain: (number: number, contradiction: InconsistentListingError) => void = () => undefined,
  ) {
    this.#http = http;
    this.#onWillReadAgain = onWillReadAgain;
  }

  /**
   * Lists the account's own namespace, then its organizations by name, also those of which the user is only a member.
   * Without a route for organizations, the list has only the own namespace. The same applies to an organization's access token, for which no request is sent, because
   * the routes are for users.
   *
   * @returns The namespaces, and what of the server's list could not be read, such as a name that cannot be used in a
   * path.
   * @throws {HubError} As {@link HubHttp.get}, and `protocol` if the answer has an unexpected shape.
   * @see GET /v2/repositories/namespaces and GET /v2/user/orgs/; both are undocumented
   */
  async listNamespaces(
    { username, isOrganisation }: Account,
    signal?: AbortSignal,
  ): Promise<ReadableList<Namespace>> {
    const own = namespaceOf(username);
    if (isOrganisation) {
      return { items: own.map((name) => ({ name, origin: 'organization' })), unread: [] };
    }
    const { items, unread } = await this.#listOthers(signal);
    const others = [...new Set(items)].filter((name) => !own.includes(name)).sort();
    return {
      items: [
        ...own.map((name) => ({ name, origin: 'own' }) as const),
        ...others.map((name) => ({ name, origin: 'organization' }) as const),
      ],
      unread,
    };
  }

  /**
   * Lists all repositories of a namespace by name. The pages are read in parallel. Plugins are omitted, because they
   * are not images.
   *
   * @returns The repositories, and what of the list could not be read, such as a name that cannot be used in a path.
   * @throws {HubError} As {@link HubHttp.get}, and `protocol` if the answer has an unexpected shape.
   * @see GET /v2/namespaces/{namespace}/repositories
   */
  async listRepositories(namespace: NamespaceName, signal?: AbortSignal): Promise<ReadableList<Repository>> {
    const { items, unread } = await this.#list({
      path: apiPath`/v2/namespaces/${namespace}/repositories`,
      query: { ordering: 'name' },
      pageSize,
      item: repositoryEntry,
      keyOf: ({ name }) => name,
      signal,
    });
    const images = items.filter(({ repository_type: type }) => type !== 'plugin');
    return { items: images.map((entry) => repositoryOf(namespace, entry)), unread };
  }

  /**
   * Reads one repository.
   *
   * @throws {HubError} `notFound`: it does not exist, or it is not visible to the account.
   * @see GET /v2/namespaces/{namespace}/repositories/{repository}
   */
  async getRepository({ namespace, name }: RepositoryRef, signal?: AbortSignal): Promise<Repository> {
    const answer = await this.#http.get(
      apiPath`/v2/namespaces/${namespace}/repositories/${name}`,
      {},
      signal,
    );
    return repositoryOf(namespace, decode(repositoryEntry, answer));
  }

  /** The first route lists what the user may own repositories in, the second also what the user is only a member of. */
  async #listOthers(signal: AbortSignal | undefined): Promise<ReadableList<NamespaceName>> {
    const abort = new LinkedAbort([signal]);
    try {
      return joined(
        await Promise.all([
          attempt(this.#listOwnNamespaces(abort.signal), isHidden),
          attempt(this.#listOrganisations(abort.signal), isNotOffered),
        ]),
      );
    } finally {
      abort.dispose();
    }
  }

  /** The pages have no total count, so they are read one after another. */
  #listOwnNamespaces(signal: AbortSignal | undefined): Promise<ReadableList<NamespaceName>> {
    return readUncounted({ pageSize, read: (page) => this.#readOwnNamespaces(page, signal) });
  }

  async #readOwnNamespaces(
    page: number,
    signal: AbortSignal | undefined,
  ): Promise<UncountedPage<NamespaceName>> {
    const query = { page_size: pageSize, page: page === 1 ? undefined : page };
    const answer = await this.#http.get('/v2/repositories/namespaces', query, signal);
    const { namespaces, next } = decode(namespacesAnswer, answer);
    return { ...namespaces, hasNext: checkNextLink(next, answer, { origin: this.#http.origin, page }) };
  }

  async #listOrganisations(signal: AbortSignal | undefined): Promise<ReadableList<NamespaceName>> {
    const { items, unread } = await this.#list({
      path: '/v2/user/orgs/',
      pageSize,
      item: organization,
      keyOf: ({ orgname }) => orgname,
      signal,
    });
    return { items: items.map(({ orgname }) => orgname), unread };
  }

  #list<T>(request: ListingRequest<T>): Promise<ReadableList<T>> {
    return readListing(this.#http, request, this.#onWillReadAgain);
  }
}

/** Whether the server does not have the route, or not for this token, so that only the other one counts. */
function isHidden(error: unknown): boolean {
  return isNotOffered(error) || isHubError(error, 'forbidden');
}

/** What a route lists, or why it failed. */
type Attempt = ReadableList<NamespaceName> | HubError | 'notOffered';

/** @throws {HubError} A failure that is not about the route alone. */
async function attempt(
  reading: Promise<ReadableList<NamespaceName>>,
  isMissing: (error: unknown) => boolean,
): Promise<Attempt> {
  try {
    return await reading;
  } catch (error) {
    if (isMissing(error)) {
      return 'notOffered';
    }
    if (isHubError(error, 'forbidden', 'notFound', 'server', 'protocol', 'rejected', 'tooLarge')) {
      return error;
    }
    throw error;
  }
}

/**
 * Joins what several routes list. If one of them failed, the others are kept, and the gap is named.
 *
 * @throws {HubError} None of them has listed anything, and one has failed.
 */
function joined(attempts: readonly Attempt[]): ReadableList<NamespaceName> {
  const failures = attempts.filter((each) => each instanceof HubError);
  const lists = attempts.filter((each) => typeof each === 'object' && 'items' in each);
  const [failure] = failures;
  if (failure !== undefined && lists.length === 0) {
    throw failure;
  }
  const items = lists.flatMap((list) => list.items);
  const gaps = failures.map(({ path, kind }) => ({
    position: items.length,
    count: undefined,
    reason: `${path} could not be read: ${kind}`,
  }));
  return { items, unread: [...lists.flatMap((list) => list.unread), ...gaps] };
}

/** None for a user name such as an email address, which names no namespace. */
function namespaceOf(username: string): readonly NamespaceName[] {
  try {
    return [parseListedNamespaceName(username.toLowerCase())];
  } catch {
    return [];
  }
}

function repositoryOf(namespace: NamespaceName, entry: RepositoryEntry): Repository {
  return {
    namespace,
    name: entry.name,
    isPrivate: entry.is_private ?? undefined,
    ...(entry.storage_size !== undefined && { storageBytes: entry.storage_size }),
    ...(entry.last_updated !== undefined && { lastUpdated: entry.last_updated }),
    ...(entry.pull_count !== undefined && { pullCount: entry.pull_count }),
  };
}
