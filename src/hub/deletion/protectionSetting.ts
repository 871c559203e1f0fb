import type { ProtectionPattern } from './protection';

/**
 * What the values of `hubImages.protect` amount to:
 *
 * - `valid`: every pattern of every value
 * - `invalid`: at least one entry is not a pattern, so that it is not known what must be protected. Nothing may be planned.
 */
export type ProtectionSetting =
  | { readonly kind: 'valid'; readonly patterns: readonly ProtectionPattern[] }
  | {
      readonly kind: 'invalid';
      /** The entries that are not patterns, as they were written; at least one. */
      readonly entries: readonly unknown[];
    };

/** Characters of names, tags and globs: ASCII without separators. `@` only begins a group, so that no digest is accepted. */
const part = /(?:(?![/:@])[!-~]|@(?=\())+/.source;
/** `namespace/name`, with or without `:tag`. package.json has the same. */
const patternForm = new RegExp(`^${part}/${part}(?::${part})?$`);

/**
 * Parses all values of the setting together: the patterns of one value are added to those of another. It does not compile
 * them; `Protection` refuses a pattern that is not a complete glob.
 *
 * @param values One for each place where the setting is written; `undefined` where it is not written. Each is a list of
 * patterns, or a single pattern.
 */
export function parseProtectionSetting(values: readonly unknown[]): ProtectionSetting {
  const entries = values.filter((value) => value !== undefined).flatMap(entriesOf);
  const invalid = entries.filter((entry) => !isPattern(entry));
  return invalid.length > 0
    ? { kind: 'invalid', entries: invalid }
    : { kind: 'valid', patterns: [...new Set(entries.filter(isPattern))] };
}

function entriesOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isPattern(entry: unknown): entry is ProtectionPattern {
  return typeof entry === 'string' && patternForm.test(entry);
}
