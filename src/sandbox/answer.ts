import { randomUUID } from 'node:crypto';

/** What the sandbox says to one request. Text and bytes are sent as they are, any other body as JSON. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown where a rule forbids to go on; the server sends the answer. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly answer: Answer;

  constructor(answer: Answer) {
    super(`answered ${answer.status}`);
    this.answer = answer;
  }
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

/** Docker Hub's general error body. */
export function refused(status: number, message: string, operation: string, username = ''): Answer {
  const txnid = randomUUID();
  const errinfo = {
    api_call_docker_id: username,
    api_call_name: operation,
    api_call_start: new Date().toISOString(),
    api_call_txnid: txnid,
  };
  return { status, body: { txnid, message, errinfo } };
}

/** Error body of a listing whose query is wrong, by parameter. */
export function invalidQuery(fields: Readonly<Record<string, readonly string[]>>): Answer {
  const text = Object.entries(fields)
    .map(([name, reasons]) => `${name}: ${reasons.join(' ')}`)
    .join('; ');
  return { status: 400, body: { fields, text } };
}

/** All Docker Hub says of a body it cannot read. */
export const invalidBody: Answer = { status: 400, body: { message: 'httperror 400: validation error' } };
export const objectNotFound: Answer = { status: 404, body: { message: 'object not found', errinfo: {} } };
export const organisationRefused: Answer = {
  status: 403,
  body: { message: 'token issued from organization access token is not allowed', errinfo: {} },
};
export const pageNotFound: Answer = { status: 404, body: { message: '404: Page Not Found' } };

export function methodNotAllowed(allowed: readonly string[]): Answer {
  return {
    status: 405,
    headers: { allow: allowed.join(', ') },
    body: { message: '405: Method Not Allowed' },
  };
}
