import { invalidQuery, ok, type Answer } from '../answer';
import type { Call, Services } from '../route';

export function login({ body }: Call, { world, tokens, loginReason }: Services): Answer {
  const { username, password } = asRecord(body);
  if (typeof username !== 'string' || typeof password !== 'string') {
    return invalidQuery(missing({ username, password }));
  }
  const user = world.findUser(username);
  if (user?.password !== password) {
    return { status: 401, body: { [loginReason]: 'Incorrect authentication credentials' } };
  }
  return ok({ token: tokens.issue(username) });
}

function missing(fields: Readonly<Record<string, unknown>>): Record<string, readonly string[]> {
  const names = Object.keys(fields).filter((name) => typeof fields[name] !== 'string');
  return Object.fromEntries(names.map((name) => [name, ['This field is required.']]));
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
