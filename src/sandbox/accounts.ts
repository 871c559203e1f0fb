import { everyOrganisationScope, type OrganisationToken } from './organisationToken';
import type { SandboxUser } from './world';

type Account = SandboxUser;

/** Accounts of the demo world. The passwords open nothing but a sandbox. */
export const sandboxAccounts = {
  /** Owns what the demo shows: the namespace `demo` and the organization `acme`. */
  demo: {
    username: 'demo',
    password: 'sandbox-demo',
    plan: 'pro',
    fullName: 'Demo User',
    email: 'demo@sandbox.example',
    accessTokens: ['dckr_pat_sandbox-demo'],
  },
  /** May see counts of its own namespace, but neither list nor delete images: its plan is too small. */
  free: { username: 'free', password: 'sandbox-free', plan: 'personal', fullName: 'Free User' },
  /** May read `acme` and delete nothing in it. */
  reader: { username: 'reader', password: 'sandbox-reader', plan: 'team', fullName: 'Reading User' },
  /** Has no rights but in the namespace of the same name. */
  outsider: { username: 'outsider', password: 'sandbox-outsider', plan: 'team', fullName: 'Other User' },
  /** Has a second factor. */
  careful: {
    username: 'careful',
    password: 'sandbox-careful',
    plan: 'pro',
    fullName: 'Careful User',
    secondFactorCode: '123456',
  },
} as const satisfies Record<string, Account>;

/** Access tokens of organizations of the demo world, by what they may do. Each signs in with the organization's name. */
export const sandboxOrganisationTokens = {
  acme: { secret: 'dckr_oat_sandbox-acme', scopes: everyOrganisationScope },
  /** Lists no private repository, though it may read those that it knows by name. */
  acmeUnlisted: {
    secret: 'dckr_oat_sandbox-acme-unlisted',
    scopes: everyOrganisationScope.filter((scope) => scope !== 'scope-repository-list'),
  },
  acmeReadOnly: {
    secret: 'dckr_oat_sandbox-acme-read-only',
    scopes: ['scope-image-pull', 'scope-tag-read', 'scope-repository-list', 'scope-repository-read'],
  },
} as const satisfies Record<string, OrganisationToken>;

/** What the demo signs in with: an access token, because the registry accepts no password. */
export const demoCredentials: { readonly username: string; readonly password: string } = {
  username: sandboxAccounts.demo.username,
  password: sandboxAccounts.demo.accessTokens[0],
};
