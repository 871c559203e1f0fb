export { RegistryClient } from './registryClient';
export { RegistryImageApi } from './registryImageApi';
