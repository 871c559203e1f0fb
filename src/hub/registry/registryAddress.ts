/** Where the registry beside a Hub is, and where its tokens are issued. */
export interface RegistryAddress {
  readonly baseUrl: URL;
  readonly realm: URL;
  readonly service: string;
}

const dockerHub = 'https://hub.docker.com';
const service = 'registry.docker.io';

/** Docker Hub has hosts of its own for them; any other Hub has them beside itself, and nothing is sent elsewhere. */
export function registryAddress(origin: string): RegistryAddress {
  return origin === dockerHub
    ? {
        baseUrl: new URL('https://registry-1.docker.io'),
        realm: new URL('https://auth.docker.io/token'),
        service,
      }
    : { baseUrl: new URL(origin), realm: new URL('/token', origin), service };
}
