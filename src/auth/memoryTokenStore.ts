import type { SignedIn, TokenStore } from '../hub/session/session';

/** Forgets everything with the server it is for: the sandbox's. */
export class MemoryTokenStore implements TokenStore {
  #signedIn: SignedIn | undefined;

  get(): Promise<SignedIn | undefined> {
    return Promise.resolve(this.#signedIn);
  }

  set(signedIn: SignedIn): Promise<void> {
    this.#signedIn = signedIn;
    return Promise.resolve();
  }

  delete(): Promise<void> {
    this.#signedIn = undefined;
    return Promise.resolve();
  }
}
