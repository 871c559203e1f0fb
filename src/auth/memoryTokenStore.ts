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

  renew(signedIn: SignedIn): Promise<boolean> {
    const known = this.#signedIn;
    const isSame = known?.username === signedIn.username && known.accessToken === signedIn.accessToken;
    this.#signedIn = isSame ? signedIn : known;
    return Promise.resolve(isSame);
  }

  delete(): Promise<void> {
    this.#signedIn = undefined;
    return Promise.resolve();
  }
}
