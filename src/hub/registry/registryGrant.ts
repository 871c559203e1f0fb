import * as v from 'valibot';

/** What a registry token allows in one repository. */
export interface RegistryGrant {
  readonly actions: readonly string[];
  /** Whether the registry took nobody's word for who asks. */
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
 * Reads what a token was really granted: it may be less than what was asked for, with the same status. The signature is
 * not verified; only the registry can do that.
 *
 * @param fullName `namespace/name`
 */
export function grantOf(token: string, fullName: string): RegistryGrant {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const entries = v.parse(claims, payload).access.flatMap((one) => {
      const result = v.safeParse(entry, one);
      return result.success ? [result.output] : [];
    });
    const own = entries.find(({ type, name }) => type === 'repository' && name === fullName);
    return own === undefined
      ? nothing
      : { actions: own.actions, isAnonymous: own.parameters?.['pull_limit'] !== undefined };
  } catch {
    return nothing;
  }
}
