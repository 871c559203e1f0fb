import * as v from 'valibot';
import { isHubError } from './errors';
import { apiPath } from './http/apiPath';
import type { HubHttp } from './http/http';
import { type InconsistentListingError, type ListingRequest, readListing } from './listing/pages';
import { checkNextLink } from './listing/pageShape';
import type { Namespace, Repository } from './model';
import { type NamespaceName, parseNamespaceName, type RepositoryRef } from './names';
import type { Account } from './session/session';
import { decode, flag, list, namespaceName, object, repositoryName, text } from './wireShape';

const pageSize = 100;

const namespacesAnswer = object({ namespaces: list(namespaceName), next: v.nullish(text) });
const organisation = object({ orgname: namespaceName });
const repositoryEntry = object({
  name: repositoryName,
  repository_type: v.nullish(text),
  is_private: v.nullish(flag),
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
   * Lists the account's own namespace, then its organizations by name. Without a route for organizations, the list has
   * only the own namespace. The same applies to an organization's access token, for which no request is sent, because
   * the routes are for users.
   *
   * @throws {HubError} As {@link HubHttp.get}, and `protocol` if the answer has an unexpected shape.
   * @see GET /v2/repositories/namespaces, else GET /v2/user/orgs/; both are undocumented
   */
  async listNamespaces(
    { username, isOrganisation }: Account,
    signal?: AbortSignal,
  ): Promise<readonly Namespace[]> {
    const own = parseNamespaceName(username.toLowerCase());
    if (isOrganisation) {
      return [{ name: own, origin: 'organisation' }];
    }
    const others = new Set(await this.#listOthers(signal));
    others.delete(own);
    return [
      { name: own, origin: 'own' },
      ...[...others].sort().map((name) => ({ name, origin: 'organisation' }) as const),
    ];
  }

  /**
   * Lists all repositories of a namespace by name. The pages are read in parallel. Plugins are omitted, because they
   * are not images.
   *
   * @throws {HubError} As {@link HubHttp.get}, and `protocol` if the answer has an unexpected shape.
   * @see GET /v2/namespaces/{namespace}/repositories
   */
  async listRepositories(namespace: NamespaceName, signal?: AbortSignal): Promise<readonly Repository[]> {
    const entries = await this.#list({
      path: apiPath`/v2/namespaces/${namespace}/repositories`,
      query: { ordering: 'name' },
      pageSize,
      item: repositoryEntry,
      keyOf: ({ name }) => name,
      signal,
    });
    return entries
      .filter(({ repository_type: type }) => type !== 'plugin')
      .map((entry) => repositoryOf(namespace, entry));
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

  async #listOthers(signal: AbortSignal | undefined): Promise<readonly NamespaceName[]> {
    try {
      return await this.#listOwnNamespaces(signal);
    } catch (error) {
      if (!isNotOffered(error) && !isHubError(error, 'forbidden')) {
        throw error;
      }
    }
    try {
      return await this.#listOrganisations(signal);
    } catch (error) {
      if (!isNotOffered(error)) {
        throw error;
      }
      return [];
    }
  }

  /** The pages have no total count, so they are read one after another. */
  async #listOwnNamespaces(signal: AbortSignal | undefined): Promise<readonly NamespaceName[]> {
    const names: NamespaceName[] = [];
    for (let page = 1, hasNext = true; hasNext; page += 1) {
      const query = { page_size: pageSize, page: page === 1 ? undefined : page };
      const answer = await this.#http.get('/v2/repositories/namespaces', query, signal);
      const { namespaces, next } = decode(namespacesAnswer, answer);
      names.push(...namespaces);
      // An empty page ends the list, in case its link to the next page never ends.
      hasNext = checkNextLink(next, answer, { origin: this.#http.origin, page }) && namespaces.length > 0;
    }
    return names;
  }

  async #listOrganisations(signal: AbortSignal | undefined): Promise<readonly NamespaceName[]> {
    const organisations = await this.#list({
      path: '/v2/user/orgs/',
      pageSize,
      item: organisation,
      keyOf: ({ orgname }) => orgname,
      signal,
    });
    return organisations.map(({ orgname }) => orgname);
  }

  #list<T>(request: ListingRequest<T>): Promise<readonly T[]> {
    return readListing(this.#http, request, this.#onWillReadAgain);
  }
}

const notOfferedStatuses: readonly (number | undefined)[] = [404, 405, 501];

/** Whether the server does not have the route at all. */
function isNotOffered(error: unknown): boolean {
  return isHubError(error) && notOfferedStatuses.includes(error.status);
}

function repositoryOf(namespace: NamespaceName, entry: RepositoryEntry): Repository {
  return { namespace, name: entry.name, isPrivate: entry.is_private ?? undefined };
}
