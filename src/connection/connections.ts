import * as l10n from '@vscode/l10n';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import { MemoryTokenStore } from '../auth/memoryTokenStore';
import type { SecretAccounts } from '../auth/secretAccounts';
import type { SignInOptions } from '../auth/signIn';
import { contextKeys, extensionName } from '../contributions';
import type { ImageApiKind } from '../hub/autoImageApi';
import { InvalidAddressError, parseBaseUrl } from '../hub/http/baseUrl';
import type { HubLog } from '../hub/http/http';
import type { HubPause } from '../hub/http/requestPolicy';
import type { Credentials } from '../hub/session/credentials';
import type { HubSession, SignedIn } from '../hub/session/session';
import { affectsSetting, type Settings } from '../settings';
import { addressProblemText } from '../texts/addresses';
import { Disposable, type IDisposable, MutableDisposable } from '../util/dispose';
import type { HiddenMessages } from '../util/hiddenMessages';
import { showError } from '../util/showError';
import type { ConnectionOptions, createConnection } from './createConnection';
import type { HubConnection } from './hubConnection';
import type { RunningSandbox } from './sandboxModule';
import { SignIns } from './signIns';

const addressSetting = `${extensionName}.apiUrl`;

export interface ConnectionsOptions {
  /** Where the sign-ins to the server at the origin are stored. */
  readonly accountsOf: (origin: string) => SecretAccounts;
  readonly settings: Settings;
  readonly log: HubLog;
  /** Starts the embedded Hub with this API. */
  readonly runSandbox: (api: ImageApiKind) => Promise<RunningSandbox>;
  readonly hiddenMessages: Pick<HiddenMessages, 'isHidden' | 'hideAction'>;
  /** Where it is stored what registries said about manifests. */
  readonly storageFolder: string;
  readonly setContext: (key: string, value: unknown) => unknown;
}

/** An address and the sign-ins to it: stored together, because a token is sent nowhere else. */
interface HubServer {
  readonly baseUrl: URL;
  readonly accounts: SecretAccounts;
}

/**
 * The server in use: the server of the settings, or the sandbox while it runs. What belonged to one is disposed before the
 * other takes its place.
 */
export class Connections extends Disposable {
  readonly #options: ConnectionsOptions;
  readonly #hub = this.register(new MutableDisposable<HubConnection>());
  readonly #sandbox = this.register(new MutableDisposable<HubConnection>());
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly #pauses = this.register(new vscode.EventEmitter<HubPause>());
  readonly #choseImageApi = this.register(new vscode.EventEmitter<ImageApiKind>());
  /** What was found out by the first account of each server, for as long as the window is open. */
  readonly #imageApis = new Map<string, ImageApiKind>();
  readonly #changedAccounts = this.register(new vscode.EventEmitter<void>());
  readonly #accountsListener = this.register(new MutableDisposable<IDisposable>());
  /** The server of the settings; `undefined` where that cannot be used. */
  #server: HubServer | undefined;
  /** Who is signed in to it. */
  #signedIn: readonly SignedIn[] = [];
  /** Whose sign-in its connection uses. */
  #username: string | undefined;
  /** Why there is no Hub: the address in the settings cannot be used. */
  #problem: string | undefined;
  #sandboxUsername: string | undefined;
  #startingSandbox: Promise<void> | undefined;
  readonly #signIns = this.register(
    new SignIns((isSigningIn) => this.#options.setContext(contextKeys.isSigningIn, isSigningIn)),
  );
  /** Until it has ended, there is no connection yet: the secret storage takes its time when a window opens. */
  #restoring: Promise<void> = Promise.resolve();

  /** Another server is in use, or another account, or none. */
  readonly onDidChange = this.#changed.event;
  /** Who is signed in to the server of the settings has changed, or a token of theirs. */
  readonly onDidChangeAccounts = this.#changedAccounts.event;
  /** It turned out how the images of the server in use are seen and deleted. */
  readonly onDidChooseImageApi = this.#choseImageApi.event;
  /** Requests wait before they go on. */
  readonly onDidWait = this.#pauses.event;

  constructor(options: ConnectionsOptions) {
    super();
    this.#options = options;
    this.register(
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (affectsSetting(change, 'apiUrl', 'api')) {
          void this.restore();
        }
      }),
    );
  }

  /** The server in use; `undefined` while nobody is signed in. */
  get current(): HubConnection | undefined {
    return this.#sandbox.value ?? (this.#username === undefined ? undefined : this.#hub.value);
  }

  /** The time of the server in use, by which images are active or not. While nobody is signed in, that of this computer. */
  readonly now = (): Date => this.current?.now() ?? new Date();

  /** Who is signed in to the server in use. */
  get account(): string | undefined {
    return this.#sandbox.value === undefined ? this.#username : this.#sandboxUsername;
  }

  /** Everybody who is signed in to the server of the settings. */
  get accounts(): readonly SignedIn[] {
    return this.#signedIn;
  }

  /** Everybody who is signed in to the server in use, by username; nobody in the sandbox, which has one account only. */
  get usernames(): readonly string[] {
    return this.current?.kind === 'hub' ? this.#signedIn.map(usernameOf) : [];
  }

  /** Whose of {@link accounts} is in use, be the sandbox in front of it or not. */
  get currentAccount(): string | undefined {
    return this.#username;
  }

  /**
   * The server in use.
   *
   * @throws {RangeError} Nobody is signed in.
   */
  require(): HubConnection {
    const { current } = this;
    if (current === undefined) {
      throw new RangeError(this.#problem ?? l10n.t('Sign in first, or explore the sandbox.'));
    }
    return current;
  }

  /**
   * Takes up the server of the settings, with the token that is stored for it. A secret storage that cannot be read is tried
   * a second time at once, and again by whatever needs the account next.
   */
  async restore(): Promise<void> {
    this.#server = this.#serverOfSettings();
    this.#accountsListener.value = this.#server?.accounts.onDidChange(() => void this.#followChange());
    this.#hub.value = undefined;
    this.#username = undefined;
    this.#restoring = this.#followAccounts().catch(() => this.#followAccounts());
    await this.#restoring.catch((error: unknown) => this.#logFailure(error));
    this.#announce();
    this.#options.setContext(contextKeys.isRestored, true);
    if (this.#problem !== undefined) {
      await this.#showProblem(this.#problem);
    }
  }

  /**
   * Asks for credentials of the server of the settings, unless a stored sign-in that could not be read before can be read now.
   *
   * @returns Whether somebody is signed in now.
   */
  async signIn(): Promise<boolean> {
    const before = this.#username;
    const { origin, session } = await this.#requireHub();
    if (before === undefined && this.#username !== undefined) {
      return true;
    }
    const username = this.#username ?? '';
    return this.#announced((signal) => signIn(session, { origin, username, signal, log: this.#options.log }));
  }

  /**
   * Asks for credentials of one more account of the server of the settings, and takes it into use.
   *
   * @returns Whether somebody is signed in now.
   */
  async addAccount(): Promise<boolean> {
    const { origin, session } = await this.#requireHub();
    return this.#announced((signal) =>
      signIn(session, { origin, username: '', signal, log: this.#options.log }),
    );
  }

  /** Takes another account into use. What the one before had under way is given up. */
  async useAccount(username: string): Promise<void> {
    await this.#server?.accounts.use(username);
    await this.#followAccounts(true);
  }

  /**
   * Of the server of the settings.
   *
   * @throws {RangeError} Its address cannot be used.
   */
  get hubOrigin(): string {
    return this.#requireServer().baseUrl.origin;
  }

  /**
   * Signs in to the server of the settings with credentials that are known.
   *
   * @returns Whether somebody is signed in now.
   * @throws {HubError} Docker Hub did not take them.
   */
  async signInWith(credentials: Credentials): Promise<boolean> {
    const { origin, session } = await this.#requireHub();
    return this.#announced((signal) =>
      signInWith(session, credentials, { origin, signal, log: this.#options.log }),
    );
  }

  /** Gives up the sign-ins that are under way: their questions are withdrawn, their requests aborted. */
  cancelSignIn(): void {
    this.#signIns.cancel();
  }

  /**
   * Forgets a sign-in to the server of the settings.
   *
   * @param username The one in use unless another is named.
   */
  async signOut(username = this.#username): Promise<void> {
    if (username !== undefined) {
      await this.#server?.accounts.remove(username);
      await this.#followAccounts();
    }
  }

  /**
   * Starts the sandbox unless it runs, and puts it in the place of Docker Hub.
   *
   * @param api How its images are seen and deleted, whatever the setting says: there is nothing to detect.
   */
  async startSandbox(api: ImageApiKind): Promise<void> {
    this.#startingSandbox ??= this.#openSandbox(api).finally(() => {
      this.#startingSandbox = undefined;
    });
    await this.#startingSandbox;
  }

  /** Stops the sandbox and returns to Docker Hub. */
  stopSandbox(): void {
    if (this.#sandbox.value !== undefined) {
      this.#sandbox.value = undefined;
      this.#announce();
    }
  }

  /** @throws {RangeError} Its address cannot be used. */
  #requireServer(): HubServer {
    if (this.#server === undefined) {
      throw new RangeError(this.#problem ?? l10n.t('There is no server to sign in to.'));
    }
    return this.#server;
  }

  /** @throws {RangeError} The address of Docker Hub cannot be used. */
  async #requireHub(): Promise<HubConnection> {
    this.#requireServer();
    const create = await loadConnecting();
    await this.#restoring.catch(() => (this.#restoring = this.#followAccounts()));
    this.#hub.value ??= this.#connectToHub(create, this.#requireServer(), this.#username); // the settings may name another now
    return this.#hub.value;
  }

  async #openSandbox(api: ImageApiKind): Promise<void> {
    if (this.#sandbox.value !== undefined) {
      return;
    }
    const create = await loadConnecting();
    const sandbox = await this.#options.runSandbox(api);
    const connection = this.#connectToSandbox(create, sandbox, api);
    try {
      await connection.session.signIn(sandbox.credentials);
    } catch (error) {
      connection.dispose();
      throw error;
    }
    this.#sandbox.value = connection;
    this.#sandboxUsername = sandbox.credentials.username;
    this.#announce();
  }

  /** The server belongs to the connection and stops with it. */
  #connectToSandbox(create: CreateConnection, sandbox: RunningSandbox, api: ImageApiKind): HubConnection {
    const signInAgain = async (session: HubSession): Promise<boolean> => {
      await session.signIn(sandbox.credentials);
      return true;
    };
    const baseUrl = new URL(sandbox.url);
    const connection = this.#connect(create, 'sandbox', {
      baseUrl,
      tokens: new MemoryTokenStore(),
      onUnauthenticated: signInAgain,
      imageApi: api,
    });
    return {
      ...connection,
      dispose() {
        connection.dispose();
        void sandbox.stop();
      },
    };
  }

  #serverOfSettings(): HubServer | undefined {
    this.#problem = undefined;
    try {
      const baseUrl = parseBaseUrl(this.#options.settings.apiUrl);
      return { baseUrl, accounts: this.#options.accountsOf(baseUrl.origin) };
    } catch (error) {
      if (!(error instanceof InvalidAddressError)) {
        throw error;
      }
      this.#problem = l10n.t(
        'The setting "{0}" cannot be used. {1}',
        addressSetting,
        addressProblemText(error.problem),
      );
      return undefined;
    }
  }

  /** For one account: no request that one of them began is ever sent with the token of another. */
  #connectToHub(
    create: CreateConnection,
    { baseUrl, accounts }: HubServer,
    username: string | undefined,
  ): HubConnection {
    return this.#connect(create, 'hub', {
      baseUrl,
      tokens: accounts.storeOf(username),
      onUnauthenticated: (session, aborted) =>
        this.#announced(
          (signal) =>
            signIn(session, {
              signal,
              origin: baseUrl.origin,
              log: this.#options.log,
              username: username ?? '',
              reason: l10n.t('Your sign-in has expired. Sign in again to continue.'),
            }),
          aborted,
        ),
      imageApi: this.#options.settings.api ?? this.#imageApis.get(baseUrl.origin),
    });
  }

  #connect(
    create: CreateConnection,
    kind: HubConnection['kind'],
    server: Pick<ConnectionOptions, 'baseUrl' | 'tokens' | 'onUnauthenticated' | 'imageApi'>,
  ): HubConnection {
    const { settings, log, storageFolder } = this.#options;
    return create({
      ...server,
      kind,
      timeoutMs: () => settings.requestTimeoutMs,
      maxConcurrentRequests: () => settings.maxConcurrentRequests,
      onDidWait: (pause) => this.#pauses.fire(pause),
      mayReadManifests: () => settings.readsIndexes,
      storageFolder: kind === 'sandbox' ? undefined : storageFolder,
      onDidChooseImageApi: (chosen) => {
        this.#imageApis.set(server.baseUrl.origin, chosen);
        this.#choseImageApi.fire(chosen);
      },
      log,
    });
  }

  /** Reports that the person has signed in, even with the same account: what failed without it is tried again. */
  async #announced(
    signingIn: (signal: AbortSignal) => Promise<string | undefined>,
    aborted?: AbortSignal,
  ): Promise<boolean> {
    return this.#signIns.run(async (signal) => {
      const username = await signingIn(signal);
      if (username !== undefined) {
        await this.useAccount(username);
        this.#announce();
      }
      return username !== undefined;
    }, aborted);
  }

  /**
   * Reads what is stored. Reports the account in use only if it is another one: a renewed token leaves the tree as it is.
   *
   * @param isChosenHere Whether the account in use was chosen in this window. What another window chooses is left to that,
   * unless the account in use here is signed out.
   */
  async #followAccounts(isChosenHere = false): Promise<void> {
    const server = this.#server;
    let stored = await server?.accounts.read();
    const create = stored === undefined || stored.accounts.length === 0 ? undefined : await loadConnecting();
    if (create !== undefined) {
      stored = await server?.accounts.read(); // another window may have changed it meanwhile
    }
    if (server !== this.#server) {
      return; // the settings name another server by now
    }
    const { accounts: signedIn = [], current: chosen } = stored ?? {};
    const isStillThere = signedIn.some(({ username }) => username === this.#username);
    const current = isStillThere && !isChosenHere ? this.#username : chosen;
    const areOthers = !isDeepStrictEqual(signedIn.map(usernameOf), this.#signedIn.map(usernameOf));
    this.#signedIn = signedIn;
    const isConnected = current === undefined || this.#hub.value !== undefined;
    if (server !== undefined && (!isConnected || current !== this.#username)) {
      this.#username = current;
      this.#hub.value =
        create && current !== undefined ? this.#connectToHub(create, server, current) : undefined;
      this.#announce();
    } else if (areOthers) {
      this.#announce();
    }
    this.#changedAccounts.fire();
  }

  /** Something was stored or removed. If that cannot be read now, requests read it again, and so does the next change. */
  async #followChange(): Promise<void> {
    try {
      await this.#followAccounts();
    } catch (error) {
      this.#logFailure(error);
    }
  }

  #logFailure(error: unknown): void {
    this.#options.log.warn(error instanceof Error ? error.message : String(error));
  }

  #announce(): void {
    this.#options.setContext(contextKeys.isSignedIn, this.current !== undefined);
    this.#options.setContext(contextKeys.isSandbox, this.#sandbox.value !== undefined);
    this.#options.setContext(contextKeys.hasAccount, this.#signedIn.length > 0);
    this.#options.setContext(contextKeys.hasSeveralAccounts, this.#signedIn.length > 1);
    this.#changed.fire();
  }

  /** The user may hide this message. The next sign-in reports the problem again. */
  async #showProblem(problem: string): Promise<void> {
    const { hiddenMessages, settings } = this.#options;
    const message = { id: 'address', content: `${settings.apiUrl}\n${problem}` } as const;
    if (hiddenMessages.isHidden(message)) {
      return;
    }
    await showError(problem, {
      action: {
        title: l10n.t('Open Settings'),
        run: () => vscode.commands.executeCommand('workbench.action.openSettings', addressSetting),
      },
      otherActions: [hiddenMessages.hideAction(message)],
    });
  }
}

type CreateConnection = typeof createConnection;

/** The code that sends requests is loaded only if there is an account to use. */
async function loadConnecting(): Promise<CreateConnection> {
  const loaded = await import('./createConnection');
  return loaded.createConnection;
}

/** The inputs of the sign-in are loaded when they are needed: most windows find a stored sign-in. */
async function signIn(session: HubSession, options: SignInOptions): Promise<string | undefined> {
  const inputs = await import('../auth/signIn');
  return inputs.signIn(session, options);
}

async function signInWith(
  session: HubSession,
  credentials: Credentials,
  options: Pick<SignInOptions, 'origin' | 'signal' | 'log'>,
): Promise<string | undefined> {
  const inputs = await import('../auth/signIn');
  return inputs.signInWith(session, credentials, options);
}

function usernameOf({ username }: SignedIn): string {
  return username;
}
