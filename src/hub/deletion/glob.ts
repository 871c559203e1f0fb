import picomatch from 'picomatch';

/** Names that begin with a dot match too. */
const options = { dot: true };

/**
 * Compiles a glob pattern (picomatch syntax; names that begin with a dot match too).
 *
 * @returns A function of exactly one argument: a second one, such as the index passed by `some`, would change what picomatch
 * returns.
 */
export function globOf(glob: string): (text: string) => boolean {
  const isMatch = picomatch(glob, options);
  return (text) => isMatch(text);
}

/** Whether the text is a complete glob pattern. {@link globOf} matches nothing, silently, if it is `[z-a]`. */
export function isGlob(text: string): boolean {
  try {
    picomatch.makeRe(text, { ...options, strictBrackets: true, debug: true }); // `debug` throws what is otherwise ignored
    return true;
  } catch {
    return false;
  }
}
