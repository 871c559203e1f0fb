import { invalidQuery, ok, type Answer } from '../answer';
import type { Call, Services } from '../route';
import type { SandboxUser } from '../world';

/** Of bearer tokens that were exchanged for an access token. */
const exchangedLifetimeMs = 10 * 60 * 1000;

export function login({ body }: Call, { world, tokens, loginReason }: Services): Answer {
  const { username, password } = asRecord(body);
  if (typeof username !== 'string' || typeof password !== 'string') {
    return invalidQuery(missing({ username, password }));
  }
  if (world.findNamespace(username)?.kind === 'organization') {
    return { status: 401, body: { [loginReason]: 'Cannot log into an organization account' } };
  }
  const user = world.findLogin(username);
  if (user !== undefined && hasAccessToken(user, password)) {
    return ok({ token: tokens.issue(user.username) });
  }
  if (user?.password !== password) {
    return { status: 401, body: { [loginReason]: 'Incorrect authentication credentials' } };
  }
  if (user.secondFactorCode !== undefined) {
    const detail = 'Require secondary authentication on MFA enabled account';
    const ticket = tokens.issue(user.username, 'secondFactor');
    return { status: 401, body: { [loginReason]: detail, login_2fa_token: ticket } };
  }
  return ok({ token: tokens.issue(user.username) });
}

/** The organization's name stands for the user's. Of an account with a second factor it takes no password, for there is no step to ask for the code in. */
export function exchangeAccessToken({ body }: Call, { world, tokens }: Services): Answer {
  const { identifier, secret } = asRecord(body);
  if (typeof identifier !== 'string' || typeof secret !== 'string') {
    return invalidQuery(missing({ identifier, secret }));
  }
  if (world.findOrganisationCaller(identifier, secret) !== undefined) {
    return ok({ access_token: tokens.issueToOrganisation(identifier, secret, exchangedLifetimeMs) });
  }
  const user = world.findLogin(identifier);
  const isPassword = user?.password === secret && user.secondFactorCode === undefined;
  return user !== undefined && (isPassword || hasAccessToken(user, secret))
    ? ok({ access_token: tokens.issue(user.username, 'bearer', exchangedLifetimeMs) })
    : { status: 401, body: { detail: 'incorrect username or password' } };
}

export function loginWithCode({ body }: Call, { world, tokens }: Services): Answer {
  const { login_2fa_token: ticket, code } = asRecord(body);
  if (typeof ticket !== 'string' || typeof code !== 'string') {
    return invalidQuery(missing({ login_2fa_token: ticket, code }));
  }
  const user = world.findUser(tokens.verify(ticket, 'secondFactor') ?? '');
  return user?.secondFactorCode === code
    ? ok({ token: tokens.issue(user.username) })
    : { status: 401, body: { detail: 'Incorrect authentication credentials' } };
}

function hasAccessToken({ accessTokens = [] }: SandboxUser, secret: string): boolean {
  return accessTokens.includes(secret);
}

function missing(fields: Readonly<Record<string, unknown>>): Record<string, readonly string[]> {
  const names = Object.keys(fields).filter((name) => typeof fields[name] !== 'string');
  return Object.fromEntries(names.map((name) => [name, ['This field is required.']]));
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
