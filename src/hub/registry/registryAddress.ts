/** Addresses of a registry and of the service that issues its tokens. */
export interface RegistryAddress {
  readonly baseUrl: URL;
  /** URL of the token service. */
  readonly realm: URL;
  /** Name of the registry in token requests, such as `registry.docker.io`. */
  readonly service: string;
}

const dockerHub = 'https://hub.docker.com';
const service = 'registry.docker.io';

/**
 * Finds the registry of a server. Docker Hub has separate hosts for its registry and token service. Any other server
 * has both at its own origin, so that nothing is sent to another host.
 *
 * @param origin Origin of the server, such as `https://hub.docker.com`.
 */
export function registryAddress(origin: string): RegistryAddress {
  return origin === dockerHub
    ? {
        baseUrl: new URL('https://registry-1.docker.io'),
        realm: new URL('https://auth.docker.io/token'),
        service,
      }
    : { baseUrl: new URL(origin), realm: new URL('/token', origin), service };
}
