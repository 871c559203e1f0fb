import type { Fault } from '../../../src/sandbox/index';
import type { ModelApiKind } from './scenario';

type Fields = Record<string, unknown>;

/** A token that grants nothing and that no server signed. */
const unsignedToken = `e30.${Buffer.from(JSON.stringify({ access: [] })).toString('base64url')}.e30`;
const html = '<!DOCTYPE html><title>Page not found</title>';
const nowSeconds = Date.parse('2026-03-31T12:00:00Z') / 1000;

function status(code: number, body: unknown = { message: `${code}` }, headers = {}): Fault {
  return { kind: 'status', status: code, body, headers };
}

function after(code: number): Fault {
  return { kind: 'status', status: code, body: { message: `${code}` }, afterEffect: true };
}

function transform(change: (body: Fields) => unknown): Fault {
  return {
    kind: 'transformBody',
    transform: (body) => (isFields(body) ? change(body) : body),
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function resultsOf(body: Fields): Fields[] {
  return Array.isArray(body['results']) ? body['results'].filter(isFields) : [];
}

/** The entries of a page, to be changed in place; those of the list of manifests as well. */
function itemsOf(body: Fields): Fields[] {
  const items = body['results'] ?? body['manifests'];
  return Array.isArray(items) && items.every(isFields) ? items : [];
}

function eachItem(change: (item: Fields) => void): Fault {
  return transform((body) => {
    itemsOf(body).forEach(change);
    return body;
  });
}

/** The same change to each image of a page, or to the whole answer where it has none. */
function eachResult(change: (item: Fields) => void): Fault {
  return transform((body) => {
    const items = itemsOf(body);
    (items.length > 0 ? items : [body]).forEach(change);
    return body;
  });
}

function removeFirstField(item: Fields): void {
  const [first] = Object.keys(item);
  if (first !== undefined) {
    Reflect.deleteProperty(item, first);
  }
}

/** `next` of an answer that has one. */
function next(link: (body: Fields) => unknown): Fault {
  return transform((body) => ('results' in body ? { ...body, next: link(body) } : body));
}

function count(by: (count: number) => number): Fault {
  return transform((body) => ('count' in body ? { ...body, count: by(Number(body['count'])) } : body));
}

/** Everything that can go wrong with one exchange of a flow, by name. */
export const faultKinds = {
  latency: { kind: 'latency', ms: 1 },
  hang: { kind: 'hang' },
  hangAfterEffect: { kind: 'hang', afterEffect: true },
  resetBeforeEffect: { kind: 'resetBeforeEffect' },
  resetAfterEffect: { kind: 'resetAfterEffect' },
  unauthorized: status(401),
  forbidden: status(403),
  htmlNotFound: status(404, html),
  routeGone: status(404, { message: '404: Page Not Found' }),
  methodNotAllowed: status(405, { message: '405: Method Not Allowed' }),
  retryAfterSeconds: status(429, 'Too Many Requests', { 'retry-after': '7' }),
  retryAfterUnixTime: status(
    429,
    { detail: 'Rate limit exceeded', error: false },
    { 'x-retry-after': `${nowSeconds + 9}` },
  ),
  rateLimitedOnly: status(429, 'Too Many Requests (HAP429)'),
  serverError: status(500, {}),
  badGateway: status(502, html),
  unavailable: status(503, ''),
  serverErrorAfterEffect: after(500),
  badGatewayAfterEffect: after(502),
  redirect: status(301, '', { location: 'https://example.com/v2/' }),
  truncatedJson: { kind: 'truncatedJson' },
  emptyBody: status(200, ''),
  wrongShapeList: transform(() => []),
  wrongShapeText: transform(() => 'ok'),
  wrongShapeNull: transform(() => null),
  missingField: transform((body) => {
    removeFirstField(body);
    return body;
  }),
  missingFieldInItems: eachResult(removeFirstField),
  nullFields: eachResult((item) => {
    Object.keys(item).forEach((name) => (item[name] = null));
  }),
  nullTimes: eachResult((item) => {
    for (const name of ['last_pushed', 'last_pulled', 'tag_last_pushed', 'tag_last_pulled']) {
      if (name in item) {
        item[name] = null;
      }
    }
  }),
  nullTags: eachResult((item) => {
    if ('tags' in item) {
      item['tags'] = null;
    }
  }),
  largeBody: { kind: 'largeBody', bytes: 200_000_000 },
  nextElsewhere: next(() => 'https://example.com/v2/?page=2'),
  nextToItself: next((body) =>
    typeof body['next'] === 'string' ? body['next'].replace(/page=\d+/, 'page=1') : '?page=1',
  ),
  nextMissing: next(() => null),
  countTooHigh: count((given) => given + 1),
  countTooLow: count((given) => Math.max(0, given - 1)),
  countAbsurd: count(() => 1e15),
  listCutShort: transform((body) => {
    const items = resultsOf(body);
    return items.length < 2 ? body : { ...body, count: 1, next: null, results: items.slice(0, 1) };
  }),
  otherEcho: transform((body) => ('dry_run' in body ? { ...body, dry_run: body['dry_run'] !== true } : body)),
  withoutEffect: { kind: 'withoutEffect' },
  manifestErrors: transform((body) =>
    isFields(body['metrics']) ? { ...body, metrics: { ...body['metrics'], manifest_errors: 1 } } : body,
  ),
  wrongClock: { kind: 'wrongClock', errorMs: 24 * 60 * 60 * 1000 },
} as const satisfies Record<string, Fault>;

/** What can go wrong with today's lists and the registry only. */
export const registryFaultKinds = {
  routeOfManifestsGone: status(404, { message: '404: Page Not Found' }),
  manifestUnknown: status(404, { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] }),
  stillReferenced: status(403, {
    errors: [{ code: 'DENIED', message: 'manifest is referenced by other images' }],
  }),
  queued: status(500, { errors: [{ code: 'UNKNOWN', message: 'queued' }] }),
  queuedAfterEffect: after(500),
  cursorRepeats: transform((body) => ('manifests' in body ? { ...body, last_evaluated_key: 'MQ' } : body)),
  entryLost: transform((body) => {
    itemsOf(body).shift();
    return body;
  }),
  tagOfAnother: transform((body) => {
    const [first, second] = itemsOf(body);
    if (first !== undefined && second !== undefined && 'name' in first) {
      first['digest'] = second['digest'];
    }
    return body;
  }),
  partsCut: eachItem((item) => {
    if (Array.isArray(item['images'])) {
      item['images'] = item['images'].slice(0, 1);
    }
  }),
  partsMissing: eachItem((item) => {
    if ('images' in item) {
      item['images'] = null;
    }
  }),
  mediaTypeMissing: eachItem((item) => {
    if ('media_type' in item) {
      item['media_type'] = null;
    }
  }),
  mediaTypeOdd: eachItem((item) => {
    if ('media_type' in item) {
      item['media_type'] = 'application/json';
    }
  }),
  grantWithoutDelete: transform((body) =>
    'access_token' in body ? { ...body, token: unsignedToken, access_token: unsignedToken } : body,
  ),
  tokenForAMoment: transform((body) => ('expires_in' in body ? { ...body, expires_in: 1 } : body)),
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faultKinds | keyof typeof registryFaultKinds;
const faultNames = Object.keys(faultKinds) as (keyof typeof faultKinds)[]; // its own keys
const registryFaultNames = Object.keys(registryFaultKinds) as (keyof typeof registryFaultKinds)[]; // its own keys

/** Names of the faults that an API can meet. */
export function faultNamesOf(api: ModelApiKind): readonly FaultName[] {
  return api === 'management' ? faultNames : [...faultNames, ...registryFaultNames];
}

export function faultOf(name: FaultName): Fault {
  return { ...faultKinds, ...registryFaultKinds }[name];
}
