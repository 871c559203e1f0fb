import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';

const header = encode({ alg: 'HS256', typ: 'JWT' });

type TokenUse = 'bearer' | 'organization' | 'secondFactor' | 'registry';

/** What a token of the registry allows. */
export interface RegistryAccess {
  readonly type: 'repository';
  readonly name: string;
  readonly actions: readonly string[];
  readonly parameters?: Readonly<Record<string, string>>;
}

interface Claims {
  readonly sub: string;
  readonly use: TokenUse;
  readonly generation: number;
  readonly exp: number;
  readonly access?: readonly RegistryAccess[];
}

/** Tokens of the shape Docker Hub gives out, signed with a key that dies with the sandbox. */
export class TokenIssuer {
  readonly #key = randomBytes(32);
  readonly #lifetimeMs: number;
  readonly #now: () => Date;
  /** By a fingerprint, so that no token carries one. */
  readonly #organisationSecrets = new Map<string, string>();
  #generation = 0;

  constructor(lifetimeMs: number, now: () => Date) {
    this.#lifetimeMs = lifetimeMs;
    this.#now = now;
  }

  /** @param use What it may be sent as: a bearer of requests, or the first half of a login with a second factor. */
  issue(
    username: string,
    use: TokenUse = 'bearer',
    lifetimeMs = this.#lifetimeMs,
    access?: readonly RegistryAccess[],
  ): string {
    const now = this.#now().getTime();
    const payload = encode({
      sub: username,
      jti: randomUUID(),
      use,
      generation: this.#generation,
      iat: Math.floor(now / 1000),
      exp: Math.ceil((now + lifetimeMs) / 1000),
      ...(access !== undefined && { access }),
    });
    return `${header}.${payload}.${this.#sign(payload)}`;
  }

  /** Bearer token of requests for an organization; it names the organization and does not contain the secret. */
  issueToOrganisation(name: string, secret: string, lifetimeMs: number): string {
    const fingerprint = createHmac('sha256', this.#key).update(secret).digest('base64url');
    this.#organisationSecrets.set(fingerprint, secret);
    return this.issue(`${name}/${fingerprint}`, 'organization', lifetimeMs);
  }

  /** @returns Name and access token of the organization; `undefined` as for {@link verify}. */
  verifyOrganisation(token: string): { readonly name: string; readonly secret: string } | undefined {
    const [name = '', fingerprint = ''] = this.#claims(token, 'organization')?.sub.split('/') ?? [];
    const secret = this.#organisationSecrets.get(fingerprint);
    return secret === undefined ? undefined : { name, secret };
  }

  /** @returns The user name, or `undefined` for a token that is not ours, has expired or was revoked. */
  verify(token: string, use: TokenUse = 'bearer'): string | undefined {
    return this.#claims(token, use)?.sub;
  }

  /** @returns What a token of the registry allows; `undefined` for one that does not hold. */
  access(token: string): readonly RegistryAccess[] | undefined {
    return this.#claims(token, 'registry')?.access;
  }

  #claims(token: string, use: TokenUse): Claims | undefined {
    const [, payload, signature] = token.split('.');
    if (payload === undefined || signature === undefined || !this.#isSigned(payload, signature)) {
      return undefined;
    }
    // only `issue` signs, so the payload has the shape written there
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
    const isValid =
      claims.use === use &&
      claims.generation === this.#generation &&
      claims.exp * 1000 > this.#now().getTime();
    return isValid ? claims : undefined;
  }

  /** Every token given out so far is refused from now on. */
  revokeAll(): void {
    this.#generation += 1;
  }

  #isSigned(payload: string, signature: string): boolean {
    const expected = Buffer.from(this.#sign(payload));
    const actual = Buffer.from(signature);
    return expected.length === actual.length && timingSafeEqual(expected, actual);
  }

  #sign(payload: string): string {
    return createHmac('sha256', this.#key).update(`${header}.${payload}`).digest('base64url');
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
