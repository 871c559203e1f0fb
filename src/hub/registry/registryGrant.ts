import * as v from 'valibot';

/** The permissions of a registry token in one repository. */
export interface RegistryGrant {
  /** Such as `pull`, `push` and `delete`; `*` stands for all. */
  readonly actions: readonly string[];
  /** Whether the token was issued for anonymous access. */
  readonly isAnonymous: boolean;
}

const nothing: RegistryGrant = { actions: [], isAnonymous: true };

const entry = v.object({
  type: v.string(),
  name: v.string(),
  actions: v.array(v.string()),
  parameters: v.optional(v.record(v.string(), v.unknown())),
});
const claims = v.object({ access: v.array(v.unknown()) });

/**
 * As {@link grantIn}.
 *
 * @returns No permissions if the token cannot be read or is for another repository.
 */
export function grantOf(token: string, fullName: string): RegistryGrant {
  return grantIn(token, fullName) ?? nothing;
}

/** Whether the permissions include deletion. */
export function includesDelete({ actions, isAnonymous }: RegistryGrant): boolean {
  return !isAnonymous && (actions.includes('delete') || actions.includes('*'));
}

/**
 * Reads the permissions that a token actually grants: the token service may grant less than requested and still answer
 * 200. The signature is not verified; only the registry can do that.
 *
 * @param token JSON Web Token.
 * @param fullName `namespace/name`
 * @returns `undefined` if the token cannot be read or is for another repository.
 */
export function grantIn(token: string, fullName: string): RegistryGrant | undefined {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const entries = v.parse(claims, payload).access.flatMap((one) => {
      const result = v.safeParse(entry, one);
      return result.success ? [result.output] : [];
    });
    const own = entries.find(({ type, name }) => type === 'repository' && name === fullName);
    return own === undefined
      ? undefined
      : { actions: own.actions, isAnonymous: own.parameters?.['pull_limit'] !== undefined };
  } catch {
    return undefined;
  }
}
