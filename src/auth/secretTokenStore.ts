import type { Disposable, SecretStorage } from 'vscode';
import type { SignedIn, TokenStore } from '../hub/session';

const keyPrefix = 'hubImages.token:';

/** The sign-in to one server in the editor's secret storage, and nowhere else. */
export class SecretTokenStore implements TokenStore {
  /** Names the server and nothing secret. */
  readonly #key: string;
  readonly #secrets: SecretStorage;

  /** @param origin Such as `https://hub.docker.com`; a token kept for one server is never found for another. */
  constructor(secrets: SecretStorage, origin: string) {
    this.#secrets = secrets;
    this.#key = `${keyPrefix}${origin}`;
  }

  /** The token was kept or forgotten, here or in another window. */
  onDidChange(listener: () => void): Disposable {
    return this.#secrets.onDidChange(({ key }) => {
      if (key === this.#key) {
        listener();
      }
    });
  }

  async get(): Promise<SignedIn | undefined> {
    const kept = await this.#secrets.get(this.#key);
    return kept === undefined ? undefined : parseSignedIn(kept);
  }

  async set({ username, token, accessToken }: SignedIn): Promise<void> {
    await this.#secrets.store(this.#key, JSON.stringify({ username, token, accessToken }));
  }

  async delete(): Promise<void> {
    await this.#secrets.delete(this.#key);
  }
}

/** An entry that cannot be read counts as signed out. */
function parseSignedIn(kept: string): SignedIn | undefined {
  try {
    const value: unknown = JSON.parse(kept);
    return isSignedIn(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isSignedIn(value: unknown): value is SignedIn {
  return (
    typeof value === 'object' &&
    value !== null &&
    'username' in value &&
    typeof value.username === 'string' &&
    'token' in value &&
    typeof value.token === 'string' &&
    (!('accessToken' in value) || typeof value.accessToken === 'string')
  );
}
