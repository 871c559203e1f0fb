/**
 * The address of a Hub, as a person writes it in a setting. A path in front of the API's own is allowed.
 *
 * The token travels in a header, so nothing but this computer may be spoken to without encryption.
 *
 * @throws {RangeError} With what is wrong, in words for the person who typed it.
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

/** Whether the host is this computer. The name is one that `URL` has normalised. */
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
