import * as v from 'valibot';
import type { Credentials } from '../../hub/session/credentials';
import { DockerCliError } from './dockerCliError';

/**
 * The key of Docker Hub. Its siblings `…/access-token` and `…/refresh-token` belong to the browser login of the Docker CLI
 * and are never read.
 */
export const dockerHubKey = 'https://index.docker.io/v1/';

/** Where the credentials of Docker Hub are: in the configuration itself, in a credential helper, or nowhere. */
export type DockerHubEntry =
  | { readonly kind: 'credentials'; readonly credentials: Credentials }
  | { readonly kind: 'helper'; readonly helper: string }
  | { readonly kind: 'none' };

const text = v.nullish(v.string(), '');
const auth = v.object({ auth: text, username: text, password: text, identitytoken: text });
const config = v.object({
  auths: v.nullish(v.record(v.string(), v.unknown()), {}),
  credHelpers: v.nullish(v.record(v.string(), v.unknown()), {}),
  credsStore: text,
});

/**
 * Reads a `config.json` of the Docker CLI. A helper named for Docker Hub comes before the helper of all registries, and
 * that before what stands in the file, as the Docker CLI has it.
 *
 * @param source File or variable, for errors.
 * @throws {DockerCliError} `malformedConfig`, `identityToken`
 */
export function readDockerConfig(json: string, source: string): DockerHubEntry {
  const { auths, credHelpers, credsStore } = parse(config, parseJson(json, source), source);
  const own = credHelpers[dockerHubKey];
  const helper = typeof own === 'string' && own !== '' ? own : credsStore;
  if (helper !== '') {
    return { kind: 'helper', helper };
  }
  const entry = auths[dockerHubKey];
  return entry === undefined ? { kind: 'none' } : readAuth(parse(auth, entry, source), source);
}

function readAuth(
  { auth: encoded, username, password, identitytoken }: v.InferOutput<typeof auth>,
  source: string,
): DockerHubEntry {
  if (identitytoken !== '') {
    throw new DockerCliError('identityToken', { source });
  }
  const credentials = encoded === '' ? { username, password } : decodeAuth(encoded, source);
  return credentials.username === '' || credentials.password === ''
    ? { kind: 'none' }
    : { kind: 'credentials', credentials };
}

/** `base64(user:secret)`; the secret may have colons. */
function decodeAuth(encoded: string, source: string): Credentials {
  const decoded = Buffer.from(encoded, 'base64').toString();
  const colon = decoded.indexOf(':');
  if (colon < 1) {
    throw new DockerCliError('malformedConfig', { source, reason: `auths["${dockerHubKey}"].auth` });
  }
  return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1).replace(/\0+$/, '') };
}

/** The reason names a place and never a value, for that may be a secret. */
function parseJson(json: string, source: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new DockerCliError('malformedConfig', { source, reason: 'not JSON' });
  }
  if (Array.isArray(value)) {
    throw new DockerCliError('malformedConfig', { source, reason: 'a list' });
  }
  return value;
}

function parse<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  source: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value);
  if (!result.success) {
    const [issue] = result.issues;
    throw new DockerCliError('malformedConfig', { source, reason: v.getDotPath(issue) ?? 'not an object' });
  }
  return result.output;
}
