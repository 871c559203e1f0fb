import { plainText } from '../plainText';

/** Facts found in the body of a failed request. */
export interface ErrorBody {
  /** The server's own reason, as one line of plain text of limited length. */
  readonly reason: string | undefined;
  /** Docker Hub's transaction ID, which its support asks for. */
  readonly txnid: string | undefined;
  /** A registry's code for the reason, such as `MANIFEST_UNKNOWN`. */
  readonly code: string | undefined;
}

/** Docker Hub's message for a route that does not exist. For a missing resource it sends another one. */
const routeNotFound = /^404: page not found$/i;

/** Places where servers put the reason; the first one with text wins. */
const reasonPlaces: readonly ((body: Fields) => unknown)[] = [
  (body) => fieldsOf(body['errinfo'])['details'],
  (body) => body['detail'],
  (body) => body['details'],
  (body) => body['message'],
  (body) => body['text'],
  (body) => firstMessage(body['errors']),
  (body) => body['error'],
];

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the reason and the transaction ID of a failed request. Accepts the error formats of Docker Hub, its registry
 * and proxies in between.
 *
 * @param body Parsed JSON, or the text if the body is not JSON.
 * @param statusText Used as the reason if the body has none.
 * @param secrets Removed from the reason, in case the server echoes them.
 */
export function readErrorBody(body: unknown, statusText: string, secrets: readonly string[]): ErrorBody {
  const fields = fieldsOf(body);
  const candidates = [...reasonPlaces.map((read) => read(fields)), withoutJson(body), statusText];
  return { reason: firstText(candidates, secrets), txnid: readTxnid(body), code: readCode(fields['errors']) };
}

/**
 * Reads Docker Hub's transaction ID: `txnid`, or `errinfo.api_call_txnid`.
 *
 * @returns `undefined` if it is missing or malformed.
 */
export function readTxnid(body: unknown): string | undefined {
  const fields = fieldsOf(body);
  const txnid = fields['txnid'] ?? fieldsOf(fields['errinfo'])['api_call_txnid'];
  return typeof txnid === 'string' && /^[\w.:-]{1,100}$/.test(txnid) ? txnid : undefined;
}

/** Whether the body of a 404 means that the server does not offer the route, rather than that a resource is missing. */
export function saysRouteIsGone(body: unknown): boolean {
  const { message } = fieldsOf(body);
  return typeof message === 'string' && routeNotFound.test(message.trim());
}

function firstText(candidates: readonly unknown[], secrets: readonly string[]): string | undefined {
  for (const candidate of candidates) {
    const text = typeof candidate === 'string' ? plainText(candidate, secrets) : undefined;
    if (text !== undefined) {
      return text;
    }
  }
  return undefined;
}

/** A sentence can be a reason. Truncated JSON, or JSON that is only a string, cannot. */
function withoutJson(body: unknown): unknown {
  return typeof body === 'string' && /^\s*[[{"]/.test(body) ? undefined : body;
}

function firstMessage(errors: unknown): unknown {
  return Array.isArray(errors) ? errors.map((error) => fieldsOf(error)['message']).find(Boolean) : undefined;
}

function readCode(errors: unknown): string | undefined {
  const code = Array.isArray(errors) ? fieldsOf(errors[0])['code'] : undefined;
  return typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : undefined;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
