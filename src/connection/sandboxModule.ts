/** The embedded Hub while it runs. */
export interface RunningSandbox {
  readonly url: string;
  readonly credentials: { readonly username: string; readonly password: string };
  stop(): Promise<void>;
}

/** Loads the embedded Hub, which costs nothing until it is wanted, and starts it. */
export async function runSandbox(): Promise<RunningSandbox> {
  const { startSandbox, demoCredentials } = await import('../sandbox');
  const sandbox = await startSandbox({ exchangeLimit: 0 });
  return { url: sandbox.url, credentials: demoCredentials, stop: () => sandbox.stop() };
}
