/**
 * Reads the claims of a JSON web token. Its signature is not verified, which only the server can do.
 *
 * @returns `undefined` if the token is not a JSON web token.
 */
export function tokenClaims(token: string): object | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) {
    return undefined;
  }
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return typeof claims === 'object' && claims !== null ? claims : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads the expiry of a JSON web token from its `exp` claim (Unix seconds).
 *
 * @returns `undefined` if the token is not a JSON web token or has no valid `exp`.
 */
export function tokenExpiry(token: string): Date | undefined {
  const claims = tokenClaims(token);
  const exp = claims !== undefined && 'exp' in claims ? claims.exp : undefined;
  const expiry = typeof exp === 'number' ? new Date(exp * 1000) : undefined;
  return expiry === undefined || Number.isNaN(expiry.getTime()) ? undefined : expiry;
}
