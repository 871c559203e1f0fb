import type { OrganisationScope, OrganisationToken } from './organisationToken';
import { SandboxRepository, type ChangeListener } from './repository';
import type { RepositoryOptions } from './repositoryOptions';
import type { Role } from './role';

/** Subscription of an account; image management needs `pro` or `team`. */
export type Plan = 'personal' | 'pro' | 'team';

export interface SandboxUser {
  readonly username: string;
  readonly password: string;
  readonly plan: Plan;
  readonly fullName: string;
  /** Accepted in the place of the user name at a sign-in to Docker Hub, and not by the registry. */
  readonly email?: string;
  /** Access tokens that stand for the password, and need no second factor. */
  readonly accessTokens?: readonly string[];
  /** The code that the password alone does not do without. */
  readonly secondFactorCode?: string;
}

/** Who sends a request: an account, or an organization by one of its access tokens. */
export interface Caller extends Pick<SandboxUser, 'username' | 'plan' | 'fullName'> {
  /** What the token allows; missing for an account, which its roles decide about. */
  readonly scopes?: ReadonlySet<OrganisationScope>;
}

export interface SandboxNamespace {
  readonly name: string;
  readonly kind: 'user' | 'organization';
  readonly fullName: string;
  /** Roles by user name; whoever is not in it has none. */
  readonly members: ReadonlyMap<string, Role>;
  /** Of the organization itself. */
  readonly accessTokens: readonly OrganisationToken[];
  /** By name, in the order in which they were made. */
  readonly repositories: ReadonlyMap<string, SandboxRepository>;
}

/** Everything the sandbox knows. Tests change it directly where somebody else would have. */
export class SandboxWorld {
  readonly #listeners = new Set<ChangeListener>();
  readonly #users = new Map<string, SandboxUser>();
  readonly #namespaces = new Map<
    string,
    SandboxNamespace & { repositories: Map<string, SandboxRepository> }
  >();

  /** Adds an account and the namespace of the same name, which it owns. */
  addUser(user: Omit<SandboxUser, 'fullName'> & { readonly fullName?: string }): SandboxUser {
    const added: SandboxUser = { fullName: user.username, ...user };
    this.#users.set(added.username, added);
    this.#addNamespace(added.username, 'user', added.fullName, { [added.username]: 'admin' });
    return added;
  }

  addOrganisation(
    name: string,
    members: Readonly<Record<string, Role>>,
    fullName: string = name,
    accessTokens: readonly OrganisationToken[] = [],
  ): SandboxNamespace {
    return this.#addNamespace(name, 'organization', fullName, members, accessTokens);
  }

  /** @param fullName `namespace/name`; the namespace exists already. */
  addRepository(fullName: string, options?: RepositoryOptions): SandboxRepository {
    const [namespace = '', name = ''] = fullName.split('/');
    const repositories = this.#namespaces.get(namespace)?.repositories;
    if (repositories === undefined || name === '') {
      throw new Error(`cannot add a repository ${fullName}`);
    }
    const repository = new SandboxRepository(namespace, name, options);
    repository.onWillChange(() => {
      this.#listeners.forEach((listener) => {
        listener(repository);
      });
    });
    repositories.set(name, repository);
    return repository;
  }

  /** @returns Ends it. The listener is called right before each change of a repository, those added later included. */
  onWillChange(listener: ChangeListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  removeRepository(fullName: string): void {
    const { namespace, name } = this.repository(fullName);
    this.#namespaces.get(namespace)?.repositories.delete(name);
  }

  get users(): Iterable<SandboxUser> {
    return this.#users.values();
  }

  get namespaces(): Iterable<SandboxNamespace> {
    return this.#namespaces.values();
  }

  findUser(username: string): SandboxUser | undefined {
    return this.#users.get(username);
  }

  /** @param name User name or email address. */
  findLogin(name: string): SandboxUser | undefined {
    return (
      this.#users.get(name) ??
      [...this.#users.values()].find(({ email }) => email !== undefined && email === name.toLowerCase())
    );
  }

  /** The organization of that name with what the token allows, where the token is one of its own. */
  findOrganisationCaller(name: string, secret: string): Caller | undefined {
    const organization = this.#namespaces.get(name);
    const token = organization?.accessTokens.find((one) => one.secret === secret);
    return (
      organization &&
      token && {
        username: name,
        plan: 'team',
        fullName: organization.fullName,
        scopes: new Set(token.scopes),
      }
    );
  }

  findNamespace(name: string): SandboxNamespace | undefined {
    return this.#namespaces.get(name);
  }

  findRepository(namespace: string, name: string): SandboxRepository | undefined {
    return this.#namespaces.get(namespace)?.repositories.get(name);
  }

  /**
   * For tests and demo data, which know what they put there.
   *
   * @param fullName `namespace/name`
   * @throws {Error} There is none.
   */
  repository(fullName: string): SandboxRepository {
    const [namespace = '', name = ''] = fullName.split('/');
    const repository = this.findRepository(namespace, name);
    if (repository === undefined) {
      throw new Error(`no repository ${fullName}`);
    }
    return repository;
  }

  #addNamespace(
    name: string,
    kind: SandboxNamespace['kind'],
    fullName: string,
    members: Readonly<Record<string, Role>>,
    accessTokens: readonly OrganisationToken[] = [],
  ): SandboxNamespace {
    const repositories = new Map<string, SandboxRepository>();
    const namespace = {
      name,
      kind,
      fullName,
      members: new Map(Object.entries(members)),
      accessTokens,
      repositories,
    };
    this.#namespaces.set(name, namespace);
    return namespace;
  }
}
