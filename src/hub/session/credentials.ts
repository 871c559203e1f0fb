/** What a person signs in with. */
export interface Credentials {
  /** Docker ID, or the organisation that an organisation access token is of. */
  readonly username: string;
  /** A password, or an access token in its place. */
  readonly password: string;
}

/** How personal and organisation access tokens begin. */
const accessTokenPrefix = /^dckr_(?:pat|oat)_/;

const organisationTokenPrefix = 'dckr_oat_';

/**
 * Whether the secret is an access token: it can be revoked by itself and needs no second factor, so it may be kept to
 * renew the sign-in. A password may not.
 */
export function isAccessToken(secret: string): boolean {
  return accessTokenPrefix.test(secret);
}

/** Whether it is an access token of an organisation, which opens the routes of that one namespace and no user's. */
export function isOrganisationToken(secret: string): boolean {
  return secret.startsWith(organisationTokenPrefix);
}
