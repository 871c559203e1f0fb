/** The exports that are loaded on demand, once a server turns out to need them. */
export { MemoryManifestStore } from './manifestStore';
export { registryAddress } from './registryAddress';
export { RegistryClient } from './registryClient';
export { RegistryImageApi } from './registryImageApi';
