/** Why a text is not the address of a server. */
export type AddressProblem = 'notAnAddress' | 'notHttps' | 'httpElsewhere' | 'hasCredentials' | 'hasQuery';

/** A text that is not the address of a server. The message is for the log; who shows it to a person words the problem. */
export class InvalidAddressError extends RangeError {
  override readonly name = 'InvalidAddressError';
  readonly problem: AddressProblem;

  constructor(problem: AddressProblem) {
    super(`not the address of a server: ${problem}`);
    this.problem = problem;
  }
}

/**
 * Parses a server address as typed into a setting. The address may contain a path; API paths are appended to it.
 *
 * The token is sent in a header, so `http:` is accepted only for this computer (loopback).
 *
 * @throws {InvalidAddressError} With what is wrong.
 */
export function parseBaseUrl(text: string): URL {
  const url = readUrl(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new InvalidAddressError('notHttps');
  }
  if (url.username !== '' || url.password !== '') {
    throw new InvalidAddressError('hasCredentials');
  }
  if (/[?#]/.test(text)) {
    throw new InvalidAddressError('hasQuery');
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new InvalidAddressError('httpElsewhere');
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
    throw new InvalidAddressError('notAnAddress');
  }
}
