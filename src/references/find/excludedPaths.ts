import picomatch from 'picomatch';

/**
 * How the editor reads the patterns of `files.exclude`: names that begin with a dot match too, and neither `!` nor the
 * parentheses of extended patterns are special.
 */
const options = { dot: true, nonegate: true, noextglob: true, windows: false };

/**
 * Compiles settings such as `files.exclude` to one function of a path.
 *
 * A pattern applies where its value is `true`. One with a `when` clause depends on other files and is not applied: more is
 * searched than the editor shows.
 *
 * @param settings As written; what is not a pattern is ignored.
 */
export function excludedPaths(...settings: readonly unknown[]): (path: string) => boolean {
  const patterns = new Set(settings.flatMap(patternsOf));
  const matchers = [...patterns].flatMap((pattern) => matcherOf(pattern) ?? []);
  return (path) => matchers.some((matches) => matches(path));
}

function patternsOf(setting: unknown): readonly string[] {
  if (typeof setting !== 'object' || setting === null) return [];
  return Object.entries(setting).flatMap(([pattern, value]) => (value === true ? [pattern] : []));
}

function matcherOf(pattern: string): ((path: string) => boolean) | undefined {
  const inFolder = pattern
    .replace(/^\.?\//, '')
    .replace(/\/$/, '')
    .replaceAll('[!', '[^');
  if (inFolder === '') return undefined;
  try {
    const matches = picomatch(inFolder, options);
    return (path) => matches(path);
  } catch {
    return undefined; // too long to be a pattern
  }
}
