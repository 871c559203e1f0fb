import { HubError, type HubErrorKind } from '../../src/hub/errors';
import type { ListServer } from '../../src/hub/registry/repositoryLists';
import { digestOf } from './images';

/** A page as the server writes it, or the kind of the error with which the request fails. */
export type WireAnswer = object | HubErrorKind;

/** Answers of a server with lists of a repository. */
export interface ListAnswers {
  /** @param cursor Empty for the first page. */
  readonly manifests?: (cursor: string) => WireAnswer;
  /** @param page From 1. */
  readonly tags?: (page: number) => WireAnswer;
}

/** A server without a connection, and the requests it has got. */
export interface TestListServer {
  readonly http: ListServer;
  /** Cursors of the requests for manifests, in their order; empty for the first page. */
  readonly cursors: readonly string[];
  /** Pages of tags that were requested, in their order. */
  readonly pages: readonly number[];
  /** Paths of all requests, with the queries. */
  readonly urls: readonly string[];
  readonly signals: ReadonlySet<AbortSignal | undefined>;
}

const origin = 'https://hub.example';

/** By default, there is no list of manifests, and the list of tags is empty. */
export function listServer({
  manifests = () => 'gone',
  tags = () => tagPage([]),
}: ListAnswers): TestListServer {
  const cursors: string[] = [];
  const pages: number[] = [];
  const urls: string[] = [];
  const signals = new Set<AbortSignal | undefined>();
  const answerTo = (path: string, query: Parameters<ListServer['get']>[1] = {}): WireAnswer => {
    const given = Object.entries(query).filter(([, value]) => value !== undefined);
    urls.push(`${path}?${given.map(([name, value]) => `${name}=${value}`).join('&')}`);
    if (path.endsWith('/manifests')) {
      const cursor = String(query['last_evaluated_key'] ?? '');
      cursors.push(cursor);
      return manifests(cursor);
    }
    const page = Number(query['page']);
    pages.push(page);
    return tags(page);
  };
  const get: ListServer['get'] = (path, query, signal) => {
    signals.add(signal);
    const answer = answerTo(path, query);
    return typeof answer === 'string'
      ? Promise.reject(new HubError(answer, { method: 'GET', path }))
      : Promise.resolve({ method: 'GET', path, status: 200, body: answer, headers: { get: () => null } });
  };
  return { http: { get, origin }, cursors, pages, urls, signals };
}

/** A page of the list of manifests, by their seeds. */
export function manifestPage(seeds: readonly string[], next = ''): object {
  return {
    manifests: seeds.map((seed) => ({ manifest_digest: digestOf(seed) })),
    last_evaluated_key: next,
  };
}

export interface TagPageFacts {
  /** The number of entries by default. */
  readonly count?: number;
  readonly hasNext?: boolean;
}

/** A page of the list of tags, by their names, or by whole entries. */
export function tagPage(tags: readonly (string | object)[], facts: TagPageFacts = {}): object {
  return {
    count: facts.count ?? tags.length,
    next: facts.hasNext === true ? `${origin}/next` : null,
    previous: null,
    results: tags.map((tag) => (typeof tag === 'string' ? { name: tag } : tag)),
  };
}
