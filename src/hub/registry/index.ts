export { registryAddress } from './registryAddress';
export { RegistryClient } from './registryClient';
export { RegistryImageApi } from './registryImageApi';
