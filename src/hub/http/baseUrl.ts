/**
 * Parses a server address as typed into a setting. The address may contain a path; API paths are appended to it.
 *
 * The token is sent in a header, so `http:` is accepted only for this computer (loopback).
 *
 * @throws {RangeError} The message says what is wrong and is shown to the user.
 */
export function parseBaseUrl(text: string): URL {
  const url = readUrl(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new RangeError('the address of the Hub must begin with https://');
  }
  if (url.username !== '' || url.password !== '') {
    throw new RangeError('the address of the Hub must not hold a user name or password');
  }
  if (/[?#]/.test(text)) {
    throw new RangeError('the address of the Hub must end before any ? or #');
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new RangeError(
      'the address of the Hub must begin with https:// (http:// is for this computer only)',
    );
  }
  return url;
}

/**
 * Whether the host is this computer.
 *
 * @param hostname As normalized by `URL`: lower case, IPv6 in brackets, IPv4 in dotted decimal.
 */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function readUrl(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw new RangeError('the address of the Hub must be one such as https://hub.docker.com');
  }
}
