/**
 * When a token ends by its own word (`exp`). The signature is not verified: only the server can do that.
 *
 * @returns `undefined` when the token does not say so readably.
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
