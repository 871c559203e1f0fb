import { Refusal, type Answer } from '../../answer';

/** Error body of a registry, such as 404 `MANIFEST_UNKNOWN`. */
export function registryError(status: number, code: string, message: string, detail: unknown = null): Answer {
  return { status, body: { errors: [{ code, message, detail }] } };
}

export function registryRefusal(...error: Parameters<typeof registryError>): Refusal {
  return new Refusal(registryError(...error));
}

export const digestInvalid = registryError(
  400,
  'DIGEST_INVALID',
  'provided digest did not match uploaded content',
);

/** What a registry says of a route that it does not have. */
export const routeNotFound: Answer = { status: 404, body: '404 page not found\n' };
