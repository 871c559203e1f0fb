/** Longest result, in code points. */
const lengthLimit = 300;
/** How many characters are examined, so that a long text costs little. */
const readLimit = 2_000;

/** Looks like markup rather than a sentence. */
const markup = /<\s*(?:!doctype|\/?[a-z][a-z0-9]*[\s/>])/i;
const url = /\b[a-z][a-z0-9+.-]*:\/\/\S+/gi;
/** JSON web tokens and Docker Hub access tokens. */
const secretShapes = /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?|\bdckr_[a-z]+_[\w-]+/g;
/**
 * Control characters, line and paragraph separators, zero-width characters and those that change the text direction.
 */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]+/gu;

/**
 * Turns text from a server into one line that is safe to show and to log: without control and direction characters, and
 * with `…` in place of URLs, the given secrets and anything that looks like a token. At most 300 characters remain.
 *
 * @returns `undefined` if the text is markup, or if nothing remains.
 */
export function plainText(text: string, secrets: readonly string[] = []): string | undefined {
  const beginning = hideSecrets(text, secrets).slice(0, readLimit);
  if (markup.test(beginning)) {
    return undefined;
  }
  const line = beginning
    .replace(secretShapes, '…')
    .replace(url, '…')
    .replace(invisible, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line === '' ? undefined : shorten(line);
}

function hideSecrets(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret !== '')
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
}

function shorten(line: string): string {
  const characters = Array.from(line); // by code points, so that no surrogate pair is split
  return characters.length <= lengthLimit ? line : `${characters.slice(0, lengthLimit - 1).join('')}…`;
}
