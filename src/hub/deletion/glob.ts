import picomatch from 'picomatch';

/** A matcher of one argument: a second one, such as the index `some` hands over, would change what picomatch returns. */
export function globOf(glob: string): (text: string) => boolean {
  const isMatch = picomatch(glob, { dot: true });
  return (text) => isMatch(text);
}
