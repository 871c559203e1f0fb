/**
 * Reads the expiry of a JSON web token from its `exp` claim (Unix seconds). Its signature is not verified, which only
 * the server can do.
 *
 * @returns `undefined` if the token is not a JSON web token or has no valid `exp`.
 */
export function tokenExpiry(token: string): Date | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) {
    return undefined;
  }
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const exp = typeof claims === 'object' && claims !== null && 'exp' in claims ? claims.exp : undefined;
    const expiry = typeof exp === 'number' ? new Date(exp * 1000) : undefined;
    return expiry === undefined || Number.isNaN(expiry.getTime()) ? undefined : expiry;
  } catch {
    return undefined;
  }
}
