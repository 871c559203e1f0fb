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
  /** The helper is asked for one server after the other. The first is always {@link dockerHubKey}. */
  | { readonly kind: 'helper'; readonly helper: string; readonly servers: readonly string[] }
  | { readonly kind: 'none' };

const text = v.nullish(v.string(), '');
const auth = v.object({ auth: text, username: text, password: text, identitytoken: text });
const entries = v.nullish(v.record(v.string(), v.unknown()), {});
const variable = v.object({ auths: entries });
const config = v.object({ ...variable.entries, credhelpers: entries, credsstore: text });

/**
 * Reads a `config.json` of the Docker CLI as the CLI does: the letter case of its keys does not matter, an empty file has
 * nothing in it, and a helper named for Docker Hub comes before the helper of all registries, and that before what stands
 * in the file. An empty name of a helper for Docker Hub stands for the file.
 *
 * Unlike the CLI, it also accepts a byte order mark, which editors on Windows add, and the other names of Docker Hub that
 * `docker login` and other tools have written: see {@link dockerHubKeys}.
 *
 * No maintained npm package covers this: `testcontainers` and `@docker/actions-toolkit` read the file for themselves only,
 * match keys exactly, and bring dozens of dependencies along.
 *
 * @param source File or variable, for errors.
 * @throws {DockerCliError} `malformedConfig`, `identityToken`
 */
export function readDockerConfig(json: string, source: string): DockerHubEntry {
  const { auths, credhelpers, credsstore } = parse(config, foldKeys(parseJson(json, source)), source);
  const own = dockerHubKeys(credhelpers).find((key) => typeof credhelpers[key] === 'string');
  const helper = own === undefined ? credsstore : String(credhelpers[own]);
  if (helper !== '') {
    const names = own === undefined ? dockerHubKeys(auths) : [own];
    return { kind: 'helper', helper, servers: [...new Set([dockerHubKey, ...names])] };
  }
  return readAuths(auths, source);
}

/**
 * Reads `DOCKER_AUTH_CONFIG`, of which the Docker CLI takes the credentials only and no helper.
 *
 * @throws {DockerCliError} `malformedConfig`, `identityToken`
 */
export function readDockerAuths(json: string, source: string): DockerHubEntry {
  return readAuths(parse(variable, foldKeys(parseJson(json, source)), source).auths, source);
}

/** Hosts of Docker Hub, the preferred one first. */
const dockerHubHosts = ['index.docker.io', 'docker.io', 'registry-1.docker.io'];

/**
 * The keys that stand for Docker Hub: first {@link dockerHubKey}, then the other ways to write `index.docker.io`, then
 * `docker.io`, then `registry-1.docker.io`; each with or without scheme, `/v1` or `/v2`, and slash at the end, in the order
 * of the file.
 */
function dockerHubKeys(record: Readonly<Record<string, unknown>>): readonly string[] {
  const keys = Object.keys(record);
  const own = keys.filter((key) => key === dockerHubKey);
  const others = dockerHubHosts.flatMap((host) => keys.filter((key) => hostOf(key) === host));
  return [...new Set([...own, ...others])];
}

/** @returns `undefined` where the key has a path that is not that of an API, such as `…/v1/access-token`. */
function hostOf(key: string): string | undefined {
  return /^(?:https?:\/\/)?([a-z0-9.-]+?)(?::443)?(?:\/v[12])?\/*$/.exec(key.trim().toLowerCase())?.[1];
}

/** The credentials of the first entry of Docker Hub that has some. */
function readAuths(auths: Readonly<Record<string, unknown>>, source: string): DockerHubEntry {
  const errors: unknown[] = [];
  for (const key of dockerHubKeys(auths)) {
    try {
      const entry = readAuth(parse(auth, foldKeys(auths[key] ?? {}), source), key, source);
      if (entry.kind !== 'none') {
        return entry;
      }
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) {
    throw errors[0];
  }
  return { kind: 'none' };
}

/**
 * Writes the keys of an object in lower case. As in Go, the last of several spellings counts, except where it is `null`,
 * and objects are merged.
 */
function foldKeys(value: unknown): unknown {
  if (!isObject(value)) {
    return value;
  }
  const folded: Record<string, unknown> = Object.create(null) as Record<string, unknown>; // a key may be `__proto__`
  for (const [name, given] of Object.entries(value)) {
    const key = name.toLowerCase();
    const before = folded[key];
    folded[key] = isObject(before) && isObject(given) ? { ...before, ...given } : (given ?? before);
  }
  return { ...folded };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readAuth(
  { auth: encoded, username, password, identitytoken }: v.InferOutput<typeof auth>,
  key: string,
  source: string,
): DockerHubEntry {
  if (identitytoken !== '') {
    throw new DockerCliError('identityToken', { source });
  }
  const credentials = encoded === '' ? { username, password } : decodeAuth(encoded, key, source);
  return credentials.username === '' || credentials.password === ''
    ? { kind: 'none' }
    : { kind: 'credentials', credentials };
}

/** `base64(user:secret)`; the secret may have colons. */
function decodeAuth(encoded: string, key: string, source: string): Credentials {
  const decoded = Buffer.from(encoded, 'base64').toString();
  const colon = decoded.indexOf(':');
  if (colon < 1) {
    throw new DockerCliError('malformedConfig', { source, reason: `auths["${key}"].auth` });
  }
  return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1).replace(/^\0+|\0+$/g, '') };
}

/** The reason names a place and never a value, for that may be a secret. */
function parseJson(json: string, source: string): unknown {
  const content = json.replace(/^\uFEFF/, '');
  if (content.trim() === '') {
    return {};
  }
  let value: unknown;
  try {
    value = JSON.parse(content);
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
