/** What a user signs in with. */
export interface Credentials {
  /** Docker ID, or the organization's name for an organization access token. */
  readonly username: string;
  /** A password or an access token. */
  readonly password: string;
}

/** Prefixes of personal and organization access tokens. */
const accessTokenPrefix = /^dckr_(?:pat|oat)_/;

/** Blanks, line breaks and characters without width, which come along when a token is copied. */
const aroundToken = /^[\s\u200B-\u200D\u2060\uFEFF]+|[\s\u200B-\u200D\u2060\uFEFF]+$/g;

const organisationTokenPrefix = 'dckr_oat_';

/**
 * Whether the secret is an access token, personal or of an organization. An access token can be revoked separately and
 * needs no second factor, so it may be stored to renew the sign-in. A password must not be stored.
 */
export function isAccessToken(secret: string): boolean {
  return accessTokenPrefix.test(secret);
}

/** Whether the secret is an organization access token, which gives access to one namespace and to no user routes. */
export function isOrganisationToken(secret: string): boolean {
  return secret.startsWith(organisationTokenPrefix);
}

/**
 * Removes what was copied along with an access token: everything that begins with `dckr_` is taken for one. A password is
 * left as it is, because blanks may be part of it.
 */
export function trimSecret(secret: string): string {
  const trimmed = secret.replace(aroundToken, '');
  return trimmed.startsWith('dckr_') ? trimmed : secret;
}
