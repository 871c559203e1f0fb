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
}
