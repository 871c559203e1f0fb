/**
 * Whether images may be deleted, as far as that is known before anything is checked:
 *
 * - `granted`: the account and its token may delete
 * - `accessTokenNeeded`: the sign-in is with a password, and deleting needs an access token
 * - `readOnlyToken`: the access token may only read
 * - `tokenWithoutDelete`: the access token may not delete
 * - `organizationToken`: the access token of the organization may not delete in this repository
 * - `notGranted`: the access token or the role of its account does not allow it; which of them is not known
 * - `unknown`: nothing says that it is not allowed
 */
export type DeletionRight =
  | 'granted'
  | 'accessTokenNeeded'
  | 'readOnlyToken'
  | 'tokenWithoutDelete'
  | 'organizationToken'
  | 'notGranted'
  | 'unknown';

/** Whether it is the token that lacks the permission, and not its account. */
export function isTokenLacking(right: DeletionRight): boolean {
  return right === 'readOnlyToken' || right === 'tokenWithoutDelete' || right === 'organizationToken';
}

/** Whether the server's reason for a refusal is that the token lacks the permission. */
export function saysTokenIsLacking(reason: string | undefined): boolean {
  return /\binsufficient[ _]scope\b/i.test(reason ?? '');
}
