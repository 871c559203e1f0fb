import { plainText } from '../plainText';

/** What the body of a failed request tells its reader. */
export interface ErrorBody {
  /** The server's own reason, as plain text. */
  readonly reason: string | undefined;
  readonly txnid: string | undefined;
}

/** The Hub's answer for a route that does not exist, as opposed to a thing that does not. */
const routeNotFound = /^404: page not found$/i;

/** Where a reason can stand, in the order of preference. */
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
 * @param body Parsed JSON, or the text where it is none.
 * @param statusText Used where the body gives no reason.
 * @param secrets Never repeated, should the server do so.
 */
export function readErrorBody(body: unknown, statusText: string, secrets: readonly string[]): ErrorBody {
  const fields = fieldsOf(body);
  const candidates = [...reasonPlaces.map((read) => read(fields)), withoutJson(body), statusText];
  return { reason: firstText(candidates, secrets), txnid: readTxnid(body) };
}

/** The Hub's own transaction id, for its support. */
export function readTxnid(body: unknown): string | undefined {
  const fields = fieldsOf(body);
  const txnid = fields['txnid'] ?? fieldsOf(fields['errinfo'])['api_call_txnid'];
  return typeof txnid === 'string' && /^[\w.:-]{1,100}$/.test(txnid) ? txnid : undefined;
}

/** Whether a 404 says that the server does not offer the route at all. */
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

/** A sentence is a reason; JSON that breaks off, or is nothing but a text, is none. */
function withoutJson(body: unknown): unknown {
  return typeof body === 'string' && /^\s*[[{"]/.test(body) ? undefined : body;
}

function firstMessage(errors: unknown): unknown {
  return Array.isArray(errors) ? errors.map((error) => fieldsOf(error)['message']).find(Boolean) : undefined;
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
