import type { ImageApiKind } from '../hub/autoImageApi';

/** The embedded Hub while it runs. */
export interface RunningSandbox {
  readonly url: string;
  readonly credentials: { readonly username: string; readonly password: string };
  stop(): Promise<void>;
}

/**
 * Loads the embedded Hub, which costs nothing until it is wanted, and starts it with fresh samples.
 *
 * @param api What it offers: what Docker Hub has today, or the image-management API as well.
 */
export async function runSandbox(api: ImageApiKind): Promise<RunningSandbox> {
  const { startSandbox, demoCredentials } = await import('../sandbox');
  const sandbox = await startSandbox({ exchangeLimit: 0, routes: api === 'registry' ? 'today' : 'all' });
  return { url: sandbox.url, credentials: demoCredentials, stop: () => sandbox.stop() };
}
