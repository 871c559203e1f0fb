import type { startSandbox } from '../sandbox';

/** The embedded Hub while it runs. */
export interface RunningSandbox {
  readonly url: string;
  readonly credentials: { readonly username: string; readonly password: string };
  stop(): Promise<void>;
}

/** What the bundle of the sandbox exports. */
interface SandboxModule {
  readonly startSandbox: typeof startSandbox;
  readonly demoCredentials: RunningSandbox['credentials'];
}

/**
 * Loads the embedded Hub and starts it. It is a bundle of its own beside the main one, so that it costs nothing until it
 * is wanted; a computed name keeps the bundler from taking it in.
 */
export async function runSandbox(): Promise<RunningSandbox> {
  const file = ['.', 'sandbox.cjs'].join('/');
  const { startSandbox, demoCredentials } = (await import(file)) as SandboxModule; // our own bundle
  const sandbox = await startSandbox({ exchangeLimit: 0 });
  return {
    get url() {
      return sandbox.url;
    },
    credentials: demoCredentials,
    stop: () => sandbox.stop(),
  };
}
