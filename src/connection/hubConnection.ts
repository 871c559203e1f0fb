import type { ImageApiKind } from '../hub/autoImageApi';
import type { HubDirectory } from '../hub/directory';
import type { ImageApi } from '../hub/imageApi';
import type { HubSession } from '../hub/session/session';
import type { IDisposable } from '../util/dispose';

/** One server and everything that speaks to it. Disposing it aborts what is under way. */
export interface HubConnection extends IDisposable {
  readonly kind: 'hub' | 'sandbox';
  /** Such as `https://hub.docker.com`. */
  readonly origin: string;
  /** The server's time, as far as it is known: by it, images are active or not. */
  readonly now: () => Date;
  readonly session: HubSession;
  readonly directory: HubDirectory;
  readonly images: ImageApi;
  /** How images are seen and deleted; `undefined` before the server was asked for any. */
  readonly imageApiKind: () => ImageApiKind | undefined;
}
