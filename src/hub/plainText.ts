/** Longest text of a server that is passed on, in characters. */
const lengthLimit = 300;
/** No more than this is looked at, so that a long text costs little. */
const readLimit = 2_000;

/** Looks like markup rather than a sentence. */
const markup = /<\s*(?:!doctype|\/?[a-z][a-z0-9]*[\s/>])/i;
const url = /\b[a-z][a-z0-9+.-]*:\/\/\S+/gi;
/** JSON web tokens, and access tokens of the Hub. */
const secretShapes = /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?|\bdckr_[a-z]+_[\w-]+/g;
/** Controls, line and paragraph separators, zero-width characters and those that turn the direction of text. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]+/gu;

/**
 * Text of a server as one line that is safe to show and to log: no control or direction characters, no addresses of
 * its own network, none of the given secrets and nothing that looks like one.
 *
 * @returns `undefined` when it is markup, or nothing is left.
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
  const characters = Array.from(line); // by code points: a half of one would not be text
  return characters.length <= lengthLimit ? line : `${characters.slice(0, lengthLimit - 1).join('')}…`;
}
