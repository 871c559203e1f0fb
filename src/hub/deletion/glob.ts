import picomatch from 'picomatch';

/**
 * Compiles a glob pattern (picomatch syntax; names that begin with a dot match too).
 *
 * @returns A function of exactly one argument: a second one, such as the index passed by `some`, would change what picomatch
 * returns.
 */
export function globOf(glob: string): (text: string) => boolean {
  const isMatch = picomatch(glob, { dot: true });
  return (text) => isMatch(text);
}
