import type { ManifestError, ManifestWarning } from '../../../src/sandbox/deletion';
import { offContractHeader } from '../../support/contract';

export interface Answered<Body> {
  readonly status: number;
  readonly body: Body;
}

export interface RequestOptions {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Why the request departs from the contract. */
  readonly offContract?: string;
  readonly signal?: AbortSignal;
}

export interface SummaryBody {
  readonly active_from: string;
  readonly statistics: { readonly total: number; readonly active: number; readonly inactive: number };
}

export interface ImageBody {
  readonly digest: string;
  readonly tags: readonly { readonly tag: string; readonly is_current: boolean }[];
  readonly last_pushed: string | null;
  readonly last_pulled: string | null;
  readonly status: string;
}

export interface PageBody<T> {
  readonly count: number;
  readonly next: string | null;
  readonly previous: string | null;
  readonly results: readonly T[];
}

export interface DeletionBody {
  readonly dry_run?: boolean;
  readonly metrics?: Readonly<Record<string, number>>;
  readonly message?: string;
  readonly errinfo?: {
    readonly type?: string;
    readonly details?: {
      readonly errors: readonly ManifestError[];
      readonly warnings: readonly ManifestWarning[];
    };
  };
}

/** The thinnest client there can be, so that the tests see what the sandbox really says. */
export class TestClient {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(url: string, token?: string) {
    this.#url = url;
    this.#headers = token === undefined ? {} : { authorization: `JWT ${token}` };
  }

  /** @param Body What the test expects; the contract is what checks it. */
  async request<Body>(path: string, options: RequestOptions = {}): Promise<Answered<Body>> {
    const {
      method = options.body === undefined ? 'GET' : 'POST',
      body,
      offContract,
      headers,
      signal = null,
    } = options;
    const response = await fetch(new URL(path, this.#url), {
      method,
      signal,
      headers: {
        ...this.#headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(offContract === undefined ? {} : { [offContractHeader]: offContract }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Body };
  }

  summary(repository: string, query = '', options?: RequestOptions): Promise<Answered<SummaryBody>> {
    return this.request(`${pathOf(repository)}/images-summary${query}`, options);
  }

  images(repository: string, query = '', options?: RequestOptions): Promise<Answered<PageBody<ImageBody>>> {
    return this.request(`${pathOf(repository)}/images${query}`, options);
  }

  deleteImages(namespace: string, body: unknown, options?: RequestOptions): Promise<Answered<DeletionBody>> {
    return this.request(`/v2/namespaces/${namespace}/delete-images`, { ...options, body });
  }
}

/** A client with the token of an account. */
export async function signIn(
  url: string,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<TestClient> {
  const answer = await new TestClient(url).request<{ token: string }>('/v2/users/login', {
    body: { username, password },
  });
  return new TestClient(url, answer.body.token);
}

function pathOf(repository: string): string {
  const [namespace = '', name = ''] = repository.split('/');
  return `/v2/namespaces/${namespace}/repositories/${name}`;
}
