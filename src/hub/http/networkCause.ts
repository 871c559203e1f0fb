import { causesOf, codeOf } from './causeChain';

/**
 * Why a connection failed, as far as there is something to do about it.
 *
 * - `certificate`: the certificate of the server is not trusted, has expired or is for another name
 * - `tls`: the two sides do not agree on how to encrypt, or the server does not encrypt
 * - `name`: there is no address for the name of the server
 * - `refused`: nothing answers at the address and port
 * - `reset`: the connection was closed before the answer was complete
 * - `unreachable`: there is no route to the server, or it did not accept the connection in time
 * - `proxy`: the proxy refused the connection, for example because it requires a user name and password
 */
export type NetworkCause = 'certificate' | 'tls' | 'name' | 'refused' | 'reset' | 'unreachable' | 'proxy';

/** Codes of Node.js and of OpenSSL. */
const causesByCode = new Map<string, NetworkCause>(
  Object.entries({
    ENOTFOUND: 'name',
    EAI_AGAIN: 'name',
    EAI_NODATA: 'name',
    ECONNREFUSED: 'refused',
    ECONNRESET: 'reset',
    ECONNABORTED: 'reset',
    EPIPE: 'reset',
    ERR_STREAM_PREMATURE_CLOSE: 'reset',
    EHOSTUNREACH: 'unreachable',
    EHOSTDOWN: 'unreachable',
    ENETUNREACH: 'unreachable',
    ENETDOWN: 'unreachable',
    EADDRNOTAVAIL: 'unreachable',
    ETIMEDOUT: 'unreachable',
    EPROTO: 'tls',
    ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
    DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
    SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
    UNABLE_TO_GET_ISSUER_CERT: 'certificate',
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
    HOSTNAME_MISMATCH: 'certificate',
    INVALID_CA: 'certificate',
    INVALID_PURPOSE: 'certificate',
    PATH_LENGTH_EXCEEDED: 'certificate',
  } as const),
);

/**
 * Determines why a request failed without an answer.
 *
 * @returns `undefined` if that is not known.
 */
export function networkCauseOf(error: unknown): NetworkCause | undefined {
  const causes = causesOf(error);
  if (causes.some(({ message }) => /\b407\b/.test(message))) {
    return 'proxy'; // proxy agents have no code for it
  }
  for (const cause of causes) {
    const code = codeOf(cause) ?? '';
    const known = causesByCode.get(code) ?? causeOfFamily(code);
    if (known !== undefined) {
      return known;
    }
  }
  return undefined;
}

/** Whether a connection fails for this reason until somebody changes a setting or a certificate. */
export function isLasting(cause: NetworkCause | undefined): boolean {
  return cause === 'certificate' || cause === 'proxy';
}

/** There are too many codes of these families to list, and new ones are added. */
function causeOfFamily(code: string): NetworkCause | undefined {
  if (/^(CERT_|CRL_|ERR_TLS_CERT_)/.test(code)) {
    return 'certificate';
  }
  return /^ERR_(SSL|TLS)_/.test(code) ? 'tls' : undefined;
}
